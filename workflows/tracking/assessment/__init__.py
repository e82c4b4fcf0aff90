"""考核: the year's responsibility of a unit, scored from what happened, every deduction with its reason."""
