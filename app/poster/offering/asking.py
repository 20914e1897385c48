"""Asks all providers at once for the pictures of one asset."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeVar

from app.poster.offering.query import OfferQuery
from app.poster.providers.provider import Provider
from app.poster.providers.title_search import TitleSearch
from app.poster.records.candidate import Candidate, ProviderAnswer, ProviderName, Question
from app.poster.records.wanted import WantedAsset
from app.poster.web.trouble import Trouble, WebTrouble

Result = TypeVar("Result")
SLOW = "no answer in time"


@dataclass(frozen=True)
class Offer:
    """A picture, and the title that it belongs to."""

    candidate: Candidate
    wanted: WantedAsset


@dataclass
class Offers:
    """All that was offered, by provider in its own order, and why a provider gave nothing.

    `by_title` says that the title was searched, because no id was known or none led to a picture.
    """

    by_title: bool = False
    offers: list[Offer] = field(default_factory=list)
    failed: dict[ProviderName, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Everyone:
    """All providers with a key, asked until the deadline, a moment of `time.monotonic`."""

    providers: Mapping[ProviderName, Provider]
    search: TitleSearch
    deadline: float

    def offers(self, query: OfferQuery) -> Offers:
        """What they offer; threads that still wait for a provider at the deadline are left alone.

        Without ids, and where no provider has a picture under those, the title is searched.
        """
        threads = ThreadPoolExecutor(max_workers=16)
        found = self._asked(query.by_ids(), threads) if query.known_ids else Offers()
        title, year = query.searched
        is_enough = (found.offers or found.failed) and not query.also_by_title
        if is_enough or not title:
            return found
        try:
            titles = self._in_time(threads.submit(self.search.find, title, year, query.item_medium))
        except WebTrouble as trouble:
            return Offers(True, found.offers, dict.fromkeys(self.providers, str(trouble)))
        titled = self._asked([wanted for one in titles for wanted in query.by_title(one)], threads)
        return Offers(True, titled.offers + found.offers, found.failed | titled.failed)

    def _asked(self, wanted: Sequence[WantedAsset], threads: ThreadPoolExecutor) -> Offers:
        questions = [(name, one) for one in wanted for name in self.providers]
        answers = [
            threads.submit(self.providers[name].ask, one, Question(name, one.kind)) for name, one in questions
        ]
        found = Offers()
        for (name, one), future in zip(questions, answers, strict=True):
            try:
                add_answer(found, one, self._in_time(future))
            except WebTrouble as trouble:
                found.failed[name] = str(trouble)
        return found

    def _in_time(self, future: Future[Result]) -> Result:
        """The result; WebTrouble where there is none at the deadline, or it is that."""
        try:
            return future.result(max(0.0, self.deadline - monotonic()))
        except TimeoutError:
            raise WebTrouble(Trouble.UNREACHABLE, SLOW) from None


def add_answer(found: Offers, wanted: WantedAsset, answer: ProviderAnswer) -> None:
    if answer.trouble:
        found.failed[answer.question.provider] = answer.trouble
    found.offers += [Offer(candidate, wanted) for candidate in answer.candidates]
