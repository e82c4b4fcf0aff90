"""Quotation marks as GB/T 15834 sets them: double outside, single inside."""

INNER = str.maketrans("“”", "‘’")


def quoted(text: str) -> str:
    """“…”, with the marks of the text itself turned into single ones."""
    return f"“{text.translate(INNER)}”"
