"""A batch of the cast: what each test does with it."""

from __future__ import annotations

import datetime as dt
import io

from django.utils import timezone
from openpyxl import Workbook

from documents.batches import services
from documents.batches.table import UnitTable
from documents.models import Batch, Document
from documents.services import issue_as
from foundation.files.services import store
from foundation.jobs import queue
from foundation.organization.models import Unit
from tests.cast import Cast, actor
from tests.documents.sealing.seals import AT, registered
from tests.foundation.files.samples import image

TEXT = "关于报送材料的通知\n\n{单位}：\n请{称呼}按附件报送材料，{简称}的联络员负责。\n附件：任务清单"
COLUMNS = ("序号", "事项")


def source(cast: Cast, text: str = TEXT, **told) -> Document:
    """Issued, with its number; as a picture, for nobody reads its paper here."""
    row = registered(cast, title="关于报送材料的通知", content={"text": text}, printed=False, **told)
    issue_as(row, store(image("PNG"), "通知.png", at=AT), actor=actor(cast.clerk), at=AT, note={})
    return Document.objects.get(pk=row.pk)


def units(*codes: str) -> dict[str, int]:
    return dict(Unit.objects.filter(code__in=codes or ("jia", "yi", "bing")).values_list("code", "pk"))


def table(**rows: list[list[str]]) -> UnitTable:
    """By the unit's code."""
    pks = units(*rows)
    return UnitTable(COLUMNS, {pks[code]: own for code, own in rows.items()})


def prepared(cast: Cast, *, of: Document | None = None, to: tuple[str, ...] = (), **told) -> Batch:
    given = {"table": table(jia=[["1", "开展检查"]]), "annex": "{简称}任务清单"} | told
    by = {"actor": actor(cast.clerk), "at": AT}
    pk = services.prepare_batch(
        source=(of or source(cast)).pk, units=list(units(*to).values()), **given, **by
    )
    return Batch.objects.get(pk=pk)


def run(later: dt.timedelta = dt.timedelta()) -> None:
    queue.run_due(timezone.now() + later)


def begun(cast: Cast, batch: Batch) -> Batch:
    services.begin_batch(batch=batch.pk, actor=actor(cast.clerk), at=AT)
    run()
    return Batch.objects.select_related("source__organ").get(pk=batch.pk)


def states(batch: Batch) -> dict[str, str]:
    return dict(batch.items.values_list("unit__code", "state"))


def workbook(*rows: list) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()
