"""收尾: what of a campaign is still open, its summary from facts, everything of it in one archive package."""
