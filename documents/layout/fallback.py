"""What to print for a character no face draws, where refusing is not possible."""

from unicodedata import category

from documents import fonts

NO_INK = {"Cc", "Cf"}  # controls, joiners, marks of direction
BREAKS = {"Zl", "Zp"}
SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))  # which of its shapes the character before has


def drawable(text: str) -> str:
    """Characters without a glyph by their number: 👍 → 〔U+1F44D〕. What has no ink of its own vanishes, spaces of
    any width but the full one are spaces; a private or unknown character is never left out."""
    text = "".join(map(_seen, text))
    for char in fonts.undrawable(text):
        text = text.replace(char, f"〔U+{ord(char):04X}〕")
    return text


def _seen(char: str) -> str:
    kind = category(char)
    if char in "\n\u3000":
        return char
    if char == "\t" or kind == "Zs":
        return " "
    if kind in BREAKS:
        return "\n"
    return "" if kind in NO_INK or any(ord(char) in part for part in SELECTORS) else char
