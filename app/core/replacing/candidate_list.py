"""All pictures that an asset could have: those of the last decision, and those that providers offer now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.core.replacing.offered_address import is_web_address
from app.core.replacing.provider_search import SHOWN_NAMES

TEXTLESS_PICTURE, WITH_TEXT, TEXT_UNKNOWN = "textless", "text", "unknown"
# The words of records.
LETTERED = {"textless": TEXTLESS_PICTURE, "with text": WITH_TEXT}
# The kinds whose asset may have a picture of the show, too.
OF_SHOW_KINDS = {"season": "poster"}


@dataclass(frozen=True)
class ListedCandidate:
    """One picture; `kind` is what it depicts, `why_not` the sentence of the record, "" where it has none.

    `provider` is "tmdb", "tvdb", "fanart", "server", "folder", "manual" or "template". Language and region
    are "" and numbers are 0 where unknown. `is_known` says that the last decision saw it.
    """

    provider: str
    kind: str
    address: str
    text: str = TEXT_UNKNOWN
    language: str = ""
    region: str = ""
    width: int = 0
    height: int = 0
    votes: float = 0.0
    likes: int = 0
    why_not: str = ""
    is_chosen: bool = False
    is_known: bool = False

    @property
    def is_takeable(self) -> bool:
        """Whether the server can fetch it for the asset."""
        return is_web_address(self.address)

    @property
    def pixels(self) -> int:
        return self.width * self.height

    @property
    def liking(self) -> float:
        """How much people like it, as far as its provider says so."""
        return self.votes or self.likes


def recorded_candidates(record: Mapping[str, Any] | None) -> list[ListedCandidate]:
    """The chosen picture of a decision record, and then those that were not chosen; logos are none."""
    decision = (record or {}).get("decision") or {}
    chosen = decision.get("chosen")
    first = [replace(listed_candidate(chosen), is_chosen=True)] if chosen else []
    others = [
        replace(listed_candidate(each["candidate"]), why_not=each.get("why_not", ""))
        for each in decision.get("considered") or []
    ]
    return [each for each in (*first, *others) if each.kind not in ("logo", "clear art")]


def listed_candidate(candidate: Mapping[str, Any]) -> ListedCandidate:
    """A candidate of a decision record; fields that an older record lacks are unknown."""
    known = {
        name: candidate.get(name) for name in ("language", "region", "width", "height", "votes", "likes")
    }
    return ListedCandidate(
        provider=str(candidate.get("provider", "")).lower(),
        kind=str(candidate.get("kind", "")),
        address=str(candidate.get("address", "")),
        text=LETTERED.get(candidate.get("lettered", ""), TEXT_UNKNOWN),
        is_known=True,
        **{name: value for name, value in known.items() if value},
    )


def offered_candidates(offers: Iterable[Mapping[str, Any]]) -> list[ListedCandidate]:
    """What the engine's search offers."""
    return [
        ListedCandidate(
            provider=offer["provider"],
            kind=offer["kind"],
            address=offer["address"],
            text=text_of_offer(offer),
            **{name: offer[name] for name in ("language", "region", "width", "height", "votes", "likes")},
        )
        for offer in offers
    ]


def text_of_offer(offer: Mapping[str, Any]) -> str:
    if offer["is_textless"]:
        return TEXTLESS_PICTURE
    return WITH_TEXT if offer["language"] else TEXT_UNKNOWN


def joined_candidates(
    recorded: Iterable[ListedCandidate], offered: Iterable[ListedCandidate]
) -> list[ListedCandidate]:
    """One list without doubles: the chosen one, then what is offered, then what only the record has."""
    known = {each.address: each for each in recorded}
    listed = {each.address: known.get(each.address, each) for each in offered}
    chosen = {address: each for address, each in known.items() if each.is_chosen}
    return list({**chosen, **listed, **known}.values())


def provider_name(provider: str) -> str:
    """The name of an online provider as it writes itself, "" for another source."""
    return SHOWN_NAMES.get(provider, "")
