"""What tests/matrix.py holds of this room."""

from tests.cast import Cast, actor
from tests.may import AUDITOR, CONCERNED, LEADER, OFFICE, READERS, Row
from workflows.registers.services.importing import look_at
from workflows.registers.services.selecting import begin

from .rows import AT, RELEASE, kind, row

PAGES = [
    Row("registers", READERS),
    Row("register_counts", OFFICE | AUDITOR | LEADER),
    Row("register", READERS, ("media",)),
    Row("register_export", READERS, ("media",)),
    Row("register_row", CONCERNED, ("register_row",)),
    Row("register_row_new", OFFICE, ("media",)),
    Row("register_row_edit", OFFICE, ("register_row",)),
    Row("register_template", OFFICE, ("media",)),
    Row("register_import", OFFICE, ("media",)),
    Row("register_selections", OFFICE | AUDITOR, ("works",)),
    Row("register_selection", OFFICE | AUDITOR, ("register_selection",)),
    Row("register_load", OFFICE, ("register_load",)),
    Row("register_load_errors", OFFICE, ("register_load",)),
]
ACTS = [
    Row("register_row_withdraw", OFFICE, ("register_row",)),
    Row("register_row_restore", OFFICE, ("register_row",)),
    Row("register_row_lead", OFFICE, ("register_row",)),
    Row("register_selection_act", OFFICE, ("register_selection", "send")),
]


def world(cast: Cast) -> dict[str, int]:
    content = "标题\n启动".encode()
    load = look_at(kind=kind("media"), content=content, name="六月.csv", actor=actor(cast.clerk), at=AT)
    by = {"actor": actor(cast.clerk), "at": AT}
    return {
        "register_row": row("media", RELEASE, cast.clerk), "register_load": load,
        "register_selection": begin(kind=kind("works"), title="评选", start=AT.date(), end=AT.date(), wanted=12, **by),
    }  # fmt: skip
