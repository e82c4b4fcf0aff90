"""`approvals simulate`: what it prints, and how it says that an input is no good."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

ROUTE = {"name": "路线", "steps": [{"name": "审批", "who": [{"post": "head"}]}]}
CONTEXT = {"initiator": "liu", "unit": "town", "holders": {"town:head": ["zhao"]}}
SUBMIT = {"by": "liu", "do": "submit", "at": "2026-06-01T09:00"}


@pytest.fixture
def run(tmp_path):
    def simulate(commands=(SUBMIT,), route=ROUTE, **context) -> dict:
        paths = [tmp_path / "route.json", tmp_path / "script.json"]
        script = {"context": CONTEXT | context, "commands": list(commands)}
        for path, document in zip(paths, (route, script), strict=True):
            text = document if isinstance(document, str) else json.dumps(document)
            path.write_text(text, "utf-8")
        out = StringIO()
        call_command("approvals", "simulate", *map(str, paths), "--json", stdout=out)
        return json.loads(out.getvalue())

    return simulate


def refused(run, *args, **context) -> str:
    with pytest.raises(CommandError) as raised:
        run(*args, **context)
    assert raised.value.returncode == 2
    return str(raised.value)


def test_it_says_who_waits_and_what_happened(run):
    (result,) = run()["results"]
    assert result["waiting"] == [{"step": 1, "person": "zhao", "for": None, "due": None}]
    assert result["effects"] == [{"kind": "opened", "step": 1, "person": "zhao"}]
    assert (result["ok"], result["refusal"], result["state"]) == (True, None, "pending")


def test_a_refusal_is_an_answer(run):
    found = run([SUBMIT, {"by": "liu", "do": "agree"}])
    assert found["results"][1]["refusal"] == "own_matter"
    assert found["outcome"] == "pending"


def test_a_time_without_offset_is_that_of_the_office(run):
    due = {"name": "审批", "who": [{"post": "head"}], "due": {"after": 1}}
    (result,) = run(route=ROUTE | {"steps": [due]})["results"]
    assert result["waiting"][0]["due"] == "2026-06-02T23:59:59+08:00"


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ({"do": "fly"}, "commands[0].do"),
        ({"args": {"colour": 1}}, "commands[0].args.colour"),
        ({"at": "yesterday"}, "commands[0].at"),
        ({"at": "2026-06-31T09:00"}, "commands[0].at"),
        ({"at": "9999-12-31T09:00"}, "commands[0].at"),
        ({"by": []}, "commands[0].by"),
        ({"args": {"opinion": 3}}, "commands[0].args.opinion"),
    ],
)
def test_a_wrong_command_is_named_with_its_path(run, line, path):
    assert path in refused(run, [SUBMIT | line])


@pytest.mark.parametrize(
    ("context", "path"),
    [
        ({"colour": 1}, "context.colour"),
        ({"holders": {"town:head": "zhao"}}, "context.holders"),
        (
            {"proxies": [{"from": "a", "to": "b", "start": "2026-06-02", "end": "2026-06-01"}]},
            "context.proxies[0]",
        ),
        ({"proxies": [{"from": "a", "to": "a"}]}, "context.proxies[0]"),
        ({"calendar": {"holidays": ["2026-13-01"]}}, "context.calendar.holidays[0]"),
        ({"facts": {"amount": 1.5}}, "context.facts.amount"),
    ],
)
def test_a_wrong_context_is_named_with_its_path(run, context, path):
    assert path in refused(run, **context)


@pytest.mark.parametrize(
    "days", [{}, {"start": None, "end": None}, {"start": "2026-06-01", "end": "9999-12-31"}]
)
def test_a_proxy_may_be_for_good(run, days):
    agree = {"by": "wu", "do": "agree", "at": "2026-06-01T10:00"}
    assert run([SUBMIT, agree], proxies=[{"from": "zhao", "to": "wu"} | days])["outcome"] == "approved"


def test_whoever_is_named_is_somebody(run):
    """There is no register of people: a newcomer holds no post."""
    over = {"by": "zhao", "do": "transfer", "args": {"to": "new"}}
    found = run([SUBMIT, over, {"by": "new", "do": "agree"}])
    assert found["results"][1]["waiting"] == [{"step": 1, "person": "new", "for": None, "due": None}]
    assert found["outcome"] == "approved"


def test_who_comes_second_hears_who_was_first_and_when(run):
    both = ROUTE | {"steps": [{"name": "审批", "who": [{"post": "head"}, {"person": "wu"}]}]}
    agree = {"do": "agree", "at": "2026-06-01T02:32:00Z"}
    later = {"do": "agree", "at": "2026-06-02T09:00"}
    lines = [SUBMIT, agree | {"by": "zhao"}, *(later | {"by": who} for who in ("wu", "zhao"))]
    _, _, second, again = run(lines, both)["results"]
    assert second["says"] == "此件已由 zhao 于 6月1日 10:32 办理。"
    assert again["says"] == "您已于 6月1日 10:32 办理过此件。"
    (_, _, same) = run([SUBMIT, agree | {"by": "zhao"}, agree | {"by": "wu"}], both)["results"]
    assert same["says"] == "此件已由 zhao 于 10:32 办理。"
    (_, _, timeless) = run(
        [{"do": "submit", "by": "liu"}, *({"do": "agree", "by": who} for who in ("zhao", "wu"))], both
    )["results"]
    assert timeless["says"] == "此件已有人办理，请刷新后查看。"


def test_a_section_with_nothing_in_it_is_none(run):
    empty = {"facts": None, "superior": None, "proxies": None, "calendar": None, "items": None}
    submit = SUBMIT | {"args": {"facts": None}}
    assert run([submit], **empty)["results"][0]["ok"]


def test_half_a_character_in_what_is_signed_stops_nothing(run):
    assert run(items={"\ud800": "\udfff"})["results"][0]["ok"]


def test_a_return_to_nowhere_is_named(run):
    back = {"by": "zhao", "do": "return", "args": {"to": "heaven", "opinion": "请改。"}}
    assert "commands[1].args.to" in refused(run, [SUBMIT, back])


def test_a_route_that_is_none_says_what_is_wrong(run):
    assert refused(run, route=ROUTE | {"steps": []}) == "路线：请设置环节，1 至 20 个"
    assert "不是 UTF-8 的 JSON" in refused(run, route="{")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="打不开"):
        call_command("approvals", "simulate", str(tmp_path / "none.json"), str(tmp_path / "none.json"))


@pytest.mark.parametrize("opinion", ["长" * 10_000, "响\x07铃", "\ud800"])
def test_an_opinion_that_cannot_be_printed_is_refused(run, opinion):
    agree = {"by": "zhao", "do": "agree", "args": {"opinion": opinion}}
    assert run([SUBMIT, agree])["results"][1]["refusal"] == "opinion_unfit"


def test_time_passes_by_nobody(run):
    due = {"name": "审批", "who": [{"post": "head"}], "due": {"after": 1}}
    later = {"do": "tick", "at": "2026-06-03T09:00"}
    found = run([SUBMIT, later, later | {"by": None}], ROUTE | {"steps": [due]})
    assert [[one["kind"] for one in result["effects"]] for result in found["results"][1:]] == [["urged"], []]


def test_what_is_submitted_may_be_said_with_the_command(run):
    asks = {"name": "审批", "who": [{"post": "head"}], "when": [{"fact": "金额", "op": ">", "value": 10}]}
    said = SUBMIT | {"args": {"facts": {"金额": 11}, "items": {"小结": "共 3 场"}}}
    back = {"by": "zhao", "do": "return", "args": {"opinion": "请改。", "items": ["小结"]}}
    found = run([said, back], ROUTE | {"steps": [asks]}, facts={"金额": 5})
    assert [result["ok"] for result in found["results"]] == [True, True]


@pytest.mark.parametrize("do", ["submit", "resubmit"])
def test_what_is_sent_needs_its_text(run, do):
    back = {"by": "zhao", "do": "return", "args": {"opinion": "请改。"}}
    lines = [SUBMIT, back][: 0 if do == "submit" else 2]
    sent = SUBMIT | {"do": do, "args": {"items": ["小结"]}}
    assert f"commands[{len(lines)}].args.items" in refused(run, [*lines, sent])
