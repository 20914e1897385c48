"""An item as a sender names it, and whether what a media server has is that item."""

import re
import unicodedata
from dataclasses import dataclass, field

from app.core.senders.event import Event

DIGITS = re.compile(r"[0-9]{1,9}")
# Sonarr adds this to distinguish series of one name; a media server may have the name alone.
DISTINCTION = re.compile(r"\s*\([^()]*\)$")


@dataclass(frozen=True)
class Wanted:
    """The item of a look-up: a film, a series, or some of its episodes."""

    is_film: bool
    title: str
    year: int | None
    ids: dict[str, str] = field(default_factory=dict)
    season: int | None = None
    episodes: tuple[int, ...] = ()

    @classmethod
    def of(cls, event: Event) -> "Wanted":
        is_film = any(key.startswith("arr_movie") for key, _ in event.fields)
        return cls(is_film, event.title, event.year, event.ids, event.season, event.episodes)

    @property
    def name(self) -> str:
        """The search term: the part of the title that every source has."""
        return DISTINCTION.sub("", self.title) or self.title

    def is_meant(self, title: str, year: int | None, ids: dict[str, str]) -> bool:
        """Ids decide where both sides know one of a kind, else title and year."""
        shared = [kind for kind in self.ids if kind in ids]
        if shared:
            return any(same_id(self.ids[kind], ids[kind]) for kind in shared)
        # Sources differ by a year where a premiere was late.
        fits = self.year is None or year is None or abs(self.year - year) <= 1
        return fits and bare_title(title) == bare_title(self.title)


def same_id(one: str, other: str) -> bool:
    return one.lower().removeprefix("tt").lstrip("0") == other.lower().removeprefix("tt").lstrip("0")


def bare_title(title: str) -> str:
    """The alphanumeric characters of the title, in one case, without accents."""
    parts = unicodedata.normalize("NFKD", title).casefold()
    return "".join(filter(str.isalnum, parts)) or parts


def number_or_none(text: str | int | None) -> int | None:
    return int(text) if DIGITS.fullmatch(str(text)) else None
