"""Who may open what: every url name of the site × people of the cast. A new page adds its row here.

tests/test_pages.py asks every row, and that no page of the site is without one.
"""

from __future__ import annotations

import io

from django.utils import timezone

from approvals.groups import SignerGroup
from approvals.models import Approval, Proxy, Route
from approvals.offers import OFFERS
from approvals.services import decide
from documents.archiving.packing import path_of
from documents.archiving.services import archive_document
from documents.issuing.heads.services import save_head
from documents.issuing.patterns.services import save_pattern
from documents.issuing.services import start_draft
from documents.models import ArchivePackage, Document, Mark
from documents.sealing.codes import digest_of
from documents.writing.pictures import path_of as picture_of
from foundation.files.models import Attachment
from foundation.files.services import attach, attachments_of, store
from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.journal.moves import create
from foundation.organization.actors import SYSTEM
from foundation.organization.models import Appointment
from tests.cast import Cast, actor
from tests.documents.batches.deeds import prepared
from tests.documents.sealing.seals import seal
from tests.foundation.files.samples import image
from tests.may import (
    ADMINISTRATOR,
    AUDITOR,
    CONCERNED,
    EVERYBODY,
    KEEPERS,
    LEADER,
    OFFICE,
    READERS,
    ROUTE_EDITORS,
    WORKERS,
    Row,
)  # fmt: skip
from tests.workflows.campaigns import matrix as campaigns
from tests.workflows.registers import matrix as registers
from tests.workflows.tasks.minutes import AT, Minutes
from tests.workflows.tracking import matrix as tracking
from workflows.campaigns.supplements.services import start_supplement
from workflows.cases.parties.acting import DECISION
from workflows.cases.parties.facts import ActFacts, DecisionFacts, EvidenceFacts, PartyFacts
from workflows.cases.parties.forms import ROWS as KINDS
from workflows.cases.parties.services import add_row
from workflows.cases.publishing.services import draft_publication
from workflows.cases.recommending.services import Words, recommend
from workflows.cases.register import About, open_case
from workflows.plans.models import Duty, Item, Period, Plan
from workflows.tasks.models import Task

PICTURE = "0" * 64  # the digest of a page


