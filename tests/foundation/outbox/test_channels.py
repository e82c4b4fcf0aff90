"""Each channel speaks its public form, drops nothing it was told to keep, and survives whatever answers."""

from __future__ import annotations

import json
import time

import pytest

from foundation.outbox.channels import Parcel, mail, robot, sms, wecom
from foundation.outbox.channels.web import Down, ask
from foundation.outbox.wishes import Contact

from .servers import Post, Request, WeCom, drip, flood, web

ANNA = Contact("anna@example.gov.cn", "anna", "138 0000 1111")
BEN = Contact("ben@example.gov.cn", "ben", "13900002222")
SECRET = "geheim"


def parcel(
    pk: int = 7,
    to: Contact = ANNA,
    text: str = "有一件审批等您办理。",
    url: str = "https://anban.example/messages/7/",
) -> Parcel:
    return Parcel(pk, to, "市安委办", text, url)


@pytest.fixture
def office(settings):
    """A WeCom of two people, and the settings that lead to it."""
    server = WeCom({"anna", "ben"})
    wecom._TOKENS.clear()
    with web(server) as url:
        settings.WECOM_URL, settings.WECOM_CORP = url, "wwcorp"
        settings.WECOM_AGENT, settings.WECOM_SECRET = 1000002, SECRET
        settings.WECOM_ROBOT = f"{url}/cgi-bin/webhook/send?key={SECRET}"
        settings.MESSAGE_TIMEOUT = 3
        yield server


class TestWeCom:
    def test_a_card_byte_by_byte(self, office, settings):
        bodies = []
        with web(lambda request: bodies.append(request.body) or office(request)) as url:
            settings.WECOM_URL = url
            assert [one.error for one in wecom.Application().send([parcel()])] == [""]
        assert bodies[-1].decode() == (
            '{"touser":"anna","msgtype":"textcard","agentid":1000002,"textcard":{"title":"市安委办","description":'
            '"有一件审批等您办理。","url":"https://anban.example/messages/7/","btntxt":"查看"},'
            '"enable_duplicate_check":1,"duplicate_check_interval":14400}'
        )

    def test_without_a_public_address_it_is_a_text(self, office):
        list(wecom.Application().send([parcel(url="")]))
        assert office.delivered[0]["text"] == {"content": "市安委办\n有一件审批等您办理。"}

    def test_a_repeat_is_dropped_by_the_receiver_and_one_token_serves_many(self, office):
        twice = [*wecom.Application().send([parcel(), parcel(8, BEN)]), *wecom.Application().send([parcel()])]
        assert [one.error for one in twice] == [""] * 3
        assert [one["touser"] for one in office.delivered] == ["anna", "ben"]
        assert office.tokens == 1

    def test_a_token_that_counts_no_more_is_asked_for_anew(self, office):
        list(wecom.Application().send([parcel()]))
        office.says = [{"errcode": 42001, "errmsg": "access_token expired"}]
        assert [one.error for one in wecom.Application().send([parcel(8)])] == [""]
        assert office.tokens == 2

    def test_somebody_who_is_not_there_is_final_and_holds_up_nobody(self, office):
        nobody = Contact(wecom="nobody")
        first, second = wecom.Application().send([parcel(to=nobody), parcel(8)])
        assert (first.final, second.error) == (True, "")
        office.says = [{"errcode": 0, "errmsg": "ok", "invaliduser": "anna"}]
        assert next(wecom.Application().send([parcel(9)])).final

    @pytest.mark.parametrize("code", [-1, 45009])
    def test_a_full_one_is_tried_later(self, office, code):
        office.says = [{"errcode": code, "errmsg": "busy"}]
        outcome = next(wecom.Application().send([parcel()]))
        assert (outcome.final, outcome.down) == (False, True)

    def test_a_wrong_secret_is_the_channels_fault_and_is_not_told(self, settings, office):
        with web(lambda request: (200, b'{"errcode":40001,"errmsg":"invalid credential, geheim"}')) as url:
            settings.WECOM_URL = url
            outcome = next(wecom.Application().send([parcel()]))
        assert outcome.down
        assert SECRET not in outcome.error


