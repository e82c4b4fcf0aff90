"""The text of an upload: .txt in the usual encodings, .docx with the numbers Word draws. Pure Python, no Django."""

from .decode import LIMIT, decode
from .problems import UnreadableFile

__all__ = ["LIMIT", "UnreadableFile", "decode"]
