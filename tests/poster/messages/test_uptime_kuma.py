"""A push monitor is told up or down, properly encoded, beside what its address already asks for."""

import pytest

from app.poster.messages.message import Card, Message, MessageTrouble
from app.poster.messages.uptime_kuma import UptimeKuma
from app.poster.web.endpoint import Limits
from tests.doubles.loopback import Loopback, hanging, serving
from tests.doubles.message_services import PushMonitor
from tests.doubles.scripted import ScriptedServer, answering

LIMITS = Limits(connect=1, read=0.3, whole=1)


def make_message(text: str = "Normal: 2 images", **overrides) -> Message:
    return Message((Card(text),), **overrides)


def refusal(server: Loopback, path: str = "/api/push/other") -> str:
    with pytest.raises(MessageTrouble) as caught:
        UptimeKuma(f"{server.url}{path}", LIMITS).send(make_message())
    return str(caught.value)


@pytest.mark.parametrize(("is_good", "status"), [(True, "up"), (False, "down")])
def test_the_push_has_status_message_and_milliseconds(is_good, status):
    with serving(PushMonitor()) as server:
        UptimeKuma(server.push, LIMITS).send(make_message("50 % & more?\n=ä", is_good=is_good, seconds=254.5))
    assert server.pushed == [{"status": status, "msg": "50 % & more? =ä", "ping": "254500"}]


def test_the_query_of_the_address_is_kept_but_for_the_examples_that_kuma_shows():
    with serving(PushMonitor()) as server:
        UptimeKuma(f"{server.push}?status=up&msg=OK&ping=&zone=a%26b", LIMITS).send(make_message())
    (pushed,) = server.pushed
    assert pushed == {"zone": "a&b", "status": "up", "msg": "Normal: 2 images", "ping": "0"}


def test_a_monitor_that_does_not_exist_is_one_sentence_without_its_address():
    with serving(PushMonitor()) as server:
        said = refusal(server)
    assert said.startswith("Uptime Kuma: there is no such entry (404)") and "other" not in said


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (answering(200, b'{"ok": false, "msg": "Monitor is paused"}'), "Monitor is paused"),
        (answering(200, b'{"ok": false}'), "the push was refused"),
        (answering(200, b"<html>Sign in</html>"), "check the address"),
        (answering(200, b'{"status": "up"}'), "check the address"),
        (answering(200, b'{"ok": "no"}'), "check the address"),
        (answering(200, b"[]"), "check the address"),
        (answering(200, b"[" * 100_000), "check the address"),
        (answering(200, b"\xff\xfe"), "check the address"),
        (hanging, "no usable answer"),
    ],
)
def test_an_answer_that_is_no_receipt_is_a_failure(behaviour, words):
    with serving(ScriptedServer(behaviour)) as server:
        assert words in refusal(server)


def test_the_message_is_cut_so_that_the_address_stays_short():
    with serving(PushMonitor()) as server:
        UptimeKuma(server.push, LIMITS).send(make_message("ä" * 5000))
    assert len(server.pushed[0]["msg"]) == 250
