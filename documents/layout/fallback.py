"""What to print for a character no face draws, where refusing is not possible."""

from documents import fonts


def drawable(text: str) -> str:
    """Characters without a glyph by their number: 👍 → 〔U+1F44D〕. Control characters vanish, tabs are spaces."""
    text = "".join(
        char for char in text.replace("\t", " ") if char == "\n" or char.isprintable() or char == "\u3000"
    )
    for char in fonts.undrawable(text):
        text = text.replace(char, f"〔U+{ord(char):04X}〕")
    return text
