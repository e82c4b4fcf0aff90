"""退回: to whom, which parts, in which words; what follows is said before the button."""

from approvals.models import Approval, RouteVersion, Signer
from tests.approvals.conftest import UNIT_ROUTE

from .conftest import decide


def page(pk):
    return f"/approvals/{pk}/return/"


def test_the_consequence_names_the_steps_that_run_again(send, sign_in, cast):
    html = sign_in(cast.town.deputy).get(page(send())).content.decode()
    assert "修改并重新提交后，将重新经过 2 个环节：分管负责人审批、主要负责人审批。" in html
    assert "上一步" not in html


def test_the_second_step_may_go_back_one(send, sign_in, cast):
    pk, client = send(), sign_in(cast.town.head)
    decide(pk, cast.town.deputy)
    assert "何振邦（上一步）" in client.get(page(pk)).content.decode()
    client.post(page(pk), {"signer": 2, "to": "previous", "opinion": "请核实人数"})
    assert list(Signer.objects.filter(approval=pk, state="open").values_list("appointment", flat=True)) == [
        cast.town.deputy.pk
    ]


def test_ticked_parts_reach_the_subject_with_reason_and_words(send, sign_in, cast, told):
    pk = send()
    data = {
        "signer": 1,
        "to": "initiator",
        "opinion": "请补正",
        "part_1": "on",
        "reason_1": "unclear",
        "text_1": "第 3 张模糊",
    }
    answer = sign_in(cast.town.deputy).post(page(pk), data, follow=True)
    assert "已退回“活动记录 1”。下一步：赖安宁修改后重新提交。" in answer.content.decode()
    assert told[0].remarks == [{"part": "photos", "reason": "unclear", "text": "第 3 张模糊"}]


def test_without_an_opinion_the_parts_speak(send, sign_in, cast):
    pk = send()
    data = {"signer": 1, "to": "initiator", "part_0": "on", "reason_0": "missing", "text_0": "缺签名"}
    sign_in(cast.town.deputy).post(page(pk), data)
    assert Signer.objects.get(approval=pk, key=1).opinion == "签到表：缺少材料，缺签名。"


def test_nothing_said_is_refused_and_nothing_typed_is_lost(send, sign_in, cast):
    pk = send()
    answer = sign_in(cast.town.deputy).post(page(pk), {"signer": 1, "to": "initiator", "text_1": "换照片"})
    assert answer.status_code == 422
    assert 'value="换照片"' in answer.content.decode()
    assert "请写明退回的原因" in answer.content.decode()
    assert Approval.objects.get(pk=pk).state == "pending"


def test_what_was_written_beside_agreeing_comes_along_and_decides_nothing(send, sign_in, cast):
    pk = send()
    written = {"signer": 1, "text": "照片不清", "keep": "words"}
    for act in ("return", "transfer", "delegate"):
        answer = sign_in(cast.town.deputy).post(f"/approvals/{pk}/{act}/", written)
        assert answer.status_code == 200
        assert ">\n照片不清</textarea>" in answer.content.decode()
    assert Approval.objects.get(pk=pk).state == "pending"


def test_a_return_that_came_too_late_keeps_the_words(send, sign_in, cast):
    pk, client = send(), sign_in(cast.town.deputy)
    decide(pk, cast.town.deputy)
    answer = client.post(page(pk), {"signer": 1, "to": "initiator", "opinion": "写了很久"})
    assert answer.status_code == 409
    assert "写了很久" in answer.content.decode()


def test_a_resubmission_shows_the_whole_way(send, sign_in, cast):
    decide(send(), cast.town.deputy, "return", opinion="照片不清")
    again = send()
    html = sign_in(cast.town.deputy).get(f"/approvals/{again}/").content.decode()
    assert html.count("提交审批") == 2
    assert "照片不清" in html


def test_any_earlier_step_can_be_chosen(send, sign_in, cast):
    send(9)
    version = RouteVersion.objects.get(route__code="test")
    version.definition = version.definition | {
        "steps": [
            *version.definition["steps"],
            {"name": "安办审定", "who": [{"post": "office_head", "of": "office"}]},
        ]
    }
    version.save()
    pk, office = send(), sign_in(cast.office_head)
    decide(pk, cast.town.deputy)
    decide(pk, cast.town.head)
    html = office.get(f"/approvals/{pk}/return/").content.decode()
    assert "（第 1 步）" in html
    assert "（第 2 步）" not in html  # that is 上一步
    office.post(f"/approvals/{pk}/return/", {"signer": 3, "to": "1", "opinion": "请重新把关"})
    assert Approval.objects.get(pk=pk).step == 1


def test_only_these_parts_can_be_asked_for_where_the_route_goes_back_to_the_returner(send, sign_in, cast):
    pk = send()
    decide(pk, cast.town.deputy)
    client, path = sign_in(cast.town.head), f"/approvals/{pk}/return/"
    assert "仅补正" not in client.get(path).content.decode()
    version = Approval.objects.get(pk=pk).version
    RouteVersion.objects.filter(pk=version.pk).update(definition=UNIT_ROUTE | {"resubmit": "jump_back"})
    assert "不再经过前面的环节" in client.get(path).content.decode()
    answer = client.post(path, {"to": "initiator", "only": "on", "opinion": "请补正"})
    assert (answer.status_code, "请勾选需要补正的内容" in answer.content.decode()) == (422, True)
    assert (
        client.post(
            path, {"to": "initiator", "only": "on", "part_1": "on", "reason_1": "unclear"}
        ).status_code
        == 302
    )
    assert Approval.objects.get(pk=pk).corrections == {"items": ["photos"], "only": True}
