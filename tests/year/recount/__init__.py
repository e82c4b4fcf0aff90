"""Everything once more from the journal: slow, obvious, and without what the product counts with."""
