"""A test message to every receiver, so that its address can be tried before a run needs it."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from app.poster.messages.message import Card, Color, Message, MessageTrouble
from app.poster.messages.receivers import SECTION, MessageReceiver, read_receivers
from app.poster.records.own_settings import BadEnvironment
from app.poster.settings import Settings
from app.poster.web.endpoint import Limits

ADDRESSES = ("AppriseUrl", "Discord", "UptimeKumaUrl")
PEOPLE, MONITOR = "SendNotification", "UseUptimeKuma"
WHILE_A_PERSON_WAITS = Limits(connect=4, read=6, whole=8)
TEXT = "This is a test. Messages about runs will arrive here."
NOTHING = "neither Discord, AppriseUrl nor UptimeKumaUrl holds an address of yours: set one in the settings"


@dataclass(frozen=True, slots=True)
class Trial:
    """One receiver by name, whether it took the message, and a sentence about that."""

    receiver: str
    sent: bool
    detail: str


def with_tried(settings: Settings, text: str) -> Settings:
    """The settings with those of a JSON object as their only addresses; BadEnvironment where it is none."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise BadEnvironment("MESSAGE_SETTINGS is no JSON object of settings of the section Notification")
    return settings.over({SECTION: dict.fromkeys(ADDRESSES, "") | given})


def send_trials(settings: Settings) -> list[Trial]:
    """Send a test message to every address of the settings, also where its switch is off."""
    switched_on = settings.over({SECTION: {PEOPLE: "true", MONITOR: "true"}})
    everyone = read_receivers(switched_on, WHILE_A_PERSON_WAITS)
    trials = [tried(receiver, PEOPLE, settings) for receiver in everyone.people]
    trials += [tried(receiver, MONITOR, settings) for receiver in everyone.monitors]
    return trials or [Trial("", False, NOTHING)]


def tried(receiver: MessageReceiver, switch: str, settings: Settings) -> Trial:
    card = Card("Posterizarr Server", TEXT, Color.PURPLE)
    try:
        receiver.send(Message((card,), moment=datetime.now(UTC)))
    except MessageTrouble as trouble:
        return Trial(receiver.name, False, str(trouble))
    is_off = not settings.flag(SECTION, switch)
    return Trial(receiver.name, True, f"sent, but runs send nothing: {switch} is false" if is_off else "sent")


def trials_document(trials: list[Trial]) -> str:
    """JSON: an object with `results`, a list of the trials."""
    return json.dumps({"results": [asdict(trial) for trial in trials]}, ensure_ascii=False)
