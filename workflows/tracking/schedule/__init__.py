"""附件3 of all units: a calendar with its conflicts, and a feed for calendars outside."""
