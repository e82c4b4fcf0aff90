"""The print view: every opinion, signature, proxy, reason and file of a matter on one page."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from approvals.models import Proxy
from foundation.organization.services import end_appointment
from tests.approvals.conftest import UNIT_ROUTE
from tests.shell.axe import violations

from .conftest import decide
from .test_browser import open_as, overflow, shoot  # noqa: F401
from .test_enclosures import gather
from .test_signature import keep, url
from .test_trail import route

LONG = "经核，材料齐全，数据与现场相符；请继续抓好农机安全培训，重点核实三家企业的整改情况，并于月底前报送。"


def page(client, pk) -> str:
    return " ".join(client.get(f"/approvals/{pk}/print/").content.decode().split())


def test_it_shows_every_opinion_with_who_signed_and_how(send, sign_in, cast):
    pk, own = send(), keep(cast.town.head)
    decide(pk, cast.town.deputy, opinion="已核。\n属实。", files=[gather(pk, cast.town.deputy).pk])
    decide(pk, cast.town.head, signature=own)
    html = page(sign_in(cast.auditor), pk)
    assert "同意。已核。<br>属实。" in html
    assert '分管负责人 <span class="signed">何振邦</span>' in html
    assert f'src="{url(own)}" alt="周晓岚的签名"' in html
    assert "附件：核查记录.pdf" in html
    assert "核查记录.pdf（何振邦，17" in html
    assert "<h1>审批单</h1>" in html


def test_a_proxy_is_named_with_whom_they_stand_for(send, sign_in, cast):
    pk, handler, today = send(), cast.town.handler, timezone.localdate()
    Proxy.objects.create(owner=cast.town.deputy, to=handler, start=today, end=today, made_by=cast.town.deputy)
    decide(pk, handler)
    assert '<span class="signed">黄立诚</span> 代 何振邦' in page(sign_in(cast.clerk), pk)


def test_who_was_passed_over_stands_there_with_the_reason_and_no_signature(send, sign_in, cast):
    route({**UNIT_ROUTE["steps"][0], "on_empty": "skip"}, UNIT_ROUTE["steps"][1])
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    end_appointment(appointment=cast.town.deputy, on=yesterday, at=timezone.now())
    html = page(sign_in(cast.town.head), send())
    assert "未办理。甲镇分管负责人目前无人担任，跳过" in html
    assert 'class="signed"' not in html


def test_it_is_reached_from_the_page_and_from_more(send, sign_in, cast):
    html = sign_in(cast.town.deputy).get(f"/approvals/{(pk := send())}/").content.decode()
    assert f'href="/approvals/{pk}/print/"' in html
    assert '<a href="print/">打印' in html


def test_ten_times_the_opinions_take_the_same_queries(send, sign_in, cast):
    client, counts, own = sign_in(cast.clerk), [], keep(cast.town.deputy)
    for rounds in (1, 9):
        for _ in range(rounds):
            pk = send()
            file = gather(pk, cast.town.deputy)
            decide(pk, cast.town.deputy, "return", opinion="再补", signature=own, files=[file.pk])
        with CaptureQueriesContext(connection) as caught:
            assert page(client, pk).count("再补") == (1 if rounds == 1 else 10)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 3 + 8


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1440, 390])
def test_it_is_printed_on_a4_and_nothing_is_cut_off(open_as, send, cast, width, tmp_path):  # noqa: F811
    from pypdf import PdfReader

    pk, own = send(), keep(cast.town.deputy)
    decide(pk, cast.town.deputy, opinion=LONG * 35, signature=own, files=[gather(pk, cast.town.deputy).pk])
    decide(pk, cast.town.head, opinion="同意报送。")
    page = open_as(cast.town.liaison, f"/approvals/{pk}/", width)
    page.click("text=打印 >> visible=true")
    page.wait_for_url("**/print/")
    shoot(page, f"print-{width}")
    assert violations(page) == {}
    assert overflow(page) <= 0
    page.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True)
    if shots := os.environ.get("SHOTS"):
        (Path(shots) / "print.pdf").write_bytes((tmp_path / "print.pdf").read_bytes())
    pages = PdfReader(tmp_path / "print.pdf").pages
    text = "".join(one.extract_text() for one in pages).replace("\n", "")
    assert 2 <= len(pages) <= 4
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (595, 842)
    assert text.count("农机安全培训") == 35
    assert "待办" not in text
