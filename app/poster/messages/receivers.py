"""Who gets the messages of a run, by the settings of the section Notification."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from app.poster.messages.apprise_library import Apprise
from app.poster.messages.discord import Discord
from app.poster.messages.message import Message
from app.poster.messages.uptime_kuma import UptimeKuma
from app.poster.settings import Settings
from app.poster.web.endpoint import Limits

SECTION = "Notification"
AFTER_A_RUN = Limits(connect=5, read=15, whole=45)
NEXT_ADDRESS = re.compile(r"[\s,;]+(?=[A-Za-z][A-Za-z0-9+.-]*://)")
# What stands in the examples that come with Posterizarr.
EXAMPLES = ("{WebhookID}", "{WebhookToken}", "PleaseFillMe", "://uptime-kuma.domain.com/")
NO_ADDRESS = (
    "SendNotification is true, but neither Discord nor AppriseUrl has an address of yours: no message is "
    "sent; set one of them, or set SendNotification to false"
)
NO_MONITOR = (
    "UseUptimeKuma is true, but UptimeKumaUrl is not your own push address: nothing is pushed; set it, or "
    "set UseUptimeKuma to false"
)


class MessageReceiver(Protocol):
    """One service with one address."""

    name: str

    def send(self, message: Message) -> None:
        """Send the message; MessageTrouble with one sentence where that fails."""


@dataclass(frozen=True)
class Receivers:
    """Those that get messages for people, those that are monitors, and what is wrong with the settings."""

    people: tuple[MessageReceiver, ...] = ()
    monitors: tuple[MessageReceiver, ...] = ()
    notes: tuple[str, ...] = ()


def read_receivers(settings: Settings, limits: Limits = AFTER_A_RUN) -> Receivers:
    """The receivers that the settings switch on; an untouched example of an address is no address."""
    notes = []
    people: tuple[MessageReceiver, ...] = ()
    monitors: tuple[MessageReceiver, ...] = ()
    if settings.flag(SECTION, "SendNotification"):
        people = tuple(people_of(settings, limits))
        notes += [] if people else [NO_ADDRESS]
    if settings.flag(SECTION, "UseUptimeKuma"):
        address = own_address(settings, "UptimeKumaUrl")
        monitors = (UptimeKuma(address, limits),) if is_web(address) else ()
        notes += [] if monitors else [NO_MONITOR]
    return Receivers(people, monitors, tuple(notes))


def people_of(settings: Settings, limits: Limits) -> Iterator[MessageReceiver]:
    """AppriseUrl, which may hold several addresses; without one the webhook of Discord."""
    user = settings.text(SECTION, "DiscordUserName")
    addresses = own_address(settings, "AppriseUrl") or own_address(settings, "Discord")
    for address in NEXT_ADDRESS.split(addresses):
        if "discord" in address.lower():
            yield Discord(address, user, limits)
        elif address:
            yield Apprise(address, limits.whole)


def own_address(settings: Settings, key: str) -> str:
    """The address of that setting, "" where it is empty or still the example."""
    address = settings.text(SECTION, key).strip()
    return "" if any(mark in address for mark in EXAMPLES) else address


def is_web(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))
