"""范本 of the office, in versions."""
