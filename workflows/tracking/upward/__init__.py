"""对上报送: what the office itself owes the level above, when, who does it, what was handed in and its receipt."""
