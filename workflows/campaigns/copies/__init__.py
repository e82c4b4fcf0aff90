"""Last year's campaign as this year's draft: its items with the days of the new year, shown and edited first."""
