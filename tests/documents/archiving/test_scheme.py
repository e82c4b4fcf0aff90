"""归档方案 as data: the newest in force, a proposal for every kind, and what is wrong with a file that is none."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from documents.apps import schemes_are_read
from documents.archiving.scheme import read, scheme_for, schemes
from documents.models import Document
from foundation.organization.dated import BadData, parse_data

TEXT = (Path(settings.BASE_DIR) / "documents/archiving/schemes/2015.yaml").read_text("utf-8")


def test_every_kind_of_document_has_a_term():
    scheme = scheme_for(dt.date(2026, 6, 12))
    assert {scheme.proposal(kind, "标题").term for kind in Document.Kind.values} <= set(scheme.terms)
    assert scheme.proposal("notice", "关于印发活动方案的通知").term == "permanent"


def test_the_default_says_that_nobody_has_confirmed_it():
    scheme = scheme_for(dt.date(2026, 6, 12))
    assert not scheme.confirmed
    assert not any(line.verified for line in scheme.retention)


def test_the_newest_scheme_in_force_counts(tmp_path, settings):
    settings.ARCHIVE_SCHEMES = str(tmp_path)
    (tmp_path / "a.yaml").write_text(TEXT, "utf-8")
    (tmp_path / "b.yaml").write_text(
        TEXT.replace("2015-10-25", "2026-01-01").replace("X043", "X999"), "utf-8"
    )
    day = dt.date(2026, 1, 1)
    days = (day, day - dt.timedelta(1), dt.date(1999, 1, 1))
    assert [scheme_for(day).organs["office"][0] for day in days] == ["X999", "X043", "X043"]


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [("2015-10-25", "2015-13-25", "日期或 pattern"), ("{number:04}", "1", "缺少 {number}"), ("{number:04}", "{no}", "pattern"),
     ("-{term}-", "/{term}-", "不能作文件名"), ('kind: "*"', "kind: x", "最后要有一行"), ("name: 归档方案", "nome: x", "不认识的键"), ("name: 归档方案", "- [", "不是正确的 YAML")],
)  # fmt: skip
def test_a_scheme_that_cannot_be_used_says_what_is_wrong(was, now, says):
    with pytest.raises(BadData, match=says):
        read(parse_data(TEXT.replace(was, now), "archive_scheme", "方案.yaml"), "方案.yaml")


def test_the_site_does_not_start_with_a_scheme_that_cannot_be_read(tmp_path, settings):
    assert schemes_are_read() == []
    schemes.cache_clear()
    settings.ARCHIVE_SCHEMES = str(tmp_path)
    assert "没有归档方案" in schemes_are_read()[0].msg
