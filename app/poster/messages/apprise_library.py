"""All other services, through the library Apprise where it is installed."""

import logging
import re
import threading
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from urllib.parse import unquote

from app.poster.messages.message import Message, MessageTrouble

MISSING = "Apprise is not installed, so AppriseUrl cannot be used: pip install 'posterizarr-server[apprise]'"
# Services that act on this machine instead of sending anything.
LOCAL = ("dbus", "qt", "kde", "glib", "gnome", "macosx", "windows", "syslog")
TITLE = "Posterizarr"
SHORTEST_PIECE = 6


class Apprise:
    """Sends messages to one address of the library."""

    name = "Apprise"

    def __init__(self, address: str, seconds: float):
        self._address = address.strip()
        self._seconds = seconds

    def send(self, message: Message) -> None:
        """Send the message as plain text with its first picture; MessageTrouble where that fails."""
        library = load_library()
        service = self._service(library)
        outcome: dict[str, object] = {}
        # The library limits each step only, so that a server which drips bytes could hold up a run.
        thread = threading.Thread(target=self._notify, args=(library, service, message, outcome), daemon=True)
        thread.start()
        thread.join(self._seconds)
        if thread.is_alive():
            raise MessageTrouble(f"Apprise: no answer within {self._seconds:.0f} seconds")
        if not outcome.get("sent"):
            raise MessageTrouble(f"Apprise: {self._without_pieces(str(outcome.get('why', '')))}")

    def _service(self, library: ModuleType) -> object:
        scheme = self._address.partition("://")[0].lower()
        service = library.Apprise()
        if scheme in LOCAL or not service.add(self._address):
            raise MessageTrouble(
                f"Apprise does not know the service {scheme[:20]}://, or parts of its address are missing; "
                "see https://github.com/caronc/apprise/wiki for how AppriseUrl is written"
            )
        return service

    def _notify(self, library: ModuleType, service, message: Message, outcome: dict) -> None:
        kind = library.NotifyType.SUCCESS if message.is_good else library.NotifyType.FAILURE
        with library.LogCapture(level=logging.WARNING, fmt="%(message)s") as lines:
            try:
                sent = service.notify(
                    title=TITLE, body=message.plain, notify_type=kind, attach=attachment(library, message)
                )
                outcome["sent"] = bool(sent)
            # What a service raises for an address that it accepted.
            except (TypeError, ValueError, OSError) as error:
                outcome["why"] = f"{type(error).__name__}"
            said = lines.getvalue().strip().splitlines()
        outcome.setdefault("why", said[-1] if said else "the service did not take the message")

    def _without_pieces(self, sentence: str) -> str:
        """The sentence without any part of the address."""
        pieces = {
            *re.split(r"[/:@?&=,]+", self._address),
            *re.split(r"[/:@?&=,]+", unquote(self._address)),
        }
        for piece in sorted(pieces, key=len, reverse=True):
            if len(piece) >= SHORTEST_PIECE:
                sentence = sentence.replace(piece, "***")
        return sentence


def load_library() -> ModuleType:
    """The library; MessageTrouble that says how to install it where it is not there."""
    if find_spec("apprise") is None:
        raise MessageTrouble(MISSING)
    library = import_module("apprise")
    # It has a logger of its own, whose lines may hold addresses.
    logging.getLogger("apprise").propagate = False
    return library


def attachment(library: ModuleType, message: Message):
    """The first picture as an attachment, None where no card has one."""
    picture = next((card.picture for card in message.cards if card.picture), b"")
    if not picture:
        return None
    memory = import_module("apprise.attachment.memory")
    return library.AppriseAttachment(
        [memory.AttachMemory(content=picture, name="picture.jpg", mimetype="image/jpeg")]
    )
