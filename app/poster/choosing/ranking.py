"""Which of the pictures that serve alike is the better one, and which are too small."""

from dataclasses import dataclass

from app.poster.kinds import Kind
from app.poster.records.candidate import Candidate, ProviderName

LOGOS = frozenset({Kind.LOGO, Kind.CLEAR_ART})
MEASURED = frozenset({ProviderName.TMDB, ProviderName.TVDB})
VOTE_AVERAGE, VOTE_COUNT, PRIMARY = SORTINGS = ("vote_average", "vote_count", "primary")


@dataclass(frozen=True, slots=True)
class Ranking:
    """The size filter, the order of votes, and the preferred region.

    `minimum` is width and height in pixels, (0, 0) where nothing is filtered; only pictures of TMDB and TVDB
    whose size is known are measured, of stills only those of TMDB. `region` counts for pictures in
    `language`, for those in any where that is "".
    """

    minimum: tuple[int, int] = (0, 0)
    sorting: str = VOTE_AVERAGE
    language: str = ""
    region: str = ""

    def admits(self, candidate: Candidate) -> bool:
        """Whether the picture is large enough; a logo always is."""
        if (
            candidate.kind in LOGOS
            or candidate.provider not in MEASURED
            or not (candidate.width and candidate.height)
        ):
            return True
        if candidate.kind is Kind.TITLE_CARD and candidate.provider is not ProviderName.TMDB:
            return True
        return candidate.width >= self.minimum[0] and candidate.height >= self.minimum[1]

    def key(self, candidate: Candidate) -> tuple:
        """Sorts pictures that one look takes, the best first: by region, then as the provider rates them."""
        return (self.region_place(candidate), *self.rating(candidate), candidate.rank, candidate.address)

    def region_place(self, candidate: Candidate) -> int:
        """0 for the preferred region, 1 for none, 2 for another."""
        if not (candidate.region and candidate.language):
            return 1
        in_language = self.language in ("", candidate.language)
        return 0 if in_language and candidate.region == self.region else 2

    def rating(self, candidate: Candidate) -> tuple[float, ...]:
        if candidate.provider is ProviderName.FANART:
            return (-candidate.likes, 0)
        if candidate.provider is not ProviderName.TMDB:
            return (-candidate.votes, 0)
        if self.sorting == PRIMARY:
            return (0, 0)
        both = (-candidate.votes, -candidate.vote_count)
        return both if self.sorting == VOTE_AVERAGE else both[::-1]