class TestRobot:
    def test_those_who_are_told_the_same_stand_in_one_post(self, office, settings):
        settings.PUBLIC_URL = "https://anban.example"
        many = [
            parcel(7),
            parcel(8, BEN),
            parcel(9, Contact(phone="13700003333")),
            parcel(10, text="任务已撤销，不用再办。"),
        ]
        assert [one.error for one in robot.Robot().send(many)] == [""] * 4
        assert [one["text"] for one in office.posts] == [
            {"content": "市安委办：有一件审批等您办理。\nhttps://anban.example/messages/\n编号 anban-7",
             "mentioned_list": ["anna", "ben"], "mentioned_mobile_list": ["13700003333"]},
            {"content": "市安委办：任务已撤销，不用再办。\nhttps://anban.example/messages/\n编号 anban-10",
             "mentioned_list": ["anna"]},
        ]  # fmt: skip

    def test_its_key_is_in_no_error(self, settings, office):
        with web(lambda request: (500, b"geheim")) as url:
            settings.WECOM_ROBOT = f"{url}/cgi-bin/webhook/send?key={SECRET}"
            outcomes = list(robot.Robot().send([parcel(), parcel(8, BEN)]))
        assert [one.down for one in outcomes] == [True, True]
        assert SECRET not in str(outcomes)


class TestSms:
    @pytest.fixture(autouse=True)
    def _settings(self, settings):
        self.asked: list[Request] = []
        self.reply = (200, b'{"code":0}')
        settings.SMS_BODY = '{"mobile":"{phone}","content":"{text}","msgid":"{id}"}'
        settings.SMS_HEADERS, settings.SMS_OK = "Authorization: Bearer geheim|X-App: anban", '"code":0'
        with web(lambda request: self.asked.append(request) or self.reply) as url:
            settings.SMS_URL = f"{url}/send?v=2"
            yield

    def send(self, **kw):
        return next(sms.Gateway().send([parcel(**kw)]))

    def test_the_body_is_as_the_settings_have_it(self):
        assert not self.send(text='他说“好”\n"引号"').error
        (asked,) = self.asked
        assert (asked.method, asked.path, asked.query) == ("POST", "/send", {"v": "2"})
        assert (asked.headers["Authorization"], asked.headers["X-App"]) == ("Bearer geheim", "anban")
        text = '【市安委办】他说“好”\n"引号" https://anban.example/messages/7/'
        assert asked.json == {"mobile": "13800001111", "content": text, "msgid": "anban-7"}

    @pytest.mark.parametrize(
        ("reply", "final", "down"),
        [
            ((200, b'{"code":7}'), False, False),
            ((400, b""), True, False),
            ((401, b""), False, True),
            ((503, b""), False, True),
        ],
    )
    def test_what_is_no_yes_is_a_no(self, reply, final, down):
        self.reply = reply
        outcome = self.send()
        assert outcome.error
        assert (outcome.final, outcome.down) == (final, down)