PAGES = [
    Row("workbench", EVERYBODY),
    Row("board", READERS),
    Row("archive", READERS),
    Row("document", CONCERNED, ("paper",)),
    Row("document_page", CONCERNED, ("paper", "1"), opens=404),  # a picture has no pages
    Row("drafts", OFFICE | AUDITOR),
    Row("drafts_to_seal", WORKERS),
    Row("draft_new", OFFICE),
    Row("patterns", OFFICE),
    Row("heads", KEEPERS | AUDITOR),
    Row("head_new", ROUTE_EDITORS),
    Row("head", KEEPERS | AUDITOR, ("head",)),
    Row("pattern_new", OFFICE),
    Row("pattern", OFFICE, ("pattern",)),
    Row("draft", OFFICE | AUDITOR, ("paper_draft",)),
    Row("draft_edit", OFFICE, ("paper_draft",)),
    Row("page_picture", OFFICE, (PICTURE,)),
    Row("draft_proof", OFFICE | AUDITOR, ("paper_draft",)),
    Row("draft_act", OFFICE, ("paper_draft", "send")),
    *[Row("draft_act", frozenset({"clerk"}), ("paper_draft", do)) for do in ("check", "issue", "void")],
    Row("document_batches", OFFICE | AUDITOR),
    Row("document_batch_new", frozenset({"clerk"})),
    Row("document_batch", OFFICE | AUDITOR, ("the_batch",)),
    Row("document_batch_zip", OFFICE | AUDITOR, ("the_batch",)),
    Row("archive_items", READERS),
    Row("archive_item", CONCERNED, ("archived",)),
    Row("archive_arrange", OFFICE),
    Row("archive_scheme", READERS),
    Row("archive_search", READERS),
    Row("archive_catalogue", READERS, ("files", "xlsx")),
    Row("archive_packages", OFFICE),
    Row("archive_package", OFFICE, ("package",)),
    *registers.PAGES,
    *tracking.PAGES,
    Row("cases", WORKERS),
    Row("case_clocks", WORKERS),
    Row("case_numbers", OFFICE | AUDITOR | LEADER),
    Row("case_new", WORKERS),
    Row(
        "case", OFFICE | {"town.liaison", "town.deputy", "town.head"}, ("case",)
    ),  # the team, its heads, the office
    Row("case_edit", OFFICE | {"town.liaison"}, ("case",)),
    Row("case_record", OFFICE | {"town.liaison"}, ("case",)),
    Row("case_harm", OFFICE | {"town.liaison"}, ("case",)),
    *[Row("case_row_new", OFFICE | {"town.liaison"}, ("case", kind)) for kind in KINDS],
    *[Row("case_row", OFFICE | {"town.liaison"}, ("case", kind, f"the_{kind}")) for kind in KINDS],
    *[
        Row("case_row_act", OFFICE | {"town.liaison"}, ("case", kind, f"the_{kind}", "strike"))
        for kind in KINDS
    ],
    *[
        Row("case_row_act", OFFICE | {"town.liaison"}, ("case", "decision", "the_decision", do))
        for do in DECISION
    ],
    Row("case_recommend", frozenset({"town.liaison"}), ("case",)),
    Row("recommendations", WORKERS),
    Row("recommendation", OFFICE | {"town.liaison", "town.deputy", "town.head"}, ("recommendation",)),
    Row("case_refer", OFFICE | {"town.liaison"}, ("case",)),
    Row("case_paper", OFFICE | {"town.liaison"}, ("case", "cover")),
    Row("case_paper", OFFICE | {"town.liaison"}, ("case", "penalty", "the_decision")),
    Row("publications", WORKERS),
    Row("publication_new", OFFICE | {"town.liaison"}, ("case",)),
    Row("publication", OFFICE | {"town.liaison", "town.deputy", "town.head"}, ("publication",)),
    Row("rules", EVERYBODY),
    Row("rules_what_if", EVERYBODY),
    Row("rules_load", ROUTE_EDITORS),
    Row("rules_choose", ROUTE_EDITORS),
    Row("rules_export", EVERYBODY, ("work_safety", "1")),
    Row("search", EVERYBODY),
    Row("tasks", READERS),
    Row("task", CONCERNED, ("task",)),
    Row("task_version", CONCERNED, ("task", "9"), opens=404),  # a version that was never handed in
    Row("task_act", CONCERNED, ("task", "receive")),
    Row("task_act", CONCERNED, ("task", "reassign")),
    Row("extensions", READERS),
    *campaigns.PAGES,
    Row("inbox", EVERYBODY),
    Row("batch", EVERYBODY),
    Row("approval", CONCERNED, ("approval",)),
    Row("approval_print", CONCERNED, ("approval",)),
    Row("api_inbox", EVERYBODY),
    Row("api_approval", CONCERNED, ("approval",)),
    Row("quick_opinions", EVERYBODY),
    Row("signature", EVERYBODY),
    Row("proxies", WORKERS),
    Row("routes", KEEPERS | AUDITOR),
    Row("route", KEEPERS | AUDITOR, ("route",)),
    Row("route_edit", ROUTE_EDITORS, ("route",)),
    Row("route_import", ROUTE_EDITORS, ("route",)),
    Row("route_export", ROUTE_EDITORS, ("route", "1")),
    Row("route_running", KEEPERS | AUDITOR, ("route",)),
    Row("signer_groups", KEEPERS | AUDITOR),
    Row("signer_group", KEEPERS | AUDITOR, ("group",)),
    Row("signer_group_new", ROUTE_EDITORS),
    Row("seals", KEEPERS | AUDITOR),
    Row("seal", KEEPERS | AUDITOR, ("seal",)),
    Row("seal_new", ROUTE_EDITORS),
    Row("seal_uses", OFFICE | AUDITOR),
    Row("seal_uses_export", OFFICE | AUDITOR),
    Row("file", ROUTE_EDITORS, ("seal_file",)),
    Row("file", CONCERNED, ("file",)),
    Row("document_as", CONCERNED, ("paper", "pdf")),
    *[
        Row("file", OFFICE | {"town.liaison", "town.deputy", "town.head"}, (one,))
        for one in ("evidence_file", "case_paper_file")
    ],
    Row("job", ADMINISTRATOR | {"clerk"}, ("job",)),  # who started it
    Row("messages", EVERYBODY),
    Row("message_settings", EVERYBODY),
    Row("undelivered", KEEPERS | AUDITOR),
    Row("health_page", KEEPERS | AUDITOR),
    Row("message", EVERYBODY, ("task",), opens=404),  # somebody else's, or none at all
    Row("password_change", EVERYBODY),
    Row("password_change_done", EVERYBODY),
    Row("address_book", EVERYBODY),
    Row("administration", KEEPERS | AUDITOR),
    Row("units", KEEPERS | AUDITOR),
    Row("unit", KEEPERS | AUDITOR, ("unit",)),
    Row("unit_new", KEEPERS),
    Row("unit_end", KEEPERS, ("unit",)),
    Row("people", KEEPERS | AUDITOR),
    Row("person", KEEPERS | AUDITOR, ("person",)),
    Row("person_new", KEEPERS),
    Row("people_batch", KEEPERS),
    Row("import_table", KEEPERS, ("units",)),
    Row("import_template", KEEPERS, ("people",)),
    Row("calendar", KEEPERS | AUDITOR),
]
ACTS = [  # by POST alone; who may is held by the tests of their rooms
    *campaigns.ACTS,
    *registers.ACTS,
    *tracking.ACTS,
    Row("document_again", OFFICE, ("paper", "reuse")),
    Row("document_make", OFFICE, ("paper",)),
    Row("head_stop", ROUTE_EDITORS, ("head",)),
    Row("pattern_stop", OFFICE, ("pattern",)),
    Row("draft_preview", OFFICE, ("paper_draft",)),
    Row("draft_autosave", OFFICE, ("paper_draft",)),
    Row("document_batch_begin", frozenset({"clerk"}), ("the_batch",)),
    Row("document_batch_again", frozenset({"clerk"}), ("the_batch",)),
    Row("document_batch_give_up", frozenset({"clerk"}), ("the_batch",)),
    Row("messages_read", EVERYBODY),
    Row("send_again", KEEPERS),
    Row("filter_save", EVERYBODY),
    Row("filter_remove", EVERYBODY, ("task",)),
    Row("tasks_batch", EVERYBODY),
    Row("tasks_columns", EVERYBODY),
    Row("tasks_export", READERS),
    Row("case_strike", OFFICE, ("case", "1")),
    Row("recommendation_act", OFFICE, ("recommendation", "archive")),
    Row("case_refer_stop", OFFICE, ("case",)),
    Row("case_export", WORKERS),
    Row("publication_act", OFFICE, ("publication", "submit")),
    Row("approval_switch", EVERYBODY, ("approval",)),
    Row("approval_read", CONCERNED, ("approval",)),
    Row("api_decide", CONCERNED, ("approval", "agree")),
    Row("api_agree", EVERYBODY),
    Row("proxy_revoke", OFFICE, ("proxy",)),
    Row("route_retire", ROUTE_EDITORS, ("route",)),
    Row("seal_stop", ROUTE_EDITORS, ("seal",)),
    Row("job_cancel", OFFICE, ("job",)),
    Row("job_retry", OFFICE, ("job",)),
    Row("appoint", KEEPERS, ("person",)),
    Row("person_reset", KEEPERS, ("person",)),
    Row("appointment_end", KEEPERS, ("seat",)),
    Row("calendar_seed", KEEPERS),
    Row("calendar_upload", KEEPERS),
    Row("switch_identity", EVERYBODY),
    Row("sign_out", EVERYBODY),
]
OPEN = {"sign_in", "preferences", "bell", "health"}  # before signing in too
CODE = "K7QM2F9PXR"  # 核验码 of the notice
PUBLIC = [  # and read by everybody
    *tracking.PUBLIC,
    Row("manual", EVERYBODY),
    Row("manual_page", EVERYBODY, ("approve",)),
    Row("verification", EVERYBODY),
    Row("verify", EVERYBODY, (CODE,)),
]
LEADING = [  # pages that lead on where there is nothing for one to do: nobody who may not sees them
    Row("plan_send", OFFICE, ("draft",)),
    Row("plan_dispatch", OFFICE, ("plan",)),
    Row("plan_archive", OFFICE, ("plan",)),
    Row("approval_return", CONCERNED, ("approval",)),
    *[Row(f"approval_{do}", CONCERNED, ("approval",)) for do in OFFERS],
]


