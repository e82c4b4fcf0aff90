import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.engine.route_json import RouteError, read, written
from approvals.engine.routes import (
    Act,
    Automatic,
    Condition,
    Count,
    Dedupe,
    Due,
    Escalate,
    Group,
    Mode,
    Named,
    OnEmpty,
    OnReject,
    OnSelf,
    Op,
    PostIn,
    Ratio,
    Resubmit,
    Route,
    Step,
    Superior,
    Then,
    Unit,
)  # fmt: skip

SCHEMA = json.loads((Path(__file__).parents[3] / "docs/schemas/route.json").read_text("utf-8"))
UNIT_ROUTE = {
    "name": "单位审批",
    "steps": [
        {"name": "分管负责人审批", "who": [{"post": "deputy"}], "on_empty": "skip"},
        {"name": "主要负责人审批", "who": [{"post": "head", "of": "unit"}, {"person": 7}], "mode": "all"},
    ],
    "dedupe": "consecutive",
}

ALLOWED = (
    "第1步：允许的操作只能是 disagree、transfer、delegate、add_before、add_after、take_back，不能是“fly”"
)
words = st.text("分管负责人abc龑𠅤 ", min_size=1, max_size=60).filter(str.strip)
whos = st.one_of(
    st.builds(PostIn, words, words),
    st.builds(Named, st.integers() | words),
    st.builds(Superior, st.integers(1, 5)),
    st.builds(Group, words),
)
some = st.lists(whos, max_size=2).map(tuple)
times = st.integers(1, 20)
dues = st.builds(
    Due,
    times.map(lambda n: n + 20),
    st.sampled_from(list(Unit)),
    times,
    st.none() | st.builds(Escalate, times, whos),
    st.none() | st.builds(Automatic, times, st.sampled_from(list(Then))),
)
numbers = st.builds(Condition, words, st.sampled_from(list(Op)), st.integers())
equals = st.builds(Condition, words, st.sampled_from([Op.IS, Op.IS_NOT]), words | st.booleans())
votes = st.builds(Count, times) | st.builds(Ratio, st.sampled_from(["1/2", "2/3", "1"]))
acts = st.sets(st.sampled_from(list(Act))).map(lambda some: tuple(act for act in Act if act in some))
plain = st.builds(
    Step,
    words,
    st.lists(whos, min_size=1, max_size=5).map(tuple),
    st.sampled_from([Mode.ANY, Mode.ALL, Mode.SEQUENCE]),
    st.sampled_from(list(OnEmpty)) | whos,
    st.sampled_from(list(OnReject)),
    when=st.lists(numbers | equals, max_size=2).map(tuple),
    allow=acts,
    opinion=st.booleans(),
    due=st.none() | dues,
    copy=some,
)
claimed = plain.map(lambda step: replace(step, mode=Mode.ANY, claim=True))
ballots = st.builds(lambda step, votes: replace(step, mode=Mode.VOTE, votes=votes), plain, votes)
routes = st.builds(
    Route,
    words,
    st.lists(plain | ballots | claimed, min_size=1, max_size=4).map(tuple),
    st.sampled_from(list(Dedupe)),
    st.sampled_from(list(OnSelf)),
    st.sampled_from(list(Resubmit)),
    st.none() | whos,
    st.booleans(),
)
scraps = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["", " ", "any", "skip", "allow", "a\nb", "长" * 61]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["post", "of", "person", "name", "who"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def problems(document) -> list[tuple[str, str]]:
    with pytest.raises(RouteError) as raised:
        read(document)
    return [tuple(problem) for problem in raised.value.problems]


def changed(document, *path, to):
    """A copy with the value at `path` replaced, or the key added."""
    copy = json.loads(json.dumps(document))
    *way, last = path
    place = copy
    for key in way:
        place = place[key]
    place[last] = to
    return copy


def test_a_route_is_read_with_its_defaults():
    route = read(UNIT_ROUTE)
    assert route.steps[0] == Step("分管负责人审批", (PostIn("deputy", "unit"),), Mode.ANY, OnEmpty.SKIP)
    assert route.steps[1].who == (PostIn("head"), Named(7))
    assert (route.dedupe, route.on_self) == (Dedupe.CONSECUTIVE, OnSelf.SUPERIOR)


@given(routes)
def test_what_is_written_is_read_back_and_fits_the_schema(route):
    document = json.loads(json.dumps(written(route)))
    assert read(document) == route
    jsonschema.validate(document, SCHEMA)


@given(st.data())
def test_the_reader_and_the_schema_agree_on_what_is_wrong(data):
    paths = [
        ("name",),
        ("steps",),
        ("dedupe",),
        ("on_self",),
        ("more",),
        ("steps", 0),
        ("steps", 0, "name"),
        ("steps", 0, "mode"),
        ("steps", 0, "on_empty"),
        ("steps", 1, "who"),
        ("steps", 1, "who", 0),
        ("steps", 1, "who", 0, "post"),
        ("steps", 1, "who", 0, "person"),
        ("steps", 1, "who", 1, "person"),
        ("steps", 1, "votes"),
        ("steps", 1, "when"),
        ("steps", 1, "due"),
        ("steps", 1, "copy"),
        ("steps", 1, "allow"),
        ("withdraw_consent",),
        ("batch",),
    ]
    document = changed(UNIT_ROUTE, *data.draw(st.sampled_from(paths)), to=data.draw(scraps))
    if jsonschema.Draft202012Validator(SCHEMA).is_valid(document):
        assert read(document)
    else:
        assert problems(document)


@pytest.mark.parametrize(
    ("path", "to", "where", "says"),
    [
        (("name",), " ", "name", "路线：请填写路线名称"),
        (("steps",), [], "steps", "路线：请设置环节，1 至 20 个"),
        (("dedupe",), "some", "dedupe", "路线：去重只能是 none、consecutive、all，不能是“some”"),
        (("color",), 1, "color", "路线：不认识的项“color”，请删去"),
        (("steps", 1), "x", "steps[1]", "第2步：应是一个对象"),
        (("steps", 1, "who"), [], "steps[1].who", "第2步：请设置审批人，1 至 50 个"),
        (("steps", 0, "name"), "长" * 61, "steps[0].name", "第1步：环节名称最长 60 字，不能换行或含控制字符"),
        (
            ("steps", 0, "mode"),
            "some",
            "steps[0].mode",
            "第1步：签批方式只能是 any、all、sequence、vote，不能是“some”",
        ),
        (("steps", 0, "due"), 3, "steps[0].due", "第1步时限：应是一个对象"),
        (("steps", 0, "due"), {"after": 0}, "steps[0].due.after", "第1步时限：时限应是 1 至 1000 的整数"),
        (("steps", 0, "mode"), "vote", "steps[0].votes", "第1步：票签请设置通过票数（count）或比例（ratio）"),
        (("steps", 0, "votes"), {"count": 1}, "steps[0].votes", "第1步：只有票签（vote）设置通过票数"),
        (("steps", 0, "allow"), ["fly"], "steps[0].allow", ALLOWED),
        (
            ("steps", 0, "who", 0),
            {"signer_of": 1},
            "steps[0].who[0].signer_of",
            "第1步：只能指定前面环节的办理人",
        ),
        (("batch",), "yes", "batch", "路线：批量同意只能是 true 或 false"),
        (
            ("steps", 0, "on_empty"),
            {"post": ""},
            "steps[0].on_empty.post",
            "第1步无人担任时的候补：请填写岗位",
        ),
        (
            ("steps", 1, "who", 1),
            {},
            "steps[1].who[1]",
            "第2步第2个审批人：请写明由谁办理（post、person、superior、signer_of、group 之一）",
        ),
        (
            ("steps", 1, "who", 0, "unit"),
            "x",
            "steps[1].who[0].unit",
            "第2步第1个审批人：不认识的项“unit”，请删去",
        ),
        (("steps", 1, "who", 1, "person"), True, "steps[1].who[1].person", "第2步第2个审批人：请填写人员"),
    ],
)
def test_a_mistake_is_named_with_its_place(path, to, where, says):
    assert problems(changed(UNIT_ROUTE, *path, to=to)) == [(where, says)]


def test_every_mistake_is_named_at_once():
    document = changed(changed(UNIT_ROUTE, "steps", 0, "mode", to="x"), "steps", 1, "name", to="")
    assert [where for where, _ in problems(document)] == ["steps[0].mode", "steps[1].name"]


@pytest.mark.parametrize("document", [None, [], "路线", 3])
def test_what_is_no_object_is_no_route(document):
    assert problems(document) == [("", "路线：应是一个对象")]


@pytest.mark.parametrize(
    "ratio", [0, -1, 1.01, "3/2", "0/3", "1/0", "half", True, None, [1], float("inf"), float("nan")]
)
def test_a_ratio_is_a_part_of_the_whole(ratio):
    vote = changed(
        changed(UNIT_ROUTE, "steps", 0, "mode", to="vote"), "steps", 0, "votes", to={"ratio": ratio}
    )
    assert problems(vote)


@pytest.mark.parametrize(
    ("ratio", "voters", "needed"), [(0.6, 5, 3), ("3/5", 5, 3), ("2/3", 3, 2), (1, 4, 4), (0.5, 3, 2)]
)
def test_a_ratio_is_exact(ratio, voters, needed):
    vote = changed(
        changed(UNIT_ROUTE, "steps", 0, "mode", to="vote"), "steps", 0, "votes", to={"ratio": ratio}
    )
    assert read(vote).steps[0].votes.needed(voters) == needed


def test_only_what_any_of_several_may_decide_can_be_claimed():
    steps = [{"name": "审核", "who": [{"post": "head"}], "mode": "all", "claim": True}]
    assert problems({"name": "路线", "steps": steps}) == [
        ("steps[0].claim", "第1步：只有或签（any）可以先领取再办理")
    ]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"name": "路线", "steps": steps}, SCHEMA)
