import pytest
from django.template import Context
from django.test import RequestFactory

from foundation.organization.posts import Post
from foundation.organization.templatetags import shell

from .samples import identities


def entries(post: str | None, path: str = "/", **context) -> list[dict]:
    request = RequestFactory().get(path)
    request.identity = identities()[0] if post else None
    if post:
        request.identity.post = post
    return shell.navigation(Context({"request": request} | context))


def labels(post: str) -> list[str]:
    return [entry["label"] for entry in entries(post)]


def test_a_clerk_of_the_office_sees_the_work_and_keeps_units_and_people():
    assert labels(Post.OFFICE_CLERK) == ["工作台", "待办", "方案", "任务", "看板", "公文", "管理"]


def test_the_administrator_sees_no_content():
    assert labels(Post.ADMINISTRATOR) == ["工作台", "管理"]


def test_who_has_few_entries_finds_them_all_in_the_tabs_of_a_phone():
    assert [entry["on_phone"] for entry in entries(Post.ADMINISTRATOR)] == [True, True]
    assert [e["label"] for e in entries(Post.OFFICE_CLERK) if not e["on_phone"]] == ["方案", "公文", "管理"]


def test_the_auditor_reads_and_has_nothing_to_do():
    assert "待办" not in labels(Post.AUDITOR)


def test_nobody_signed_in_sees_no_navigation():
    assert entries(None) == []
    assert shell.navigation(Context()) == []


def test_a_page_that_does_not_exist_yet_is_left_out(settings):
    settings.ROOT_URLCONF = "tests.shell.empty_urls"
    assert entries(Post.OFFICE_CLERK) == []


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", ["工作台"]), ("/tasks/", ["任务"]), ("/tasks/7/edit/", ["任务"]), ("/else/", [])],
)
def test_the_entry_of_the_page_one_is_on_is_marked(path, current):
    assert [e["label"] for e in entries(Post.OFFICE_CLERK, path) if e["current"]] == current


def test_a_page_may_name_its_section():
    marked = [
        e["label"] for e in entries(Post.OFFICE_CLERK, "/approvals/7/", section="inbox") if e["current"]
    ]
    assert marked == ["待办"]


def test_a_room_above_gives_the_number_beside_its_entry(monkeypatch):
    monkeypatch.setitem(shell.COUNTS, "inbox", lambda request: 12)
    assert {e["label"]: e["count"] for e in entries(Post.OFFICE_CLERK)}["待办"] == 12
