"""The clocks of all cases on one wall: kept as rows, read with the hour, told when they lapse."""
