"""What every provider of pictures offers to the run."""

from typing import Protocol

from app.poster.records.candidate import Candidate, FetchedPicture, ProviderAnswer, ProviderName, Question
from app.poster.records.wanted import WantedAsset


class Provider(Protocol):
    """One place that may have pictures; calls come from several threads at once."""

    name: ProviderName

    def check(self) -> str:
        """One sentence that says what to set where the provider refuses the key, else ""."""

    def ask(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        """All pictures of `question.kind` that the provider lists for the asset, unfiltered and in its order.

        Never raises for what a network or a server does: it is the answer's `trouble`.
        """

    def fetch(self, candidate: Candidate) -> FetchedPicture:
        """The picture of one of its candidates; CandidateRefused with one sentence where it is of no use."""

    def close(self) -> None:
        """Give back connections."""