def person(cast: Cast, key: str) -> Appointment:
    house, _, post = key.rpartition(".")
    return getattr(getattr(cast, house) if house else cast, post)


def world(cast: Cast) -> dict[str, int]:
    """One of everything: a campaign in force and a draft, a task of 甲镇 under review, its paper."""
    at, office = timezone.now(), {"organ": cast.office}
    (plan,) = create(
        Plan, {"title": "活动方案", "text": "一", "state": "running", **office}, actor=SYSTEM, at=at
    )
    (draft,) = create(Plan, {"title": "新方案", "text": "一", **office}, actor=SYSTEM, at=at)
    item = Item.objects.create(plan_id=draft, order=1, number="1", title="培训", text="培训")
    case = _submitted(plan, cast)
    task = case.pk
    values = {"kind": "approval_form", "title": "审批单", "subject": "tasks.task", "subject_id": task, "unit": cast.town.unit,
              "issued_on": at.date(), "state": "issued", **office}  # fmt: skip
    paper, file = _paper(values)
    _marked(office)
    queue.put("documents.produce", args={"document": paper}, owner=cast.clerk.pk, at=at)
    proxy = Proxy.objects.create(
        owner=cast.town.head, to=cast.town.deputy, start=at, end=at, made_by=cast.town.head
    )
    about = About("关闭报警器案", "other", (cast.town.liaison.pk,))
    by = {"unit": cast.town.unit.pk, "actor": actor(cast.town.liaison), "at": at}
    opened, other = open_case(about=about, **by), open_case(about=about, **by)
    rows = _rows(opened, cast)
    drafted, _ = draft_publication(case=opened, decision=rows["the_decision"], actor=by["actor"], at=at)
    kept = archive_document(document=paper, actor=actor(cast.clerk), at=at)
    packed = ArchivePackage.objects.create(
        by=cast.clerk, title="一件", items=[kept], at=at, sha256="0" * 64
    ).pk
    path_of(packed).parent.mkdir(exist_ok=True)
    path_of(packed).write_bytes(b"PK")
    of_case = {"kind": "case_paper", "title": "案卷封面", "subject": "cases.case", "subject_id": opened, "unit": cast.town.unit,
               "content": {"paper": "cover", "about": 0, "number": "", "parts": []}, "issued_on": at.date(), "state": "issued", **office}  # fmt: skip
    picture_of(PICTURE).parent.mkdir()
    picture_of(PICTURE).write_bytes(b"")
    paper_draft = start_draft(
        kind="notice", organ=cast.office, text="关于开展检查的通知", actor=actor(cast.clerk), at=at
    )
    pattern = save_pattern(organ=cast.office, name="会议通知", kind="notice", actor=actor(cast.clerk), at=at)
    head = save_head(
        organ=cast.office, name="某市安全生产委员会", code="某安委", start=at.date(), actor=actor(cast.office_head), at=at
    )  # fmt: skip
    return rows | _seal(cast) | registers.world(cast) | tracking.world(plan, issued(plan, cast, order=8).task, cast) | {
        "head": head,
        "pattern": pattern, "the_batch": prepared(cast).pk,
        "paper": paper, "archived": kept, "package": packed, "paper_draft": paper_draft, "publication": drafted, "recommendation": _adopted(other, plan, cast), "case_paper_file": _paper(of_case)[1].pk,
        "case": opened, "plan": plan, "draft": draft, "item": item.pk, "task": task, "task_item": case.task.item_id, "supplement": start_supplement(plan=plan, reason="调整", actor=actor(cast.clerk), at=at), "approval": case.pending.pk, "file": file.pk,
        "job": Job.objects.latest("pk").pk, "proxy": proxy.pk, "route": Route.objects.get(code="unit").pk, "unit": cast.town.unit.pk,
        "person": cast.town.head.person_id, "seat": cast.town.head.pk, "group": SignerGroup.objects.create(code="panel", name="专家组").pk,
    }  # fmt: skip


