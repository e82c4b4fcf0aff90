"""clocks and check_case: the worked examples to the last word, and what is said to bad input."""

from __future__ import annotations

import io
import json
import re

import jsonschema
import pytest
from django.core.management import CommandError, call_command

from tests.house import ROOT
from workflows.cases.library import PACKS, packs
from workflows.cases.pack import BadPack
from workflows.cases.pack_reading import read

EXAMPLES = ROOT / "docs/examples/cases"
SCENARIOS = sorted(EXAMPLES.glob("*.yaml"))
CASES = sorted(path for path in EXAMPLES.glob("*.case.json"))


def run(command: str, path) -> dict:
    out = io.StringIO()
    call_command(command, str(path), "--json", stdout=out)
    return json.loads(out.getvalue())


def schema(name: str) -> dict:
    return json.loads((ROOT / f"docs/schemas/{name}.json").read_text())


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_comes_out_as_it_says(path):
    found = run("clocks", path)
    jsonschema.validate(found, schema("clocks"))
    assert found == json.loads(path.with_suffix(".expected.json").read_text())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_comes_out_as_it_says(path):
    found = run("check_case", path)
    jsonschema.validate(found, schema("check_case"))
    assert found == json.loads(path.with_suffix(".expected.json").read_text())


def test_people_read_lines(capsys):
    call_command("clocks", str(EXAMPLES / "gas-alarm.yaml"))
    call_command("check_case", str(EXAMPLES / "qualifies.case.json"))
    said = capsys.readouterr().out
    assert "T2a 向同级公安机关移送：到 2026-03-07T10:20:00+08:00，按期完成" in said
    assert "一案双罚：符合" in said


