"""Which of an asset's candidates an address shows: filters that do not hide each other, order and page."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from app.core.replacing.candidate_list import TEXT_UNKNOWN, TEXTLESS_PICTURE, WITH_TEXT, ListedCandidate
from app.ui.library_query import is_text, one_of_choices
from app.ui.page_numbers import wanted_page

# Beside the fields of the library in the address of a picture.
PREFIX = "candidate_"
CANDIDATES_A_PAGE = 60
TEXTS = (TEXTLESS_PICTURE, WITH_TEXT, TEXT_UNKNOWN)
BY_SIZE = {"large": 2500, "medium": 1400, "small": 0}
UNKNOWN_SIZE = "unknown"
CANDIDATE_ORDERS = ("best", "largest", "liked")
FACETS = ("text", "language", "provider", "size", "kind")
ALL = "all"


@dataclass(frozen=True)
class FacetChoice:
    """A value of a filter, how many candidates it would show, and whether it is chosen."""

    value: str
    count: int
    is_set: bool


@dataclass(frozen=True)
class CandidateQuery:
    """The part of an address that is about candidates; `title` and `medium` are of a search by hand."""

    filters: Mapping[str, str]
    order: str = CANDIDATE_ORDERS[0]
    page: int = 1
    title: str = ""
    medium: str = ""

    def address(self, **changes: str | int | None) -> dict[str, str | int]:
        """The fields of an address with changes, on its first page; None removes one."""
        usual = {"order": CANDIDATE_ORDERS[0], "page": 1, "title": "", "medium": ""}
        present = {"order": self.order, "title": self.title, "medium": self.medium, **self.filters, **changes}
        kept = {name: value for name, value in present.items() if value and usual.get(name) != value}
        # What was remembered would come back where the address names no filter.
        is_all = not any(name in kept for name in (*FACETS, "order"))
        return {
            f"{PREFIX}{name}": value for name, value in {**kept, **({"show": ALL} if is_all else {})}.items()
        }

    def toggled(self, name: str, value: str) -> dict[str, str | int]:
        """The fields of the address with that filter, or without it where it is set."""
        return self.address(**{name: None if self.filters.get(name) == value else value})

    def remembered(self) -> str:
        """What a cookie keeps of it: filters and order."""
        order = {} if self.order == CANDIDATE_ORDERS[0] else {"order": self.order}
        return urlencode({**self.filters, **order})

    def shown(self, candidates: Iterable[ListedCandidate]) -> list[ListedCandidate]:
        """The candidates that pass all filters, in the order that is asked for."""
        found = [each for each in candidates if self.passes(each)]
        keys = {"largest": lambda each: -each.pixels, "liked": lambda each: -each.liking}
        return sorted(found, key=keys[self.order]) if self.order in keys else found

    def passes(self, candidate: ListedCandidate, without: str = "") -> bool:
        return all(
            self.takes(name, value, candidate) for name, value in self.filters.items() if name != without
        )

    def takes(self, name: str, value: str, candidate: ListedCandidate) -> bool:
        """Whether a filter lets it through; that of a language lets textless ones through, too."""
        if name == "language" and candidate.text == TEXTLESS_PICTURE:
            return True
        return facet_value(name, candidate) == value

    def choices(self, candidates: Sequence[ListedCandidate]) -> dict[str, list[FacetChoice]]:
        """By filter its values, each with the number of those that have it and pass the other filters."""
        found: dict[str, list[FacetChoice]] = {}
        for name in FACETS:
            counts = Counter(facet_value(name, each) for each in candidates if self.passes(each, name))
            known = {facet_value(name, each): None for each in candidates} | dict.fromkeys(
                filter(None, [self.filters.get(name)])
            )
            values = sorted(filter(None, known), key=lambda value: (-counts[value], value))
            found[name] = [
                FacetChoice(value, counts[value], self.filters.get(name) == value) for value in values
            ]
        return {name: choices for name, choices in found.items() if len(choices) > 1 or name in self.filters}


def facet_value(name: str, candidate: ListedCandidate) -> str:
    """The value of a filter that a candidate has, "" for a language where it has no text or none is known."""
    if name == "size":
        return size_word(candidate)
    if name == "language" and candidate.text == TEXTLESS_PICTURE:
        return ""
    return getattr(candidate, name)


def size_word(candidate: ListedCandidate) -> str:
    """By the longer side, so that wide pictures count like upright ones."""
    longest = max(candidate.width, candidate.height)
    if not longest:
        return UNKNOWN_SIZE
    return next(word for word, least in BY_SIZE.items() if longest >= least)


def candidate_cookie(kind: str) -> str:
    return f"candidates_{kind}"


def candidate_query(fields: Mapping[str, str], cookies: Mapping[str, str], kind: str) -> CandidateQuery:
    """Read an address; where it names neither filter nor order, those that were last chosen for the kind."""
    own = {
        name.removeprefix(PREFIX): value
        for name, value in fields.items()
        if name.startswith(PREFIX) and is_text(value)
    }
    if not any(name in own for name in (*FACETS, "order", "show")):
        own |= dict(parse_qsl(cookies.get(candidate_cookie(kind), "")[:500]))
    return CandidateQuery(
        filters={name: own[name] for name in FACETS if own.get(name) and is_text(own[name])},
        order=one_of_choices(CANDIDATE_ORDERS, own.get("order"), CANDIDATE_ORDERS[0]),
        page=wanted_page(own.get("page")),
        title=own.get("title", "").strip(),
        medium=one_of_choices(("movie", "tv"), own.get("medium"), ""),
    )
