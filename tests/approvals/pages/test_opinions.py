"""Opinions as people type and paste them: kept to the letter, or refused in words with the letter still there."""

import re

import pytest

from approvals.models import Signer
from documents.layout import drawable

from .conftest import decide

RARE = "𠮷𠅤𠅕龘㐂"  # 㐂 of extension A, 𠮷 of extension B
EMOJI = "👍🏽👨‍👩‍👧‍👦❤️🇨🇳"  # with a tone, joined, with a selector, of two letters
PRIVATE = "\ue000"  # where older systems keep rare names
PAGES = [("", "text"), ("disagree/", "opinion"), ("return/", "opinion")]


def post(client, pk, tail, field, words):
    return client.post(f"/approvals/{pk}/{tail}", {"signer": 1, "to": "initiator", field: words})


@pytest.mark.parametrize(("tail", "field"), PAGES)
def test_rare_characters_and_emoji_are_kept_to_the_letter_and_shown(send, sign_in, cast, tail, field):
    pk, client = send(), sign_in(cast.town.deputy)
    words = f"请{RARE}核实{EMOJI}{PRIVATE}。"
    assert post(client, pk, tail, field, words).status_code == 302
    assert Signer.objects.get(approval=pk, key=1).opinion == words
    assert words in client.get(f"/approvals/{pk}/").content.decode()


@pytest.mark.parametrize(("tail", "field"), PAGES)
def test_what_nobody_sees_is_taken_out(send, sign_in, cast, tail, field):
    pk, client = send(), sign_in(cast.town.deputy)
    words = "第一行\0\x07\x1b[31m\r\n第二\u202e行\x9f\ufeff\v第三行\u2028第四行"
    post(client, pk, tail, field, words)
    assert Signer.objects.get(approval=pk, key=1).opinion == "第一行[31m\n第二行\n第三行\n第四行"


@pytest.mark.parametrize(("tail", "field"), PAGES)
def test_ten_thousand_characters_are_refused_in_words_and_stay_in_the_form(send, sign_in, cast, tail, field):
    pk, client = send(), sign_in(cast.town.deputy)
    words = "长𠮷👍" * 3_333 + "长"
    answer = post(client, pk, tail, field, words)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "最多 500 字，现在有 10000 字，请删减。" in html
    assert words in html
    assert not re.search(r"<textarea[^>]*maxlength", html)
    assert Signer.objects.get(approval=pk, key=1).state == "open"


@pytest.mark.parametrize("words", ["𠮷" * 500, "👍" * 500, "行\r\n" * 249 + "二字"])
def test_five_hundred_are_five_hundred_whatever_they_are(send, sign_in, cast, words):
    pk = send()
    assert post(sign_in(cast.town.deputy), pk, "", "text", words).status_code == 302


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "{{ 7*7 }}{% load %}", "'; DROP TABLE x; --", "=1+1"]
)
def test_what_looks_like_a_program_is_text(send, sign_in, cast, words):
    from django.utils.html import escape

    pk, client = send(), sign_in(cast.town.deputy)
    post(client, pk, "", "text", words)
    assert Signer.objects.get(approval=pk, key=1).opinion == words
    assert str(escape(words)) in client.get(f"/approvals/{pk}/").content.decode()


def test_what_a_part_lacks_has_its_limit_too(send, sign_in, cast):
    data = {"signer": 1, "to": "initiator", "part_0": "on", "reason_0": "other", "text_0": "长" * 201}
    answer = sign_in(cast.town.deputy).post(f"/approvals/{send()}/return/", data)
    assert "最多 200 字，现在有 201 字" in answer.content.decode()


def test_nothing_but_blanks_is_no_opinion(send, sign_in, cast):
    pk = send()
    answer = post(
        sign_in(cast.town.deputy), pk, "disagree/", "opinion", " \u3000\u200b\t\r\n\0 ".replace("\u200b", "")
    )
    assert answer.status_code == 422
    decide(pk, cast.town.deputy)
    assert Signer.objects.get(approval=pk, key=1).opinion == ""


def test_on_paper_no_character_is_left_out_silently():
    assert drawable(RARE) == RARE.replace("𠅕", "〔U+20155〕")  # no face of ours draws it
    assert drawable("❤\ufe0f") == "〔U+2764〕"
    assert drawable("👍🏽") == "〔U+1F44D〕〔U+1F3FD〕"
    assert drawable(f"甲{PRIVATE}乙") == "甲〔U+E000〕乙"
    assert drawable("甲\u0378乙") == "甲〔U+0378〕乙"  # not assigned
    assert drawable("甲\xa0乙\u2003丙\u3000丁\t戊") == "甲 乙 丙\u3000丁 戊"
    assert drawable("葛\U000e0100飾\u200d\u2028了") == "葛飾\n了"
