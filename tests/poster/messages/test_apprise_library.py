"""All other services get the message through Apprise, and their addresses stay secret."""

from base64 import b64decode

import pytest

from app.poster.messages.apprise_library import MISSING, Apprise
from app.poster.messages.message import Card, Message, MessageTrouble
from tests.doubles.loopback import breaking, hanging, serving
from tests.doubles.message_services import JsonHook
from tests.poster.pictures import make_bytes, make_picture

pytest.importorskip("apprise")
# The library's own, on some versions of Python.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def refusal(address: str, seconds: float = 10) -> str:
    with pytest.raises(MessageTrouble) as caught:
        Apprise(address, seconds).send(Message((Card("Normal run"),)))
    return str(caught.value)


def test_the_cards_arrive_as_text_with_the_first_picture():
    picture = make_bytes(make_picture((20, 30)))
    cards = (Card("Dark", facts=(("Library", "TV"),), picture=picture), Card("Alien", "made"))
    with serving(JsonHook()) as server:
        Apprise(server.address, 10).send(Message(cards))
    (body,) = server.bodies
    assert (body["title"], body["type"]) == ("Posterizarr", "success")
    assert body["message"] == "Dark\nLibrary: TV\n\nAlien\nmade"
    assert [b64decode(one["base64"]) for one in body["attachments"]] == [picture]


def test_a_failed_run_is_a_message_of_that_type():
    with serving(JsonHook()) as server:
        Apprise(server.address, 10).send(Message((Card("failed"),), is_good=False))
    assert server.bodies[0]["type"] == "failure"


@pytest.mark.parametrize("scheme", ["syslog", "dbus", "file", "nothing", "python"])
def test_a_service_that_is_unknown_or_acts_on_this_machine_is_refused(scheme):
    assert f"does not know the service {scheme}://" in refusal(f"{scheme}://planted-secret/x")


def test_a_failure_is_one_sentence_without_any_part_of_the_address():
    with serving(JsonHook()) as server:
        server.trouble = breaking
        said = refusal(
            f"json://user:planted-password@127.0.0.1:{server.server_port}/planted-token?a=planted-value"
        )
    assert said.startswith("Apprise: ") and "planted" not in said and "127.0.0.1" not in said


def test_a_service_that_does_not_answer_holds_nobody_up():
    with serving(JsonHook()) as server:
        server.trouble = hanging
        assert refusal(server.address, seconds=0.3) == "Apprise: no answer within 0 seconds"


def test_without_the_library_the_sentence_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr("app.poster.messages.apprise_library.find_spec", lambda name: None)
    assert refusal("json://127.0.0.1/x") == MISSING
