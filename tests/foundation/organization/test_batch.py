"""Many accounts at once: the sheet of one-time passwords, what expires, and accounts that nobody uses."""

import datetime as dt
import re
import subprocess

import pytest
from django.urls import reverse
from django.utils import timezone

from foundation.journal.models import Entry
from foundation.organization.models import Person
from foundation.organization.passwords import hand_out
from foundation.organization.refusals import Refused
from foundation.organization.services import close_accounts
from tests.cast import actor

from .conftest import AT

CODE = re.compile(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}")


def words(pdf, tmp_path):
    file = tmp_path / "codes.pdf"
    file.write_bytes(pdf)
    return subprocess.check_output(["pdftotext", "-layout", file, "-"], text=True)


def shown(client, **filters):
    return client.get(reverse("people_batch"), filters)


def send(client, people, do, **filters):
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    chosen = [person.pk for person in people]
    return client.post(f"{reverse('people_batch')}?{query}", {"person": chosen, "do": do})


def test_the_sheet_has_a_code_for_everybody_and_each_opens_one_page(cast, client, sign_in, tmp_path):
    """From the list to the first password of one's own."""
    unit, office = cast.town.unit, sign_in(cast.clerk)
    listed = shown(office, unit=unit.pk, state="never").context["rows"]
    assert {one.username for one in listed} == {"jia.liaison", "jia.handler", "jia.deputy", "jia.head"}
    answer = send(office, listed, "codes", unit=unit.pk)
    assert (answer["Content-Type"], answer["Cache-Control"].count("no-store")) == ("application/pdf", 1)
    text = words(answer.content, tmp_path)
    assert len(CODE.findall(text)) == 4
    (line,) = [one for one in text.splitlines() if "jia.head" in one]
    code = CODE.search(line)[0]
    assert code not in str(list(Entry.objects.values_list("data", "words")))
    signed = client.post(reverse("sign_in"), {"username": "jia.head", "password": code}, follow=True)
    assert signed.redirect_chain[-1][0] == reverse("password_change")
    assert "old_password" not in signed.content.decode()
    new = {"new_password1": "my-own-words-7", "new_password2": "my-own-words-7"}
    assert client.post(reverse("password_change"), new).url == reverse("password_change_done")
    client.logout()
    again = client.post(reverse("sign_in"), {"username": "jia.head", "password": code})
    assert "账号或密码不对" in again.content.decode()


def test_a_code_that_lay_about_too_long_opens_nothing(cast, client):
    person = cast.town.head.person
    long_ago = timezone.now() - dt.timedelta(days=15)
    code = hand_out([person], at=long_ago)[person.pk]
    answer = client.post(reverse("sign_in"), {"username": person.username, "password": code})
    assert "一次性密码已过期" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_dormant_list_is_closed_at_once_and_its_people_keep_their_names(cast, sign_in):
    now = timezone.now()
    Person.objects.filter(pk=cast.town.liaison.person_id).update(last_login=now - dt.timedelta(days=91))
    Person.objects.filter(pk=cast.town.handler.person_id).update(last_login=now - dt.timedelta(days=80))
    office = sign_in(cast.clerk)
    rows = shown(office, state="dormant").context["rows"]
    assert [one.pk for one in rows] == [cast.town.liaison.person_id]
    assert send(office, rows, "close", state="dormant").url == reverse("people")
    closed = Person.objects.get(pk=cast.town.liaison.person_id)
    assert (closed.is_active, closed.name) == (False, "赖安宁")
    assert Entry.objects.latest("pk").data["people"] == [closed.pk]


def test_the_office_gives_nobody_above_the_units_a_new_password(cast, sign_in):
    office = sign_in(cast.clerk)
    above = [cast.administrator.person, cast.auditor.person]
    listed = shown(office).context["rows"]
    assert not {one.pk for one in above} & {one.pk for one in listed}
    before = list(Person.objects.filter(pk__in=[one.pk for one in above]).values_list("password"))
    answer = send(office, above, "codes")
    assert answer.status_code == 422
    assert "请至少选一个人" in answer.content.decode()
    assert before == list(Person.objects.filter(pk__in=[one.pk for one in above]).values_list("password"))


def test_the_last_administrator_is_not_closed_with_the_others(cast):
    people = [cast.town.head.person, cast.administrator.person]
    with pytest.raises(Refused, match="最后一名"):
        close_accounts(people=people, actor=actor(cast.administrator), at=AT)
    assert Person.objects.get(pk=people[0].pk).is_active


def test_its_queries_do_not_grow_with_the_people(cast, sign_in, django_assert_max_num_queries):
    office = sign_in(cast.administrator)
    Person.objects.bulk_create(Person(username=f"p{n}", name="某", password="!") for n in range(60))
    with django_assert_max_num_queries(9):
        shown(office)
