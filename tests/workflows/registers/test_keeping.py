"""登记, 更正, 撤销: every row has its history, and stands once."""

import pytest
from django.urls import reverse

from foundation.journal.models import Entry
from foundation.journal.verify import first_bad
from foundation.organization.models import Unit
from foundation.organization.refusals import Refused
from tests.cast import actor, identity
from workflows.registers.models import Register, RegisterRow
from workflows.registers.permissions import may_lead, sees_register, sees_row
from workflows.registers.services.importing import look_at, take
from workflows.registers.services.keeping import withdraw_row

from .rows import AT, RELEASE, TIP, kind, row

pytestmark = pytest.mark.django_db
NEW = reverse("register_row_new", args=["media"])


@pytest.fixture
def clerk(client, cast):
    return identity(client, cast.clerk)


def sent(client, pk, **changed):
    return client.post(reverse("register_row_edit", args=[pk]), RELEASE | {"unit": "jia"} | changed)


def test_a_row_is_made_from_the_form_of_its_columns(clerk, cast):
    assert "渠道" in clerk.get(NEW).content.decode()
    answer = clerk.post(NEW, RELEASE | {"unit": "jia", "reads": "１，２００"})
    made = RegisterRow.objects.get()
    assert answer.url == reverse("register_row", args=[made.pk])
    assert (made.cells["reads"], made.unit, str(made.day)) == (1200, cast.town.unit, "2026-06-01")
    assert "安全生产月启动" in clerk.get(answer.url).content.decode()


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(clerk):
    answer = clerk.post(NEW, {"channel": "英德发布", "title": "题目", "at": "昨天", "reads": "-1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="题目"' in page
    assert 'value="昨天"' in page
    assert "不能是负数" in page
    assert not RegisterRow.objects.exists()


def test_the_same_row_stands_once(clerk, cast):
    pk = row("media", RELEASE, cast.clerk)
    assert "已经登记" in clerk.post(NEW, RELEASE | {"unit": "jia"}).content.decode()
    withdraw_row(row=pk, why="重复", actor=actor(cast.clerk), at=AT)
    assert "后来撤销了" in clerk.post(NEW, RELEASE | {"unit": "jia"}).content.decode()


def test_a_correction_needs_a_reason_and_shows_what_stood_there(clerk, cast):
    pk = row("media", RELEASE, cast.clerk)
    assert "请写明原因" in sent(clerk, pk, reads="1500").content.decode()
    assert sent(clerk, pk, reads="1500", why="平台更正").status_code == 302
    page = clerk.get(reverse("register_row", args=[pk])).content.decode()
    assert "阅读量由“1,200”改为“1,500”" in page
    assert "平台更正" in page
    assert sent(clerk, pk, reads="1500").status_code == 302  # nothing is different: no reason is asked
    assert Entry.objects.filter(target="registers.registerrow", target_id=pk).count() == 2
    assert first_bad()[1] is None


def test_a_withdrawn_row_is_not_listed_until_it_is_restored(clerk, cast):
    pk = row("media", RELEASE, cast.clerk)
    withdraw, listed = reverse("register_row_withdraw", args=[pk]), reverse("register", args=["media"])
    assert clerk.post(withdraw, {"why": " "}).status_code == 422
    assert clerk.post(withdraw, {"why": "记错了"}).status_code == 302
    assert clerk.get(listed).context["rows"] == []
    assert len(clerk.get(listed, {"only": "withdrawn"}).context["rows"]) == 1
    assert sent(clerk, pk, reads="1", why="改").status_code == 422
    clerk.post(reverse("register_row_restore", args=[pk]))
    assert len(clerk.get(listed).context["rows"]) == 1


def test_only_the_office_keeps_a_register(client, cast):
    pk = row("media", RELEASE, cast.clerk)
    for seat in (cast.town.head, cast.auditor):
        identity(client, seat)
        assert client.post(NEW, RELEASE).status_code == 403
        assert client.post(reverse("register_row_withdraw", args=[pk]), {"why": "不"}).status_code == 403
    with pytest.raises(Refused, match="安委办"):
        row("media", RELEASE | {"title": "另"}, cast.town.head)
    with pytest.raises(Refused, match="安委办"):
        withdraw_row(row=pk, why="不", actor=actor(cast.town.head), at=AT)


def test_who_sees_what_is_the_same_for_a_row_and_for_a_list(cast):
    day, pks = AT.date(), [row("media", RELEASE, cast.clerk), row("tips", TIP, cast.clerk)]
    for seat in cast:
        for one in RegisterRow.objects.filter(pk__in=pks):
            for rule in (sees_row, may_lead):
                listed = RegisterRow.objects.filter(rule.q(seat.pk, day), pk=one.pk).exists()
                assert rule(one, actor(seat), day) == listed
        for one in Register.objects.all():
            listed = Register.objects.filter(sees_register.q(seat.pk, day), pk=one.pk).exists()
            assert sees_register(one, actor(seat), day) == listed


def test_a_unit_sees_what_names_it_and_an_auditor_no_tips(client, cast):
    release, tip = row("media", RELEASE, cast.clerk), row("tips", TIP, cast.clerk)
    opens = {
        seat: [identity(client, seat).get(reverse("register_row", args=[pk])).status_code for pk in (release, tip)]
        for seat in (cast.clerk, cast.town.liaison, cast.other.liaison, cast.auditor, cast.administrator)
    }  # fmt: skip
    assert list(opens.values()) == [[200, 200], [200, 200], [403, 403], [200, 403], [403, 403]]
    assert identity(client, cast.auditor).get(reverse("register", args=["tips"])).status_code == 403
    assert identity(client, cast.other.liaison).get(reverse("register", args=["media"])).context["rows"] == []
    assert client.get(reverse("register", args=["media"]), {"q": "启动"}).context["page"].rows == []


@pytest.mark.parametrize("times", [1, 10])
def test_a_list_asks_the_same_however_long(clerk, cast, django_assert_num_queries, times):
    for n in range(4 * times):
        row("media", RELEASE | {"title": f"第{n}条"}, cast.clerk)
    clerk.get(reverse("registers"))
    with django_assert_num_queries(6):
        clerk.get(reverse("registers"))
    with django_assert_num_queries(8):
        assert clerk.get(reverse("register", args=["media"]), {"q": "条"}).context["rows"]


def test_a_list_is_narrowed_by_what_its_address_says(clerk, cast):
    row("media", RELEASE, cast.clerk)
    row("media", RELEASE | {"channel": "悦英德", "at": "2026-07-01 08:00", "unit": ""}, cast.clerk)

    def found(**query):
        return [
            one["row"].chip for one in clerk.get(reverse("register", args=["media"]), query).context["rows"]
        ]

    assert found() == ["悦英德", "英德发布"]
    assert found(only="悦英德") == ["悦英德"]
    assert found(q="甲镇") == ["英德发布"]
    assert found(start="2026-06-15") == ["悦英德"]
    assert found(end="2026-06-15") == ["英德发布"]
    assert found(unit=str(cast.town.unit.pk)) == ["英德发布"]


def test_what_is_listed_is_exported_and_reads_as_an_import(clerk, cast):
    row("media", RELEASE, cast.clerk)
    row("media", RELEASE | {"channel": "悦英德", "unit": ""}, cast.clerk)
    file = clerk.get(reverse("register_export", args=["media"]), {"only": "英德发布"}).content
    load = look_at(kind=kind("media"), content=file, name="导出.xlsx", actor=actor(cast.clerk), at=AT)
    assert take(load=load, actor=actor(cast.clerk), at=AT) == {"new": 0, "changed": 0, "same": 1, "withdrawn": 0, "wrong": 0}  # fmt: skip


def test_the_name_of_a_merged_unit_means_its_successor_and_an_old_row_keeps_it(clerk, cast):
    pk = row("media", RELEASE, cast.clerk)
    Unit.objects.filter(pk=cast.town.unit.pk).update(ended_on=AT.date(), successor=cast.other.unit)
    later = row("media", RELEASE | {"title": "合并以后"}, cast.clerk)
    assert RegisterRow.objects.get(pk=later).unit == cast.other.unit
    page = clerk.get(reverse("register_row_edit", args=[pk])).content.decode()
    assert '<option value="jia" selected>甲镇</option>' in page
    sent(clerk, pk, reads="7", why="平台更正")
    kept = RegisterRow.objects.get(pk=pk)
    assert (kept.cells["reads"], kept.unit) == (7, cast.town.unit)
