"""自上次查看以来: what changed in a campaign since somebody last looked at it."""
