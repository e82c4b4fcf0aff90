"""Official paper by GB/T 9704-2012: text → parts → lines → pages → PDF. All functions are pure but for the engine.

render_notice(parse(text), Meta(organ=…, code=…, number=12, issued_on=date(2026, 6, 12)))  → PDF bytes
"""

from documents.fonts import FontsMissing

from .document import (
    Annex,
    ApprovalForm,
    Attachment,
    Column,
    Document,
    Meta,
    Opinion,
    Paragraph,
    Table,
    Writ,
)
from .fallback import drawable
from .forms import listed, slip
from .marks import TooManyOrgans
from .metas import BadMeta, make_meta, read_meta
from .notice import DRAFT, lay_out, render_notice
from .parsing import UnreadableText, paragraph, parse
from .pdf import READING, Enclosed, Finish, UndrawableText, Variant, draw_sections, page_sections
from .positions import Place, positions
from .sheets import render_approval_form, render_table
from .tables import TooWide
from .together import sections_of
from .writs import render_writs

UNFIT = (
    UnreadableText,
    UndrawableText,
    TooWide,
    TooManyOrgans,
)  # why a text can't be set; each says what to do
UNSETTABLE = (*UNFIT, FontsMissing)  # nor can it where this machine lacks the fonts

__all__ = [
    "DRAFT",
    "READING",
    "UNFIT",
    "UNSETTABLE",
    "Annex",
    "ApprovalForm",
    "Attachment",
    "BadMeta",
    "Column",
    "Document",
    "Enclosed",
    "Finish",
    "Meta",
    "Opinion",
    "Paragraph",
    "Place",
    "Table",
    "UndrawableText",
    "UnreadableText",
    "Variant",
    "Writ",
    "draw_sections",
    "drawable",
    "lay_out",
    "listed",
    "make_meta",
    "page_sections",
    "paragraph",
    "parse",
    "positions",
    "read_meta",
    "render_approval_form",
    "render_notice",
    "render_table",
    "render_writs",
    "sections_of",
    "slip",
]
