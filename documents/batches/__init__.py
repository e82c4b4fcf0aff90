"""批量印发: one issued text, a copy for each of many units, each with its own words and table, made as one job."""
