"""Parties, acts and decisions of a registered case, and what the checker of penalties/ says of them."""
