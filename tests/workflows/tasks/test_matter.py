"""What signers are shown, on the approval's own page."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from approvals.subjects import SUBJECTS
from tests.cast import identity

from .minutes import AT


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT + dt.timedelta(days=1), tick=False):
        yield


def page(client, case, seat):
    answer = identity(client, seat).get(reverse("approval", args=[case.pending.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_head_sees_the_version_its_records_and_files(ready, client):
    ready.write(summary="已办一场。")
    ready.upload("other", "通知.txt")
    ready.submit()
    html = page(client, ready, ready.cast.town.deputy)
    assert all(words in html for words in ("已办一场。", "讲了三个案例。", "通知.txt", "第 1 版"))


def test_the_office_sees_what_changed_since_it_returned_it(ready, client):
    ready.write(summary="由农办跟踪。")
    ready.submit()
    ready.unit_agrees()
    ready.send_back(ready.cast.clerk, "写明期限。")
    ready.write(summary="已于6月10日完成。")
    ready.upload("other", "通知.txt")
    ready.submit()
    ready.unit_agrees()
    html = page(client, ready, ready.cast.clerk)
    assert "与您上次办理的第 1 版相比：" in html
    assert "由 0 个增至 1 个" in html
    assert "<ins>" in html


def test_an_approval_of_long_ago_still_shows_what_was_signed_then(ready, client):
    ready.write(summary="由农办跟踪。")
    ready.submit()
    first = ready.pending
    ready.unit_agrees()
    ready.send_back(ready.cast.clerk, "写明期限。")
    ready.write(summary="已于6月10日完成。")
    ready.submit()
    html = identity(client, ready.cast.town.deputy).get(reverse("approval", args=[first.pk])).content.decode()
    assert "由农办跟踪。" in html
    assert "已于6月10日完成。" not in html


def test_a_waiver_shows_its_reason(case, client):
    case.ask_waiver("本镇没有农机。")
    assert "本镇没有农机。" in page(client, case, case.cast.clerk)


def test_a_report_shows_its_statistics_as_provisional(make, cast, client):
    from .minutes import Minutes

    case = Minutes(make(deliverables=["report", "statistics", "schedule"]), cast)
    case.receive()
    case.write(
        summary="总结", statistics={"cutoff": "2026-06-30", "S01": {"sessions": "3", "people": "120"}},
        schedule=[{"date": "2026-06-09", "title": "访谈"}],
    )  # fmt: skip
    case.upload("final", "总结.pdf", b"%PDF-1.4\n")
    with pytest.raises(Exception, match="可编辑版本至少 1 个"):
        case.submit()
    case.upload("editable", "总结.docx", _docx())
    case.submit()
    html = page(client, case, cast.town.deputy)
    assert all(words in html for words in ("暂定", "场次 3 场", "参加 120 人次", "访谈", "其余 21 项为 0"))


def test_every_part_can_be_returned_by_its_name(ready):
    ready.write(summary="小结")
    file = ready.upload("other", "通知.txt")
    ready.submit()
    shown = SUBJECTS["tasks.task"].matter(ready.pk, ready.last().digest, "")
    record = ready.last().content["records"][0]["id"]
    assert shown.parts == [
        ("summary", "工作小结"), (f"record:{record}", "活动记录 6月1日 集中培训"),
        (f"attachment:{file.pk}", "其他材料 通知.txt"),
    ]  # fmt: skip


def _docx() -> bytes:
    import io

    import docx

    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()
