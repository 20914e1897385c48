"""The logo that the user's settings and the providers give for one film or show."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.poster.choosing.rules import RuleBook
from app.poster.modes.job import Job
from app.poster.pipeline.engine import usable
from app.poster.pipeline.making import rejection_of
from app.poster.pipeline.planned import reasons_by_address
from app.poster.pipeline.search import search
from app.poster.providers.own import own_providers
from app.poster.providers.provider import Provider
from app.poster.providers.table import open_online
from app.poster.records.candidate import Candidate, CandidateRefused, ProviderName
from app.poster.records.decision import Decision
from app.poster.records.journal_entry import Rejection
from app.poster.records.wanted import WantedAsset
from app.poster.sources.source import Source
from app.poster.web.picture_check import require_picture


@dataclass(frozen=True)
class LogoSearch:
    """Asks the providers for logos; calls come from several threads."""

    providers: Mapping[ProviderName, Provider]
    rule_book: RuleBook

    def decide(self, wanted: WantedAsset, rejected: Sequence[Rejection] = ()) -> Decision:
        """The decision for the logo of an item; rejected candidates are passed over."""
        rules = self.rule_book.logo_rules(wanted)
        return search(self.providers, wanted, rules, reasons_by_address(rejected))

    def fetched(
        self, wanted: WantedAsset, decision: Decision, rejected: Sequence[Rejection] = ()
    ) -> tuple[Decision, bytes, tuple[Rejection, ...]]:
        """The bytes of the chosen logo, of the next one where it is of no use; b"" where none is left.

        The decision and the rejections are those after that.
        """
        rejected = tuple(rejected)
        while decision.chosen:
            try:
                return decision, self._content(decision.chosen), rejected
            except CandidateRefused as error:
                rejected += (rejection_of(decision, error),)
                decision = self.decide(wanted, rejected)
        return decision, b"", rejected

    def _content(self, candidate: Candidate) -> bytes:
        content = self.providers[candidate.provider].fetch(candidate).content
        if isinstance(content, Path):
            content = file_content(content)
        return content


def file_content(path: Path) -> bytes:
    """The picture in a file of the user's; CandidateRefused where it is none."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CandidateRefused(f"the file cannot be read: {error.strerror}", is_lasting=False) from error
    require_picture(content, "a file")
    return content


@contextmanager
def open_search(job: Job, source: Source) -> Iterator[LogoSearch]:
    """The search for the block; HandledExit where the favourite provider refuses its key."""
    settings, environment = job.settings, job.environment
    with ExitStack() as opened:
        with_keys = open_online(settings, environment, job.folders.engine / "cache")
        for provider in with_keys.values():
            opened.enter_context(closing(provider))
        online = usable(job, with_keys)
        book = RuleBook(settings, environment, frozenset(online), has_keys=bool(with_keys))
        yield LogoSearch({**online, **own_providers(source, job.folders, settings)}, book)
        job.note(book.notes)