def _paper(values: dict[str, object]) -> tuple[int, Attachment]:
    """A document with its file."""
    at = timezone.now()
    (pk,) = create(Document, values, actor=SYSTEM, at=at)
    file = store(image("PNG"), "文书.png", at=at)
    where = {"subject": "documents.document", "subject_id": pk, "slot": "pdf"}
    return pk, attach(file, name="文书.png", actor=SYSTEM, at=at, **where)


def _seal(cast: Cast) -> dict[str, int]:
    pk = seal(cast)
    return {"seal": pk, "seal_file": attachments_of("documents.seal", [pk])[pk][0].pk}


def _marked(office: dict[str, object]) -> None:
    """An issued notice that can be verified."""
    values = {"kind": "notice", "title": "通知", "subject": "plans.plan", "subject_id": 1, "issued_on": timezone.localdate(),
              "state": "issued", "content": {"mark": CODE}, "file": store(image("PNG"), "通知.png", at=timezone.now())}  # fmt: skip
    (pk,) = create(Document, values | office, actor=SYSTEM, at=timezone.now())
    Mark.objects.create(document_id=pk, digest=digest_of(CODE))


def _rows(case: int, cast: Cast) -> dict[str, int]:
    """A row of the case of each kind."""
    by = {"case": case, "actor": actor(cast.town.liaison), "at": timezone.now()}
    party, act = (
        add_row(facts=PartyFacts("entity", "某厂"), **by),
        add_row(facts=ActFacts("关闭报警器"), **by),
    )
    photo = EvidenceFacts(
        "media", "现场照片", timezone.localdate(), "", io.BytesIO(image("JPEG")), "现场.jpg"
    )
    shown = add_row(facts=photo, **by)
    (file,) = attachments_of("cases.evidence", [shown])[shown]
    decided = DecisionFacts(party, act, "罚〔2026〕1号", timezone.localdate(), "省条例-30", amount=10_000)
    return {
        "the_evidence": shown,
        "evidence_file": file.pk,
        "the_party": party,
        "the_act": act,
        "the_decision": add_row(facts=decided, **by),
    }


