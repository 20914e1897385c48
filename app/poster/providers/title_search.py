"""Films and shows by their title, for a person who looks for pictures of one."""

from dataclasses import dataclass

from msgspec import Raw, Struct

from app.poster.providers.ids import comparable_title
from app.poster.providers.online import readable, unless_missing
from app.poster.providers.tvdb_calls import TvdbCalls
from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.web.session import WebSession
from app.poster.web.trouble import WebTrouble

MOST_TITLES = 3
# At TMDB: the path, the parameter of the year, and at TVDB the type.
WORDS = {
    Medium.FILM: ("movie", "primary_release_year", "movie"),
    Medium.SHOW: ("tv", "first_air_date_year", "series"),
    Medium.COLLECTION: ("collection", "", ""),
}


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A film, show or collection with its id at the provider that found it; `year` is None where unknown."""

    title: str
    year: int | None
    id: ProviderId


class TmdbHit(Struct):
    id: int
    title: str | None = None
    name: str | None = None
    original_title: str | None = None
    original_name: str | None = None
    release_date: str | None = None
    first_air_date: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.title, self.name, self.original_title, self.original_name)))


class TmdbHits(Struct):
    results: list[Raw] | None = None


class TvdbHit(Struct):
    tvdb_id: str
    name: str | None = None
    year: str | None = None


class TitleSearch:
    """Asks TMDB, then TVDB, where there is a key for them."""

    def __init__(self, tmdb: WebSession | None, tvdb: TvdbCalls | None):
        self._tmdb = tmdb
        self._tvdb = tvdb

    def find(self, title: str, year: int | None, medium: Medium) -> list[FoundTitle]:
        """At most three: those of exactly that title, else the likeliest; WebTrouble where none can be asked.

        TVDB is asked where TMDB has no such title or gives no answer.
        """
        trouble = None
        for look in (self._at_tmdb, self._at_tvdb):
            try:
                if found := look(title, year, medium):
                    return found[:MOST_TITLES]
            except WebTrouble as error:
                trouble = trouble or error
        if trouble:
            raise trouble
        return []

    def _at_tmdb(self, title: str, year: int | None, medium: Medium) -> list[FoundTitle]:
        if not self._tmdb:
            return []
        path, of_year, _ = WORDS[medium]
        wanted = {"query": title, "include_adult": "false"}
        narrowed = {**wanted, of_year: str(year)} if year and of_year else wanted
        hits = self._tmdb_hits(path, narrowed)
        if not hits and narrowed is not wanted:
            hits = self._tmdb_hits(path, wanted)
        exact = [hit for hit in hits if comparable_title(title) in map(comparable_title, hit.names)]
        return [
            FoundTitle(
                next(iter(hit.names), title),
                year_of(hit.release_date or hit.first_air_date),
                ProviderId(Authority.TMDB, medium, str(hit.id)),
            )
            for hit in exact or hits
        ]

    def _tmdb_hits(self, path: str, params: dict[str, str]) -> list[TmdbHit]:
        return list(readable(self._tmdb.record(f"/3/search/{path}", TmdbHits, params).results, TmdbHit))

    def _at_tvdb(self, title: str, year: int | None, medium: Medium) -> list[FoundTitle]:
        if not self._tvdb or medium is Medium.COLLECTION:
            return []
        params = {"query": title, "type": WORDS[medium][2], "limit": "10"}
        params |= {"year": str(year)} if year else {}
        listed = unless_missing(lambda: self._tvdb.data("/search", list[Raw], params), None)
        hits = list(readable(listed, TvdbHit))
        exact = [hit for hit in hits if comparable_title(hit.name or "") == comparable_title(title)]
        return [
            FoundTitle(hit.name or title, year_of(hit.year), ProviderId(Authority.TVDB, medium, hit.tvdb_id))
            for hit in exact or hits
        ]


def year_of(date: str | None) -> int | None:
    """The year that a date begins with."""
    head = (date or "")[:4]
    return int(head) if head.isascii() and head.isdigit() else None
