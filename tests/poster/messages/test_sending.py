"""Every receiver gets the message whatever happens to the others, and a test message names each result."""

import json
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from app.poster.messages import sending, trial
from app.poster.messages.message import Card, Message, MessageTrouble
from app.poster.messages.receivers import NO_ADDRESS, Receivers
from app.poster.messages.sending import QUIET, send_failure, send_messages, send_to
from app.poster.messages.trial import NOTHING, send_trials, trials_document, tried, with_tried
from app.poster.records.own_settings import BadEnvironment
from app.poster.script.arguments import Mode
from app.poster.script.report import Sent, Tally
from app.poster.settings import DEFAULTS, Settings

MESSAGE = Message((Card("A run"),))
STARTED = datetime(2026, 11, 29, tzinfo=UTC)


@dataclass
class Receiver:
    """Takes messages, or refuses them with the sentence."""

    name: str = "Discord"
    refusal: str = ""
    got: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        if self.refusal:
            raise MessageTrouble(self.refusal)
        self.got.append(message)


def make_settings(**notification) -> Settings:
    return Settings({"Notification": notification}, json.loads(DEFAULTS.read_text("utf-8")))


def make_job(mode: Mode, tmp_path, **counts):
    """What `send_messages` uses of a job."""
    return SimpleNamespace(
        order=SimpleNamespace(mode=mode),
        tally=Tally(STARTED, **counts),
        settings=make_settings(),
        log=logging.getLogger("test"),
        folders=SimpleNamespace(assets=tmp_path),
    )


@pytest.fixture
def receiving(monkeypatch):
    """Has the settings name these receivers."""

    def known(people=(), monitors=(), notes=()):
        found = Receivers(tuple(people), tuple(monitors), tuple(notes))
        monkeypatch.setattr(sending, "read_receivers", lambda settings: found)
        monkeypatch.setattr(trial, "read_receivers", lambda settings, limits: found)

    return known


@pytest.mark.parametrize(
    ("refusals", "took", "troubles"),
    [
        ((), False, []),
        (("",), True, []),
        (("no answer",), False, ["no answer"]),
        (("no answer", "", "gone"), True, ["no answer", "gone"]),
    ],
)
def test_a_receiver_that_refuses_does_not_keep_the_message_from_the_next(caplog, refusals, took, troubles):
    receivers = [Receiver(refusal=refusal) for refusal in refusals]
    with caplog.at_level(logging.INFO):
        assert send_to(receivers, MESSAGE, logging.getLogger("test")) == (took, troubles)
    assert [bool(one.got) for one in receivers] == [not refusal for refusal in refusals]
    assert len(caplog.records) == len(refusals)


def test_notes_and_failures_of_people_and_monitors_are_all_in_the_report(tmp_path, receiving):
    people, monitor = Receiver(refusal="Discord: gone"), Receiver("Uptime Kuma")
    receiving([people], [monitor], [NO_ADDRESS])
    sent = send_messages(make_job(Mode.NORMAL, tmp_path), STARTED)
    assert sent == Sent(False, True, (NO_ADDRESS, "Discord: gone"))
    assert monitor.got[0].is_good


def test_a_triggered_run_that_made_nothing_is_pushed_and_sent_to_nobody(tmp_path, receiving):
    person, monitor = Receiver(), Receiver("Uptime Kuma")
    receiving([person], [monitor])
    assert send_messages(make_job(Mode.ARR, tmp_path), STARTED) == Sent(False, True, ())
    assert (len(person.got), len(monitor.got)) == (0, 1)
    assert send_messages(make_job(Mode.ARR, tmp_path, errors=1), STARTED).notification


@pytest.mark.parametrize("mode", QUIET)
def test_a_mode_that_only_looks_sends_nothing_whether_it_succeeds_or_not(tmp_path, receiving, mode):
    person = Receiver()
    receiving([person], [person])
    job = make_job(mode, tmp_path)
    assert send_messages(job, STARTED) == Sent()
    send_failure(job.settings, mode, "No folder is set.", STARTED, job.log)
    assert person.got == []


def test_a_run_that_failed_is_sent_to_people_and_monitors(tmp_path, receiving):
    person, monitor = Receiver(), Receiver("Uptime Kuma")
    receiving([person], [monitor])
    job = make_job(Mode.NORMAL, tmp_path)
    # The program measures its time without a zone.
    send_failure(job.settings, Mode.NORMAL, "No folder is set.", datetime.now(), job.log)
    assert [one.got[0].is_good for one in (person, monitor)] == [False, False]


@pytest.mark.parametrize(
    ("switch", "refusal", "sent", "detail"),
    [
        ("true", "", True, "sent"),
        ("false", "", True, "sent, but runs send nothing: SendNotification is false"),
        ("true", "Discord: gone", False, "Discord: gone"),
        ("false", "Discord: gone", False, "Discord: gone"),
    ],
)
def test_a_trial_says_what_became_of_the_message_and_whether_runs_send_any(switch, refusal, sent, detail):
    receiver = Receiver(refusal=refusal)
    found = tried(receiver, "SendNotification", make_settings(SendNotification=switch))
    assert (found.receiver, found.sent, found.detail) == ("Discord", sent, detail)


def test_without_any_address_the_trial_says_what_to_set():
    (only,) = json.loads(trials_document(send_trials(make_settings(Discord="", AppriseUrl=""))))["results"]
    assert only == {"receiver": "", "sent": False, "detail": NOTHING}


def test_only_the_addresses_that_are_given_are_tried(receiving):
    saved = make_settings(Discord="https://saved", UptimeKumaUrl="http://saved", DiscordUserName="Me")
    found = with_tried(saved, '{"AppriseUrl": "tgram://1/2"}')
    values = [found.text("Notification", key) for key in ("Discord", "AppriseUrl", "UptimeKumaUrl")]
    assert values == ["", "tgram://1/2", ""]
    assert found.text("Notification", "DiscordUserName") == "Me"
    assert saved.text("Notification", "Discord") == "https://saved"


@pytest.mark.parametrize("text", ["", "[", "[]", "null", '"Discord"', "[" * 100_000])
def test_addresses_that_are_no_object_are_refused_by_the_name_of_the_variable(text):
    with pytest.raises(BadEnvironment, match="MESSAGE_SETTINGS"):
        with_tried(make_settings(), text)
