"""Pictures that providers offer, and what is asked of a provider."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from app.poster.kinds import Kind
from app.poster.records.ids import ProviderId


class ProviderName(Enum):
    """Who offers a picture; decided by the code that asked, never by an address."""

    MANUAL = "Manual"
    TEMPLATE = "Template"
    TMDB = "TMDB"
    TVDB = "TVDB"
    FANART = "Fanart"
    SERVER = "Server"
    BESIDE = "Folder"
    TYPOGRAPHIC = "Typographic"


class Lettered(Enum):
    """Whether a picture shows a title."""

    TEXTLESS = "textless"
    WITH_TEXT = "with text"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One picture that a provider lists.

    `kind` is what the picture depicts; it differs from the wanted kind where a show's poster serves a season
    or a background serves a title card. `address` is what `Provider.fetch` takes, without a key; it and
    `validator` stand for the bytes in the fingerprint, so either changes when the picture does. `language` is
    ISO 639-1 ("fr"), "" for none; `region` is ISO 3166-1 ("CA") or "". `rank` counts from 0 in the provider's
    own order. Sizes are pixels, 0 where unknown; `likes`, `votes` and `vote_count` are 0 where unknown.
    """

    provider: ProviderName
    kind: Kind
    address: str
    lettered: Lettered = Lettered.UNKNOWN
    language: str = ""
    region: str = ""
    width: int = 0
    height: int = 0
    votes: float = 0.0
    vote_count: int = 0
    likes: int = 0
    rank: int = 0
    validator: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Ask this provider for pictures of this kind that may serve a wanted asset."""

    provider: ProviderName
    kind: Kind


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    """All that one provider lists for one question; an answer without candidates is an answer too.

    `trouble` is one sentence without secrets where the provider could not be asked or answered wrongly, else
    "". `is_final` is False where asking again in a later run may help. `page` is the provider's web page of
    this list ("" where it has none), `ids` are those found for the item, `stale` those that the provider does
    not know any more.
    """

    question: Question
    candidates: tuple[Candidate, ...] = ()
    trouble: str = ""
    is_final: bool = True
    page: str = ""
    ids: tuple[ProviderId, ...] = ()
    stale: tuple[ProviderId, ...] = ()


@dataclass(frozen=True, slots=True)
class Typography:
    """A poster that is drawn from words alone; it stands where a picture's bytes would.

    `second` is the small line: a film's year, a season's name, an episode's numbers. `family` is the title of
    the film or show, which chooses the colours; blank means `title`. `figure` is a number to be set large.
    `language` is that of the words, "" where unknown.
    """

    title: str
    second: str = ""
    family: str = ""
    figure: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class FetchedPicture:
    """What a candidate's picture is made of: bytes, a local file, or words.

    Bytes were checked for status, type, length and signature; whether they decode and show something is
    found out where they are drawn.
    """

    content: bytes | Path | Typography
    validator: str = ""


class CandidateRefused(ValueError):
    """A candidate whose picture cannot be used; its text is one sentence for the record, without secrets.

    `is_lasting` is False where the picture could only not be had this time.
    """

    def __init__(self, sentence: str, is_lasting: bool = True):
        super().__init__(sentence)
        self.is_lasting = is_lasting
