"""An administrator loads a new version of a rule pack: checked, compared, kept; nothing that was typed is lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from foundation.journal.models import Entry
from tests.cast import actor, identity
from workflows.cases.library import DEFAULT, pack_for
from workflows.cases.loading import every_pack, load, preview
from workflows.cases.models import RulePack
from workflows.cases.pack import BadPack


@pytest.fixture
def old() -> str:
    from workflows.cases.library import PACKS

    return (PACKS / "work_safety.yaml").read_text("utf-8")


@pytest.fixture
def new(old) -> str:
    """The next version: a shorter limit, an article more, one slot less."""
    changed = old.replace("version: 1", "version: 2", 1).replace(
        'effective_from: "2021-09-01"\n\nlaws', 'effective_from: "2026-07-01"\n\nlaws', 1
    )
    changed = changed.replace("days_90: {count: 90,", "days_90: {count: 60,")
    return changed.replace(
        "articles:\n", 'articles:\n  - {article: "200", subject: entity, stage: first, min: 1, max: 2}\n'
    )


@pytest.fixture
def administrator(cast) -> Client:
    return identity(Client(), cast.administrator)


def test_what_changes_is_shown_before_it_is_loaded(administrator, new):
    html = administrator.post("/rules/load/", {"text": new}).content.decode()
    assert "将成为第 2 版" in html
    assert "days_90" in html
    assert "200 entity first" in html
    assert not RulePack.objects.exists()


def test_cases_of_later_days_are_under_it_and_earlier_ones_keep_theirs(administrator, new):
    assert administrator.post("/rules/load/", {"text": new, "save": "1"}).status_code == 302
    limits = {day: pack_for(DEFAULT, dt.date(2026, *day), every_pack()).version for day in ((6, 30), (7, 1))}
    assert limits == {(6, 30): 1, (7, 1): 2}
    assert Entry.objects.get(verb="journal.book.rules.load").data["version"] == 2
    html = administrator.get("/rules/").content.decode()
    assert "第 2 版" in html
    assert "60日" in html
    assert "90日" in administrator.get("/rules/?pack=work_safety-1").content.decode()


def test_an_export_is_what_was_loaded(administrator, new, old):
    assert administrator.get("/rules/work_safety-1.yaml").content.decode() == old
    administrator.post("/rules/load/", {"text": new, "save": "1"})
    assert administrator.get("/rules/work_safety-2.yaml").content.decode() == new.replace("\r\n", "\n")
    assert administrator.get("/rules/work_safety-3.yaml").status_code == 404


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda text: text.replace("version: 2", "version: 3", 1), "version 应是 2"),
        (lambda text: text.replace("2026-07-01", "2020-07-01", 1), "effective_from 早于第 1 版"),
        (lambda text: text.replace("limit: own_3d", "limit: own_4d", 1), "counts 里没有“own_4d”"),
        (lambda text: text.replace("pack:", "colour: red\npack:", 1), "不认识的键：colour"),
        (lambda text: text.replace("count: 24,", "count: 99999999,", 1), "不能大于 1200"),
        (lambda text: text.replace("rule: T1,", f"rule: {'T' * 17},", 1), "clocks[0].rule"),
        (lambda text: re.sub(r"^levels:\n(  .*\n)+", "levels: []\n", text, flags=re.M), "至少要有 1 项"),
        (lambda text: text + "\n- x", "不是正确的 YAML"),
        (lambda text: "", "请选择文件，或粘贴内容"),
        (lambda text: "hello", "应是对象"),
    ],
)
def test_what_is_wrong_is_said_and_the_text_stays(administrator, new, spoil, says):
    answer = administrator.post("/rules/load/", {"text": spoil(new), "save": "1"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert says in html
    assert ("days_90" in html) == ("days_90" in spoil(new))
    assert not RulePack.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"x" * 600_000, "超过 512 KB"), ("版本".encode("gb18030"), "不是 UTF-8")],
)
def test_a_file_that_cannot_be_read_is_said(administrator, content, says):
    file = SimpleUploadedFile("x.yaml", content)
    assert says in administrator.post("/rules/load/", {"file": file}).content.decode()


def test_the_same_again_is_no_version(cast, old, new):
    with pytest.raises(BadPack, match="version 应是 2"):
        preview(old)
    load(text=new, actor=actor(cast.administrator), at=timezone.now())
    with pytest.raises(BadPack, match="version 应是 3"):
        load(text=new, actor=actor(cast.administrator), at=timezone.now())
    with pytest.raises(BadPack, match="没有改动"):
        preview(new.replace("version: 2", "version: 3", 1))


def test_the_commands_know_only_what_comes_with_the_product(new, cast):
    load(text=new, actor=actor(cast.administrator), at=timezone.now())
    assert pack_for(DEFAULT, dt.date(2026, 8, 1)).version == 1