class TestMail:
    @pytest.fixture(autouse=True)
    def _settings(self, settings):
        self.post = Post()
        settings.EMAIL_FROM, settings.MESSAGE_TIMEOUT = "安委办 <office@example.gov.cn>", 3
        with self.post.open() as port:
            settings.EMAIL = {
                "EMAIL_HOST": "127.0.0.1",
                "EMAIL_PORT": port,
                "EMAIL_HOST_USER": "",
                "EMAIL_HOST_PASSWORD": "",
            }
            yield

    def test_the_letter_has_an_id_that_stays(self):
        for _ in range(2):
            assert [one.error for one in mail.Mail().send([parcel()])] == [""]
        (to, first), (_, second) = self.post.letters
        assert to == "anna@example.gov.cn"
        for letter in (first, second):
            assert "Message-ID: <anban-7@example.gov.cn>" in letter
            assert "Auto-Submitted: auto-generated" in letter

    def test_an_address_that_is_refused_is_final_and_holds_up_nobody(self):
        self.post.refuses = {"anna@example.gov.cn": 550}
        first, second = mail.Mail().send([parcel(), parcel(8, BEN)])
        assert (first.final, second.error) == (True, "")

    def test_one_that_is_put_off_is_tried_again(self):
        self.post.refuses = {"anna@example.gov.cn": 450}
        (only,) = mail.Mail().send([parcel()])
        assert only.error
        assert not only.final

    def test_nobody_there_is_the_channels_fault(self, settings):
        settings.EMAIL = settings.EMAIL | {"EMAIL_PORT": 1}
        (only,) = mail.Mail().send([parcel()])
        assert only.down


class TestBadServers:
    """Answers 500, hangs, drips, floods, redirects, speaks nonsense: an error in time, and nothing followed."""

    @pytest.fixture(autouse=True)
    def _quick(self, settings):
        settings.MESSAGE_TIMEOUT = 0.4

    @pytest.mark.parametrize("status", [301, 302, 307])
    def test_a_redirect_is_not_followed(self, status):
        asked = []
        with (
            web(lambda request: asked.append(request.path) or (status, b"")) as url,
            pytest.raises(Down, match="没有照办"),
        ):
            ask(f"{url}/hook", b"{}")
        assert asked == ["/hook"]

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_a_server_in_trouble(self, status):
        with web(lambda request: (status, b"")) as url, pytest.raises(Down, match=str(status)):
            ask(url, b"{}")

    @pytest.mark.parametrize("bad", [lambda handler: time.sleep(1), drip])
    def test_one_that_hangs_is_left_in_time(self, bad):
        with web(lambda request: bad) as url, pytest.raises(Down):
            ask(url, b"{}")

    def test_of_an_answer_without_an_end_only_its_beginning_is_read(self):
        with web(lambda request: flood) as url:
            assert len(ask(url, b"{}").body) == 64 * 1024

    def test_one_that_hangs_up_in_the_middle_of_its_answer(self):
        def break_off(handler):
            handler.wfile.write(b'HTTP/1.0 200 OK\r\nContent-Length: 30\r\n\r\n{"errcode":0,')

        with web(lambda request: break_off) as url, pytest.raises(Down, match="看不懂"):
            ask(url, b"{}").json()

    def test_a_robot_that_says_no_in_a_good_answer_is_tried_again(self, settings):
        with web(lambda request: (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}')) as url:
            settings.WECOM_ROBOT = f"{url}/cgi-bin/webhook/send?key={SECRET}"
            (only,) = robot.Robot().send([parcel()])
        assert (only.error, only.final, only.down) == ("群机器人没有接收（93000）。", False, False)

    @pytest.mark.parametrize("body", [b"<html>", b"[1]", b"\xff", b"[" * 60_000])
    def test_nonsense(self, body):
        with web(lambda request: (200, body)) as url, pytest.raises(Down, match="看不懂"):
            ask(url, b"{}").json()

    @pytest.mark.parametrize("url", ["", "http://127.0.0.1:1/", "http://127.0.0.1:x/", "ftp://127.0.0.1:1/"])
    def test_no_server_at_all(self, url):
        with pytest.raises(Down):
            ask(url, b"{}")

    def test_a_certificate_that_nobody_vouches_for(self):
        with web(lambda request: (200, b"{}")) as url, pytest.raises(Down):
            ask(url.replace("http", "https"), b"{}")


def test_what_is_sent_twice_is_the_same_bytes():
    assert wecom.as_json(wecom._form(parcel())) == wecom.as_json(wecom._form(parcel()))
    assert json.loads(wecom.as_json(robot._form([parcel()])))
