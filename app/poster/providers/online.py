"""What the online providers have in common: ids are tried in turn, and a trouble becomes an answer."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urljoin

import msgspec

from app.poster.kinds import Kind
from app.poster.records.candidate import (
    Candidate,
    CandidateRefused,
    FetchedPicture,
    ProviderAnswer,
    ProviderName,
    Question,
)
from app.poster.records.ids import ProviderId
from app.poster.records.wanted import WantedAsset
from app.poster.web.adapter import origin
from app.poster.web.cache import AnswerCache
from app.poster.web.session import WebSession
from app.poster.web.trouble import Trouble, WebTrouble

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class ImageSource:
    """Where a provider's pictures are: the host that its answers name, and the one that is asked for them."""

    named: str
    asked: str

    def canonical(self, address: str) -> str:
        """The address as the provider names it, whole; "" for one that is no address of the web."""
        try:
            whole = urljoin(f"{self.named}/", address.strip())
        except ValueError:
            return ""
        return whole if origin(whole) else ""

    def resolve(self, address: str) -> str:
        """The address to ask: that of the mirror where the provider's own host is named."""
        if origin(address) != origin(self.named):
            return address
        return self.asked + address[address.index("/", address.index("//") + 2) :]


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """What a provider knows under the first id that is alive; `data` and `key` are None where none is."""

    data: Any = None
    key: ProviderId | None = None
    stale: tuple[ProviderId, ...] = ()


class OnlineProvider:
    """The part of a provider that does not depend on whom it asks.

    A subclass gives `name`, `setting` (where its key stands) and `answer`. After a refused key nothing is
    asked any more in this run.
    """

    name: ProviderName
    setting: str

    def __init__(self, session: WebSession, images: ImageSource, cache: AnswerCache):
        self._session = session
        self._images = images
        self._cache = cache
        self._refusal = ""

    def answer(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        """The answer to a question; WebTrouble where the provider cannot be asked."""
        raise NotImplementedError

    def probe(self) -> None:
        """Ask for something small that needs the key; WebTrouble where it is refused."""
        raise NotImplementedError

    def check(self) -> str:
        """One sentence that says what to set where the key or the address is wrong, else ""."""
        try:
            self.probe()
        except WebTrouble as trouble:
            return self._advice(trouble)
        return ""

    def ask(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        """All pictures of `question.kind`, unfiltered; what goes wrong is the answer's trouble."""
        if self._refusal:
            return ProviderAnswer(question, trouble=self._refusal, is_final=False)
        try:
            return self.answer(wanted, question)
        except WebTrouble as trouble:
            if trouble.status == 401:
                self._refusal = self._advice(trouble)
            return ProviderAnswer(question, trouble=self._refusal or str(trouble), is_final=False)

    def fetch(self, candidate: Candidate) -> FetchedPicture:
        """The picture; CandidateRefused with one sentence where it is of no use or cannot be had."""
        try:
            return self._session.picture(self._images.resolve(candidate.address))
        except WebTrouble as trouble:
            raise CandidateRefused(str(trouble), is_lasting=trouble.is_final) from trouble

    def close(self) -> None:
        self._session.close()
        self._cache.close()

    def _advice(self, trouble: WebTrouble) -> str:
        name = self.name.value
        if trouble.trouble is Trouble.KEY_REFUSED:
            return f"{name} refuses its key ({trouble.status}): set {self.setting} of ApiPart in config.json"
        if trouble.trouble is Trouble.BROKEN:
            return f"{name} does not answer at its address: set {name.upper()}_URL, or unset it"
        return ""


class TitleCatalogue(OnlineProvider):
    """A provider that has pictures of films and shows as a whole, of seasons and of episodes."""

    def answer(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        if question.kind is Kind.SEASON:
            return self.of_season(wanted, question) if wanted.season else ProviderAnswer(question)
        if question.kind is Kind.TITLE_CARD:
            return self.of_episode(wanted, question) if wanted.episode else ProviderAnswer(question)
        return self.of_title(wanted, question)

    def of_title(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        """Pictures of the film, show or collection."""
        raise NotImplementedError

    def of_season(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        """Pictures of the wanted season."""
        raise NotImplementedError

    def of_episode(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        """Stills of the wanted episode."""
        raise NotImplementedError


def first_alive(ids: Iterable[ProviderId], load: Callable[[str], Any]) -> KnownEntry:
    """The entry of the first id that the provider knows; the dead ones before it are stale."""
    stale = []
    for one in ids:
        try:
            return KnownEntry(load(one.value), one, tuple(stale))
        except WebTrouble as trouble:
            if trouble.trouble is not Trouble.NOT_FOUND:
                raise
            stale.append(one)
    return KnownEntry(stale=tuple(stale))


def unless_missing(call: Callable[[], Shape], default: Shape) -> Shape:
    """What the call gives, or the default where there is no such entry."""
    try:
        return call()
    except WebTrouble as trouble:
        if trouble.trouble is not Trouble.NOT_FOUND:
            raise
        return default


def answer_of(question: Question, entry: KnownEntry, wanted: WantedAsset, **facts: Any) -> ProviderAnswer:
    """The answer with the id that was found, where the source did not give it."""
    found = (entry.key,) if entry.key and entry.key not in wanted.item.ids else ()
    return ProviderAnswer(question, ids=found, stale=entry.stale, **facts)


def readable(entries: Iterable[msgspec.Raw] | None, shape: type[Shape]) -> Iterator[Shape]:
    """Those entries of a list that have the shape; others are left out alone."""
    for entry in entries or ():
        try:
            yield msgspec.json.decode(entry, type=shape, strict=False)
        except msgspec.MsgspecError:
            continue
