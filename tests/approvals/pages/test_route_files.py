"""A version as a file, and a file as a version: looked at first, everything wrong said at once."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from jsonschema import validate

from approvals.engine.route_json import read
from approvals.models import Route, RouteVersion
from approvals.services import version_for
from tests.forms import filled
from tests.house import ROOT

from .test_routes_page import RICH

SCHEMA = json.loads((ROOT / "docs/schemas/route.json").read_text("utf-8"))
SMALL = {"name": "导入的路线", "steps": [{"name": "审批", "who": [{"post": "head"}]}]}


@pytest.fixture
def route(cast):
    return Route.objects.get(code="unit")


@pytest.fixture
def office(sign_in, cast):
    return sign_in(cast.administrator)


@pytest.fixture
def send(office, route):
    """send(text) gives it to the page; send(text, save=True) presses 保存 on what came back."""
    path = reverse("route_import", args=[route.pk])

    def sent(text: str | bytes, **more):
        given = {"text": text} if isinstance(text, str) else {"file": SimpleUploadedFile("route.json", text)}
        return office.post(path, filled(office.get(path).content.decode(), **given) | more)

    return sent


def test_what_goes_out_fits_the_schema_and_comes_back_the_same(office, route, send):
    RouteVersion.objects.filter(route=route).update(definition=RICH)
    answer = office.get(reverse("route_export", args=[route.pk, 1]))
    assert answer["Content-Disposition"] == 'attachment; filename="unit-1.json"'
    validate(json.loads(answer.content), SCHEMA)
    assert "没有改动" in send(answer.content, save="1").content.decode()


def test_people_go_by_their_accounts(office, route, send, cast):
    named = SMALL | {"steps": [{"name": "审批", "who": [{"person": cast.town.head.person_id}]}]}
    RouteVersion.objects.filter(route=route).update(definition=named)
    text = office.get(reverse("route_export", args=[route.pk, 1])).content
    assert json.loads(text)["steps"][0]["who"] == [{"person": "jia.head"}]
    send(text.replace("审批".encode(), "审定".encode()), save="1")
    assert version_for("unit").definition["steps"][0]["who"] == [{"person": cast.town.head.person_id}]


def test_a_version_that_is_not_there_is_not_found(office, route):
    assert office.get(reverse("route_export", args=[route.pk, 9])).status_code == 404


@pytest.mark.parametrize(
    "text", [json.dumps(SMALL), json.dumps(SMALL).encode(), b"\xef\xbb\xbf" + json.dumps(SMALL).encode()]
)
def test_it_is_shown_before_it_is_saved(send, office, route, text):
    html = send(text).content.decode()
    assert "将成为第 2 版" in html
    assert "本单位主要负责人" in html
    assert version_for("unit").number == 1
    answer = office.post(reverse("route_import", args=[route.pk]), filled(html, save="1"))
    assert answer.status_code == 302
    assert read(version_for("unit").definition) == read(SMALL)


def test_whom_it_names_in_vain_is_said_before_it_is_saved(send):
    html = send(json.dumps(SMALL | {"withdraw_consent": {"person": "nobody"}})).content.decode()
    assert "撤回：没有编号或账号为“nobody”的人员" in html


def test_it_can_be_walked_before_it_is_saved(send, cast):
    html = send(json.dumps(SMALL), **{"try": "1", "trial-unit": cast.town.unit.pk}).content.decode()
    assert "周晓岚" in html.partition('role="status"')[2]


def test_everything_wrong_is_listed_with_its_place(send):
    wrong = {
        "name": "",
        "steps": [{"name": "一", "who": []}, {"name": "二", "who": [{"post": "head"}], "mode": "fly"}],
        "x": 1,
    }
    answer = send(json.dumps(wrong))
    html = answer.content.decode()
    assert answer.status_code == 422
    for path in ("name", "steps[0].who", "steps[1].mode", "x"):
        assert f"<code>{path}</code>" in html
    assert filled(html)["text"] == [json.dumps(wrong)]


BAD = {
    "nothing": ("", "请选择文件，或粘贴内容"),
    "no JSON": ("{\n  name", "不是有效的 JSON，请检查第 2 行附近"),
    "no object": ("[]", "应是一个对象"),
    "too deep": ("[" * 100_000, "不是有效的 JSON"),
    "too many digits": ('{"name": ' + "9" * 5000 + "}", "不是有效的 JSON"),
    "half a character": (json.dumps({"name": "\ud800", "steps": [], "\ud800": 1}), "不认识的项"),
    "a NUL in a value": (
        json.dumps(SMALL | {"steps": [SMALL["steps"][0] | {"when": [{"fact": "甲", "value": "\0"}]}]}),
        "不能换行或含控制字符",
    ),
    "no text": ("某条路线".encode("gb18030"), "不是 UTF-8 文本"),
    "too large": (b" " * 300_000, "文件超过 256 KB"),
}


@pytest.mark.parametrize(("text", "says"), BAD.values(), ids=BAD)
def test_what_is_no_route_is_refused_with_a_sentence(send, text, says):
    answer = send(text, save="1")
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert version_for("unit").number == 1


def test_self_approval_stays_the_office_heads(send, sign_in, cast, route):
    text = json.dumps(SMALL | {"on_self": "allow"})
    assert "只由安办主任设置" in send(text, save="1").content.decode()
    path = reverse("route_import", args=[route.pk])
    assert sign_in(cast.office_head).post(path, {"text": text, "save": "1", "base": "1"}).status_code == 302


def test_only_editors_take_out_and_bring_in(route, sign_in, cast):
    editors = {cast.administrator, cast.office_head}
    for name, args in (("route_import", [route.pk]), ("route_export", [route.pk, 1])):
        answers = {seat: sign_in(seat).get(reverse(name, args=args)).status_code for seat in cast}
        assert answers == {seat: 200 if seat in editors else 403 for seat in cast}
