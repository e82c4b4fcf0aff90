"""A channel that is set by half is told of by `manage.py check`."""

from foundation.outbox.checks import half_set


def said(settings, **values) -> list[str]:
    for name, value in values.items():
        setattr(settings, name, value)
    return [one.id for one in half_set()]


def test_nothing_set_and_all_set_are_both_fine(settings):
    assert said(settings) == []
    whole = {"WECOM_CORP": "c", "WECOM_AGENT": 1, "WECOM_SECRET": "s", "PUBLIC_URL": "https://anban.example"}
    assert said(settings, **whole) == []


def test_half_of_it_is_told(settings):
    assert said(settings, WECOM_CORP="c", WECOM_SECRET="s") == ["outbox.W001"]


def test_messages_without_a_link_are_told(settings):
    assert said(settings, SMS_URL="https://sms.example", PUBLIC_URL="") == ["outbox.W002"]
