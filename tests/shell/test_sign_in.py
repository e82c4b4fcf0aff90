from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.template.loader import render_to_string

from .samples import DEMO, identities


def test_the_demo_lists_its_accounts_and_one_press_signs_in(client):
    html = client.get("/sign-in/").content.decode()
    assert html.count("以此登录") == len(DEMO)
    assert '<input type="hidden" name="username" value="lai.anning">' in html


def test_without_a_demo_no_account_and_no_password_is_shown():
    html = render_to_string("registration/sign_in.html", {"form": AuthenticationForm()})
    assert "演示账号" not in html
    assert "以此登录" not in html


def test_the_page_says_when_an_account_is_locked(client, settings):
    settings.AXES_FAILURE_LIMIT, settings.AXES_COOLOFF_TIME = 3, 2
    assert "连续输错 3 次，账号锁定 2 小时。" in client.get("/sign-in/").content.decode()


def test_a_password_is_never_written_back_into_the_page():
    form = PasswordChangeForm(identities()[0].person, {"old_password": "secret-word", "new_password1": "x"})
    html = render_to_string("registration/password_change_form.html", {"form": form})
    assert "需要改正" in html
    assert "secret-word" not in html
