"""The order in which pictures are looked for: which provider is asked, and which of its pictures serve."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from app.poster.choosing.ranking import Ranking
from app.poster.records.candidate import Candidate, Lettered, ProviderAnswer, Question


class Serves(Enum):
    """Which pictures of an answer a look takes."""

    ANY = "any picture"
    TEXTLESS = "textless pictures"
    LANGUAGE = "pictures in one language"
    NO_LANGUAGE = "pictures without a language"


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one answer.

    `language` and `region` count for LANGUAGE only; region None takes all regions, "" those without one.
    """

    question: Question
    serves: Serves = Serves.ANY
    language: str = ""
    region: str | None = None

    def takes(self, candidate: Candidate) -> bool:
        """Whether the candidate is of the sort that this look is for, whatever its size."""
        if self.serves is Serves.TEXTLESS:
            return candidate.lettered is Lettered.TEXTLESS
        if self.serves is Serves.LANGUAGE:
            return candidate.language == self.language and self.region in (None, candidate.region)
        if self.serves is Serves.NO_LANGUAGE:
            return not candidate.language and candidate.lettered is not Lettered.TEXTLESS
        return True

    def __str__(self) -> str:
        if self.serves is Serves.LANGUAGE:
            return f"pictures in {self.language}{f'-{self.region}' if self.region else ''}"
        return self.serves.value


@dataclass(frozen=True, slots=True)
class Found:
    """The picture that serves, the look that found it, and that look's place in the search."""

    candidate: Candidate
    look: Look
    place: int


def by_question(answers: Sequence[ProviderAnswer]) -> dict[Question, ProviderAnswer]:
    return {answer.question: answer for answer in answers}


def search_steps(
    looks: Sequence[Look],
    ranking: Ranking,
    known: Mapping[Question, ProviderAnswer],
    rejected: Mapping[str, str],
) -> Iterator[Question | Found]:
    """Each question that is not answered yet, where the search first needs it, and each picture that serves.

    The first picture is the choice; questions before it have to be asked first, those after it need not be.
    """
    for place, look in enumerate(looks):
        answer = known.get(look.question)
        if answer is None:
            yield look.question
            continue
        serving = [one for one in answer.candidates if look.takes(one) and ranking.admits(one)]
        usable = [one for one in serving if one.address not in rejected]
        if usable:
            yield Found(min(usable, key=ranking.key), look, place)