def _adopted(case: int, plan: int, cast: Cast) -> int:
    """A case that the campaign asked 甲镇 for and the office adopted."""
    at = timezone.now()
    item = Item.objects.create(
        plan_id=plan, order=9, number="C", title="推荐案例", text="推荐案例", kind="cases"
    )
    Duty.objects.create(item=item, unit=cast.town.unit)
    words = Words("referral", "关闭报警器。", "有警示意义。")
    pk = recommend(case=case, item=item.pk, words=words, actor=actor(cast.town.liaison), at=at)
    for who in (cast.town.head, cast.clerk, cast.office_head):
        waiting = Approval.objects.get(subject="viewflow.task", state="pending").pk
        decide(approval_id=waiting, actor=actor(who), at=at, do="agree")
    return pk


def _submitted(plan: int, cast: Cast) -> Minutes:
    case = issued(plan, cast, "records")
    case.receive()
    case.hold()
    case.submit()
    return case


def issued(plan: int, cast: Cast, *deliverables: str, order: int = 1) -> Minutes:
    """A task of 甲镇 with an item of its own."""
    item = Item.objects.create(
        plan_id=plan, order=order, number=str(order), title="培训", text="培训", deliverables=deliverables
    )
    values = {"plan": plan, "item": item, "period": Period.objects.create(item=item), "unit": cast.town.unit, "role": "lead"}  # fmt: skip
    return Minutes(create(Task, values, actor=SYSTEM, at=AT)[0], cast)
