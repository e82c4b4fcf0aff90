"""The first start: an empty installation gets its office and somebody who lets others in."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from foundation.organization.models import Appointment, Day, Person, Unit, UnitGroup
from foundation.organization.posts import Post
from foundation.organization.ranges import ranges

pytestmark = pytest.mark.django_db


def found(capsys, *words: str) -> str:
    """The one-time password that was printed."""
    call_command("found", *words)
    (password,) = re.findall(r"一次性密码 (\S+)（", capsys.readouterr().out)
    return password


def test_whoever_founded_it_signs_in_sets_a_password_and_is_told_what_comes_first(client, capsys):
    assert "manage.py found" in client.get(reverse("sign_in")).content.decode()
    password = found(
        capsys, "guanli", "温棠", "--office", "某县安全生产委员会办公室", "--short", "某县安委办"
    )
    assert "manage.py found" not in client.get(reverse("sign_in")).content.decode()
    answer = client.post(reverse("sign_in"), {"username": "guanli", "password": password}, follow=True)
    assert answer.request["PATH_INFO"] == reverse("password_change")
    own = {"new_password1": "一棵很高很高的木棉树。", "new_password2": "一棵很高很高的木棉树。"}
    client.post(reverse("password_change"), own)
    page = client.get(reverse("administration")).content.decode()
    assert "开始使用" in page
    assert "导入单位" in page
    (office,) = Unit.objects.all()
    assert (office.kind, office.name) == (Unit.Kind.OFFICE, "某县安全生产委员会办公室")


def test_it_has_what_plans_and_time_limits_stand_on(capsys):
    found(capsys, "guanli", "温棠")
    assert {"各镇（街）", "各有关部门和单位"} <= {name for _, name in ranges()}
    assert Day.objects.exists()


def test_the_county_comes_along_where_it_is_wanted(capsys):
    found(capsys, "guanli", "温棠", "--county")
    assert Unit.objects.filter(kind=Unit.Kind.TOWN).count() == 23
    assert UnitGroup.objects.get(code="towns").units.count() == 24


def test_the_only_administrator_gets_a_new_password_and_nobody_else_comes_in_that_way(capsys):
    first, second = found(capsys, "guanli", "温棠"), found(capsys, "guanli", "温棠")
    person = Person.objects.get()
    assert (person.check_password(first), person.check_password(second)) == (False, True)
    assert Appointment.objects.filter(post=Post.ADMINISTRATOR).count() == 1
    with pytest.raises(CommandError, match="已有系统管理员温棠（guanli）") as refused:
        call_command("found", "other", "郑雨")
    assert refused.value.returncode == 2
    assert Person.objects.count() == 1


def test_an_account_that_could_not_be_typed_is_refused_and_nothing_is_founded():
    with pytest.raises(CommandError, match="不含空格") as refused:
        call_command("found", "guan li", "温棠")
    assert refused.value.returncode == 2
    assert not Unit.objects.exists()


def test_what_comes_first_is_not_said_once_the_office_works(cast, sign_in):
    assert "开始使用" not in sign_in(cast.administrator).get(reverse("administration")).content.decode()
