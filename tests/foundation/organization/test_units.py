"""Units: adding, changing, ending, finding."""

import pytest
from django.urls import reverse

from foundation.organization.models import Unit, UnitGroup
from foundation.organization.refusals import Refused
from foundation.organization.units import save_unit
from workflows.plans.lexicon import our_lexicon

from .conftest import AT

NEW = {"code": "wu", "name": "戊镇人民政府", "short_name": "戊镇", "kind": "town"}


def form(**more):
    return {**NEW, "order": 9, "aliases": "戊、戊镇政府，戊", "groups": [], **more}


def test_a_new_unit_joins_its_usual_groups(cast):
    unit, _ = save_unit(unit=None, values=NEW, at=AT)
    assert sorted(group.code for group in unit.groups.all()) == ["all_units", "towns"]


def test_the_office_is_not_among_the_units_it_hands_tasks_to(cast):
    unit, _ = save_unit(unit=None, values=NEW | {"kind": "office"}, at=AT)
    assert [group.code for group in unit.groups.all()] == ["office"]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"code": "jia"}, "编码“jia”"),
        ({"name": "甲镇人民政府"}, "全称“甲镇人民政府”"),
        ({"short_name": "甲镇"}, "简称“甲镇”"),
    ],
)
def test_a_name_that_another_unit_has_is_refused_by_name(cast, values, says):
    with pytest.raises(Refused, match=says):
        save_unit(unit=None, values=NEW | values, at=AT)


def test_a_unit_is_never_above_itself(cast):
    town, other = cast.town.unit, cast.other.unit
    save_unit(unit=town, values={"parent_id": other.pk}, at=AT)
    with pytest.raises(Refused, match="不能隶属于自己"):
        save_unit(unit=other, values={"parent_id": town.pk}, at=AT)


def test_a_unit_that_is_renamed_stays_findable_by_its_old_name(cast, sign_in):
    values = {"name": "甲街道办事处", "short_name": "甲街道"}
    unit, _ = save_unit(unit=cast.town.unit, values=values, at=AT)
    assert (unit.code, unit.aliases) == ("jia", ["甲镇人民政府", "甲镇"])
    rows = sign_in(cast.clerk).get(reverse("units"), {"q": "甲镇"}).context["page"].rows
    assert [row.code for row in rows] == ["jia"]
    assert our_lexicon().units["甲镇"] == "jia"


def test_saving_what_is_the_same_changes_nothing(cast):
    assert save_unit(unit=cast.town.unit, values={"name": cast.town.unit.name}, at=AT)[1] is False


def test_the_page_adds_a_unit_and_reads_its_aliases(cast, sign_in):
    groups = [UnitGroup.objects.get(code="towns").pk]
    answer = sign_in(cast.clerk).post(reverse("unit_new"), form(groups=groups))
    unit = Unit.objects.get(code="wu")
    assert answer.url == reverse("unit", args=[unit.pk])
    assert (unit.aliases, unit.initials) == (["戊", "戊镇政府"], "wz wzrmzf wu")
    assert unit.groups.get().code == "towns"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"code": "jia"}, "编码“jia”已有单位使用"),
        ({"code": "五 五"}, "编码"),
        ({"name": ""}, "全称"),
        ({"kind": "village"}, "类别"),
        ({"order": "-1"}, "排序"),
    ],
)
def test_bad_input_comes_back_with_a_sentence_and_what_was_typed(cast, sign_in, values, says):
    answer = sign_in(cast.clerk).post(reverse("unit_new"), form(**values))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page.partition("error-summary")[2].partition("</section>")[0]
    assert "戊镇" in page
    assert not Unit.objects.filter(short_name="戊镇").exists()


def test_a_code_once_given_stays(cast, sign_in):
    address = reverse("unit", args=[cast.town.unit.pk])
    sign_in(cast.clerk).post(address, form(short_name="甲甲镇"))
    unit = Unit.objects.get(pk=cast.town.unit.pk)
    assert (unit.code, unit.short_name) == ("jia", "甲甲镇")


def test_an_auditor_reads_and_does_not_write(cast, sign_in):
    client, address = sign_in(cast.auditor), reverse("unit", args=[cast.town.unit.pk])
    assert "disabled" in client.get(address).content.decode()
    assert client.post(address, form()).status_code == 403


@pytest.mark.parametrize("words", ["甲", "jz", "JZ", "甲镇人民"])
def test_a_unit_is_found_by_name_and_initials(cast, sign_in, words):
    rows = sign_in(cast.clerk).get(reverse("units"), {"q": words}).context["page"].rows
    assert [row.code for row in rows] == ["jia"]


def test_nothing_found_says_what_to_do(cast, sign_in):
    assert "没有找到单位" in sign_in(cast.clerk).get(reverse("units"), {"q": "没有"}).content.decode()


def test_the_address_book_marks_a_unit_without_liaison_officer(cast, sign_in):
    cast.town.liaison.revoked = True
    cast.town.liaison.save()
    client = sign_in(cast.other.head)
    assert (
        client.get(reverse("address_book"), {"q": "甲镇"}).content.decode().count("无联络员") == 2
    )  # chip and row
    assert [u.code for u in client.get(reverse("address_book"), {"bare": ""}).context["page"].rows] == [
        "office",
        "jia",
    ]
    assert "梁思远" in client.get(reverse("address_book")).content.decode()


def test_a_unit_that_ended_is_read_and_not_written(cast, sign_in):
    Unit.objects.filter(pk=cast.other.unit.pk).update(ended_on=AT.date(), successor=cast.town.unit)
    page = sign_in(cast.administrator).get(reverse("unit", args=[cast.other.unit.pk])).content.decode()
    assert "承接" in page
    assert ">保存<" not in page
    assert reverse("unit_end", args=[cast.other.unit.pk]) not in page
