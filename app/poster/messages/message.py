"""A message about a run, before any service's own form."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum


class Color(IntEnum):
    """The color beside a card, as 0xRRGGBB: errors, something to look at, good, a test."""

    RED = 16711680
    ORANGE = 15120384
    GREEN = 5763719
    PURPLE = 8388736


@dataclass(frozen=True, slots=True)
class Card:
    """One block of a message.

    `facts` are names with values. `link` is a public web page, `picture` a JPEG; both may be empty.
    """

    title: str
    text: str = ""
    color: Color = Color.GREEN
    facts: tuple[tuple[str, str], ...] = ()
    link: str = ""
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: `is_good` is False where a monitor should raise an alarm, `moment` is aware."""

    cards: tuple[Card, ...]
    is_good: bool = True
    seconds: float = 0.0
    moment: datetime = datetime.min.replace(tzinfo=UTC)

    @property
    def plain(self) -> str:
        """The cards as lines of text, for services without a form of their own."""
        return "\n\n".join(map(card_lines, self.cards))

    @property
    def first_line(self) -> str:
        card = self.cards[0]
        return " ".join(filter(None, (card.title, card.text))).replace("\n", " ")


class MessageTrouble(Exception):
    """A message that could not be sent; the text is one sentence without the address, which is a secret."""


def card_lines(card: Card) -> str:
    facts = (f"{name}: {value}" for name, value in card.facts)
    return "\n".join(filter(None, (card.title, card.text, *facts, card.link)))