SCENARIO = """
now: "2026-03-10T09:00:00+08:00"
events: [{step: reported, at: "2026-03-02T09:00:00+08:00"}]
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("now:", "color: red\nnow:", "不认识的键：color"),
        ("step: reported", "step: reportd", "events[0].step 不认识“reportd”"),
        ("2026-03-02T", "2026-03-12T", "晚于 now"),
        ("2026-03-02T", "2020-03-02T", "没有施行的版本"),
        ("2026-03-02T09:00:00+08:00", "昨天", "不是时间：昨天"),
        ("now:", "pack: railway\nnow:", "没有规则包“railway”，可用的有：work_safety"),
        ("now:", "options: {T99: '54'}\nnow:", "options 不认识“T99”，可用的有：T1、T2a、T3、T5、"),
        ("at:", "by: {post: mayor}, at:", "by.post 不认识“mayor”"),
        ("now:", "now: x\nnow:", "键“now”写了两次"),
        ("now:", "options: {T7: 54}\nnow:", "options.T7 不对：54，应是文字"),
        ("2026-03-10T", "9999-12-31T", "now 不是时间"),
        ("2026-03-02T09:00:00+08:00", "0001-01-01T00:00:00+14:00", "events[0].at 不是时间"),
        ("events: [", "events: [[", "第"),
        ("now:", "- now:", "的第"),
    ],
)
def test_a_scenario_that_is_none_is_named_with_its_path(tmp_path, old, new, says):
    path = tmp_path / "x.yaml"
    path.write_text(SCENARIO.replace(old, new, 1))
    with pytest.raises(CommandError, match=re.escape(says)) as raised:
        call_command("clocks", str(path))
    assert raised.value.returncode == 2


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 12))


@pytest.mark.parametrize("text", [BOMB, "now: &a [*a]", "- &a [*a]"])
def test_a_few_lines_that_mean_millions_are_refused(tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_text(text)
    with pytest.raises(CommandError, match="不是正确的 YAML"):
        call_command("clocks", str(path))


def test_a_section_with_nothing_in_it_is_none(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(
        "\ufeffnow: 2026-03-10\r\ncase:\r\nevents:\r\nattempts:\r\noptions:\r\ncalendar:\r\n".encode()
    )
    assert run("clocks", path) == {"clocks": [], "steps": []}
    path.write_text(json.dumps({"parties": CASE["parties"], "decisions": None, "acts": None, "facts": None}))
    assert run("check_case", path)["ranges"] == []


def test_whole_money_is_printed_whole(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(CASE).replace('"amount": 1}', '"amount": 1.0}'))
    amount = run("check_case", path)["ranges"][0]["amount"]
    assert (amount, type(amount)) == (1, int)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"parties": [], "parties": []}', "键“parties”写了两次"),
        ('{"parties": []}', "parties 不对：[]，至少要有 1 项"),
        ('{"parties": {}}', "parties 不对：{}，应是列表"),
        ('{"parties": [{"id": "", "kind": "entity"}]}', 'parties[0].id 不对：""，不能为空'),
        ("[" * 100_000, "不是 UTF-8 的 JSON 文件"),
        (f'{{"at": {"9" * 5000}}}', "不是 UTF-8 的 JSON 文件"),
    ],
)
def test_what_is_no_case_is_told_in_words(tmp_path, text, says):
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(CommandError, match=re.escape(says)):
        call_command("check_case", str(path))


def test_half_a_character_is_printed_as_it_came(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(CASE).replace('"e"', r'"\ud800"'))
    out = io.StringIO()
    call_command("check_case", str(path), "--json", stdout=out)
    assert r'"party": "\ud800"' in out.getvalue()
    assert json.loads(out.getvalue().encode())["ranges"][0]["party"] == "\ud800"


CASE = {
    "at": "2026-11-01",
    "parties": [
        {"id": "e", "kind": "entity", "code": "91350100M000100Y43"},
        {"id": "p", "kind": "person", "of": "e"},
    ],
    "decisions": [{"number": "1", "date": "2026-05-01", "party": "e", "article": "97", "amount": 1}],
}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"colour": 1}, "不认识的键：colour"),
        ({"decisions": [{"number": "1", "party": "x", "article": "97", "amount": 1}]}, "不在 parties 里"),
        ({"decisions": [{"number": "1", "party": "e", "article": "97", "amount": -1}]}, "是负数"),
        ({"decisions": [{"number": "1", "party": "e", "article": "97", "amount": 1, "date": "2026-12-01"}]}, "不能在将来"),
        ({"decisions": CASE["decisions"] * 2}, "“1”出现两次"),
        ({"decisions": [{"number": "1", "party": "e", "article": "97", "amount": 1, "date": "2020-01-01"}]}, "没有施行的版本"),
        ({"parties": [{"id": "e", "kind": "entity", "code": "91350100M000100Y44"}]}, "校验位不对"),
        ({"parties": [{"id": "e", "kind": "entity"}, {"id": "p", "kind": "person", "code": "110101199003070000"}]}, "身份证号的校验位不对"),
        ({"parties": [{"id": "e", "kind": "entity"}, {"id": "e", "kind": "person"}]}, "出现两次"),
        ({"parties": [{"id": "e", "kind": "entity"}, {"id": "p", "kind": "person", "of": "p"}]}, "不是 parties 里的单位"),
        ({"parties": [{"id": "e", "kind": "entity", "role": "principal"}]}, "只用于自然人"),
    ],
)  # fmt: skip
def test_a_case_that_is_none_is_named_with_its_path(tmp_path, change, says):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(CASE | change))
    with pytest.raises(CommandError, match=re.escape(says)) as raised:
        call_command("check_case", str(path))
    assert raised.value.returncode == 2


def test_a_file_that_is_not_there(tmp_path):
    for command in ("clocks", "check_case"):
        with pytest.raises(CommandError, match="打不开"):
            call_command(command, str(tmp_path / "none"))


# The pack


def document() -> dict:
    from foundation.organization.yaml_text import read_yaml

    return read_yaml(PACKS / "work_safety.yaml")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda pack: pack["laws"].pop("310"), "没有法律“310:5”"),
        (lambda pack: pack["steps"].pop("approved"), "没有步骤“approved”"),
        (lambda pack: pack["clocks"][0].update(ends=["violation_ended"]), "没有步骤“violation_ended”"),
        (lambda pack: pack["clocks"][0].update(when=["haste"]), "没有情形“haste”"),
        (lambda pack: pack["clocks"][0].update(unless=["haste"]), "没有情形“haste”"),
        (
            lambda pack: pack["clocks"][0]["bases"][0].update(
                extended=[{"by": "stretched", "limit": "own_3d"}]
            ),
            "没有步骤“stretched”",
        ),
        (lambda pack: pack["gates"][0].update(when=["haste"]), "没有情形“haste”"),
        (lambda pack: pack["gates"][0].update(after="stretched"), "没有步骤“stretched”"),
        (
            lambda pack: pack["gates"][0].update(since={"step": "stretched", "limit": "own_3d"}),
            "没有步骤“stretched”",
        ),
        (
            lambda pack: pack["gates"][0].update(pending={"from": ["team"], "until": ["stretched"]}),
            "没有步骤“stretched”",
        ),
        (lambda pack: pack["steps"]["team"].update(then="stretched"), "没有步骤“stretched”"),
        (lambda pack: pack["file"][0].update(after="stretched"), "没有步骤“stretched”"),
        (lambda pack: pack["posts"].pop("acting_head"), "没有职务“acting_head”"),
        (lambda pack: pack["articles"][0].update(roles=["chair"]), "没有身份“chair”"),
        (lambda pack: pack["articles"][0].update(levels={"huge": [1, 2]}), "没有事故等级“huge”"),
        (lambda pack: pack["articles"][0].update(income={"huge": [1, 2]}), "没有事故等级“huge”"),
        (lambda pack: pack["triggers"][0].update(offence="999"), "没有罪名“999”"),
        (lambda pack: pack.update(pack="安全生产"), "代码“安全生产”只能用小写英文字母"),
        (lambda pack: pack["steps"].update({"s" * 33: pack["steps"]["team"]}), "最长 32 字"),
        (lambda pack: pack["posts"].update({"p" * 21: "职务"}), "最长 20 字"),
        (lambda pack: pack["counts"].pop("own_3d"), "counts 里没有“own_3d”"),
        (lambda pack: pack.update(effective_from="soon"), "“soon”不是日期"),
    ],
)
def test_a_pack_that_names_what_is_not_there_is_refused(spoil, says):
    pack = document()
    spoil(pack)
    with pytest.raises(BadPack, match=says):
        read(pack)


def test_every_step_of_a_pack_is_in_the_glossary():
    glossary = (ROOT / "docs/glossary.md").read_text()
    assert not [
        step
        for pack in packs()
        for step, one in pack.steps.items()
        if f"| {one.name} |" not in glossary or f"`{step}`" not in glossary
    ]
