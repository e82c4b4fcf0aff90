"""People: accounts, posts, one-time passwords."""

import datetime as dt

import pytest
from django.urls import reverse

from foundation.organization.models import Appointment, Person
from foundation.organization.refusals import Refused
from foundation.organization.services import change_person, end_appointment

from .conftest import AT


def form(town, **more):
    return {
        "username": "jia.new",
        "name": "万龑",
        "unit": town.pk,
        "post": "handler",
        "start": "2026-06-01",
        **more,
    }


def errors(answer) -> str:
    assert answer.status_code == 422
    return answer.content.decode().partition("error-summary")[2].partition("</section>")[0]


def test_a_new_person_gets_a_post_and_a_password_shown_once(cast, sign_in):
    answer = sign_in(cast.clerk).post(reverse("person_new"), form(cast.town.unit))
    ((username, _, password),) = answer.context["handed_out"]
    person = Person.objects.get(username=username)
    assert person.check_password(password)
    assert (person.must_change_password, person.appointments.get().post) == (True, "handler")
    assert "no-store" in answer["Cache-Control"]
    assert password not in sign_in(cast.clerk).get(reverse("person", args=[person.pk])).content.decode()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"username": "clerk"}, "账号“clerk”已有人使用"),
        ({"username": "有 空格"}, "不含空格"),
        ({"name": ""}, "姓名"),
        ({"phone": "电话"}, "联系电话"),
        ({"unit": "99999"}, "单位"),
        ({"post": "administrator"}, "岗位"),  # not the office's to give
        ({"post": "liaison"}, "联络员是赖安宁，请先结束其任期"),
        ({"start": "2026-06-31"}, "自"),
        ({"end": "2026-05-01"}, "结束日期早于开始日期"),
    ],
)
def test_bad_input_leaves_neither_account_nor_post(cast, sign_in, values, says):
    before = Person.objects.count(), Appointment.objects.count()
    answer = sign_in(cast.clerk).post(reverse("person_new"), form(cast.town.unit, **values))
    assert says in errors(answer)
    assert (Person.objects.count(), Appointment.objects.count()) == before


def test_the_office_keeps_the_people_of_units_only(cast, sign_in):
    client = sign_in(cast.clerk)
    for seat, status in ((cast.town.head, 302), (cast.administrator, 403), (cast.office_head, 403)):
        answer = client.post(reverse("person", args=[seat.person_id]), {"name": "改名", "is_active": "on"})
        assert answer.status_code == status
    assert Person.objects.filter(name="改名").count() == 1


def test_nobody_resets_the_password_of_somebody_above(cast, sign_in):
    for seat in (cast.administrator, cast.office_head, cast.auditor, cast.twice):
        assert sign_in(cast.clerk).post(reverse("person_reset", args=[seat.person_id])).status_code == 403


@pytest.mark.parametrize(("name", "letters"), [("万龑", "wy"), ("曾旻", "zm")])
def test_a_new_name_is_found_by_its_initials(cast, sign_in, name, letters):
    change_person(person=cast.town.head.person, values={"name": name}, at=AT)
    rows = sign_in(cast.clerk).get(reverse("people"), {"q": letters}).context["page"].rows
    assert [person.name for person in rows] == [name]


def test_a_closed_account_is_signed_out_and_its_posts_rest(cast, sign_in):
    client = sign_in(cast.town.liaison)
    change_person(person=cast.town.liaison.person, values={"is_active": False}, at=AT)
    assert client.get(reverse("address_book")).status_code == 302
    assert not Appointment.objects.holding("liaison", cast.town.unit, AT.date()).exists()


def test_the_last_administrator_stays(cast):
    with pytest.raises(Refused, match="最后一名"):
        change_person(person=cast.administrator.person, values={"is_active": False}, at=AT)
    with pytest.raises(Refused, match="最后一名"):
        end_appointment(appointment=cast.administrator, on=AT.date(), at=AT)


def test_an_administrator_may_go_when_there_is_another(cast):
    Appointment.objects.create(
        person=cast.clerk.person, unit=cast.office, post="administrator", start=dt.date(2020, 1, 1)
    )
    end_appointment(appointment=cast.administrator, on=AT.date(), at=AT)
    cast.administrator.refresh_from_db()
    assert cast.administrator.end == AT.date()


@pytest.mark.parametrize(("state", "found"), [("", 18), ("idle", 1), ("closed", 1), ("nonsense", 18)])
def test_the_list_is_narrowed_by_state(cast, sign_in, state, found):
    Appointment.objects.filter(pk=cast.town.head.pk).update(revoked=True)
    Person.objects.filter(pk=cast.other.head.person_id).update(is_active=False)
    rows = sign_in(cast.clerk).get(reverse("people"), {"state": state}).context["page"].rows
    assert len(rows) == found


def test_the_list_of_one_unit_holds_its_people(cast, sign_in):
    rows = sign_in(cast.clerk).get(reverse("people"), {"unit": cast.town.unit.pk}).context["page"].rows
    assert {person.name for person in rows} == {"赖安宁", "黄立诚", "何振邦", "周晓岚"}
