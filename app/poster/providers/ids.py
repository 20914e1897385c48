"""Ids that a source does not give, from those who know them."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain

from msgspec import Raw, Struct

from app.poster.providers.online import readable, unless_missing
from app.poster.providers.tvdb_calls import TvdbCalls
from app.poster.records.ids import Authority, Medium, ProviderId, id_values
from app.poster.records.library import Item
from app.poster.web.session import WebSession
from app.poster.web.trouble import Trouble, WebTrouble

COLLECTION_WORDS = frozenset(
    (
        "collection",
        "the",
        "filmreihe",
        "reihe",
        "sammlung",
        "saga",
        "coleccion",
        "colecao",
        "collezione",
        "verzameling",
    )
)
TMDB_PATHS = {Medium.FILM: "movie", Medium.SHOW: "tv"}


class Hit(Struct):
    id: int = 0


class EpisodeHit(Struct):
    """Where TMDB has an episode."""

    show_id: int | str
    season_number: int
    episode_number: int


class FoundAtTmdb(Struct):
    movie_results: list[Raw] | None = None
    tv_results: list[Raw] | None = None
    tv_episode_results: list[Raw] | None = None


class ExternalIds(Struct):
    imdb_id: str | None = None
    tvdb_id: int | None = None


class CollectionHit(Struct):
    id: int = 0
    name: str | None = None
    original_name: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.name, self.original_name)))


class FoundCollections(Struct):
    results: list[Raw] | None = None


class NamedHit(Struct):
    id: int = 0
    name: str | None = None


class FoundAtTvdb(Struct):
    movie: NamedHit | None = None
    series: NamedHit | None = None
    episode: NamedHit | None = None


class RemoteId(Struct):
    id: str


class RemoteIds(Struct, rename={"remote_ids": "remoteIds"}):
    """The ids that others have for an entry of TVDB."""

    remote_ids: list[Raw] | None = None


class IdDirectory:
    """Asks TMDB and TVDB, where there is a key for them, for ids by other ids; each question once a run."""

    def __init__(self, tmdb: WebSession | None, tvdb: TvdbCalls | None):
        self._tmdb = tmdb
        self._tvdb = tvdb

    def all_ids(self, item: Item, authority: Authority) -> Iterator[ProviderId]:
        """The item's own ids in the order of trust, then, only where those do not serve, those found."""
        own = id_values(item.ids, authority, item.medium)
        yield from (ProviderId(authority, item.medium, value) for value in own)
        found = dict.fromkeys(self._find(item, authority))
        yield from (ProviderId(authority, item.medium, value) for value in found if value not in own)

    def place_of_episode(self, one: ProviderId) -> EpisodeHit | None:
        """Where TMDB has the episode of an id of TVDB or IMDb."""
        listed = self._found_at_tmdb(one.authority, one.value).tv_episode_results
        hits = tuple(readable(listed, EpisodeHit))
        return hits[0] if len(hits) == 1 else None

    def _find(self, item: Item, authority: Authority) -> list[str]:
        """What is found; the trouble of who could not be asked is raised only where nothing is."""
        found, trouble = [], None
        for road in self._roads(authority, item.medium):
            try:
                found += road(item)
            except WebTrouble as error:
                trouble = error if error.trouble is not Trouble.NOT_FOUND else trouble
        if trouble and not found:
            # The provider that is asked for a picture is not the one whose key was refused here.
            raise WebTrouble(Trouble.UNREACHABLE, str(trouble))
        return found

    def _roads(self, authority: Authority, medium: Medium) -> list[Callable[[Item], list[str]]]:
        if medium is Medium.COLLECTION:
            return [self._tmdb_by_name] if authority is Authority.TMDB and self._tmdb else []
        if authority is Authority.TMDB and self._tmdb:
            return [self._tmdb_by_imdb, self._tmdb_by_tvdb]
        if authority is Authority.TVDB:
            return [self._tvdb_by_external, self._tvdb_by_imdb, self._tvdb_by_number]
        return []

    def _found_at_tmdb(self, authority: Authority, value: str) -> FoundAtTmdb:
        if not self._tmdb:
            return FoundAtTmdb()
        path, params = f"/3/find/{value}", {"external_source": f"{authority.value}_id"}
        return unless_missing(lambda: self._tmdb.record(path, FoundAtTmdb, params), FoundAtTmdb())

    def _tmdb_by(self, item: Item, authority: Authority, values: Iterable[str]) -> list[str]:
        answers = [self._found_at_tmdb(authority, value) for value in values]
        hits = chain.from_iterable(
            (answer.movie_results if item.medium is Medium.FILM else answer.tv_results) or ()
            for answer in answers
        )
        return [str(hit.id) for hit in readable(hits, Hit) if hit.id]

    def _tmdb_by_name(self, item: Item) -> list[str]:
        """The one collection whose name is the same but for a word such as "Collection"."""
        params = {"query": item.title, "language": item.library.language or "en"}
        found = self._tmdb.record("/3/search/collection", FoundCollections, params)
        hits = list(readable(found.results, CollectionHit))
        whole = [hit for hit in hits if comparable_title(item.title) in map(comparable_title, hit.names)]
        wanted = bare_collection(item.title)
        bare = [hit for hit in hits if wanted and wanted in map(bare_collection, hit.names)]
        fitting = whole or bare
        return [str(fitting[0].id)] if len(fitting) == 1 and fitting[0].id else []

    def _tmdb_by_imdb(self, item: Item) -> list[str]:
        return self._tmdb_by(item, Authority.IMDB, id_values(item.ids, Authority.IMDB, item.medium))

    def _tmdb_by_tvdb(self, item: Item) -> list[str]:
        """By TVDB's id of a show; of a film TMDB does not know it, but TVDB has the id of IMDb."""
        known = id_values(item.ids, Authority.TVDB, item.medium)
        if item.medium is Medium.SHOW:
            return self._tmdb_by(item, Authority.TVDB, known)
        if id_values(item.ids, Authority.IMDB, item.medium):
            return []
        return self._tmdb_by(
            item, Authority.IMDB, (imdb for value in known for imdb in self._imdb_at_tvdb(value))
        )

    def _imdb_at_tvdb(self, film: str) -> list[str]:
        if not self._tvdb:
            return []
        path = f"/movies/{film}/extended"
        found = unless_missing(lambda: self._tvdb.data(path, RemoteIds), None) or RemoteIds()
        return [one.id for one in readable(found.remote_ids, RemoteId) if one.id.startswith("tt")]

    def _external(self, item: Item) -> Iterator[ExternalIds]:
        if self._tmdb and item.medium in TMDB_PATHS:
            for value in id_values(item.ids, Authority.TMDB, item.medium):
                path = f"/3/{TMDB_PATHS[item.medium]}/{value}/external_ids"
                yield unless_missing(partial(self._tmdb.record, path, ExternalIds), ExternalIds())

    def _tvdb_by_external(self, item: Item) -> list[str]:
        if item.medium is not Medium.SHOW:
            return []
        return [str(ids.tvdb_id) for ids in self._external(item) if ids.tvdb_id]

    def _tvdb_by_imdb(self, item: Item) -> list[str]:
        own = id_values(item.ids, Authority.IMDB, item.medium)
        known = own or [ids.imdb_id for ids in self._external(item) if ids.imdb_id]
        return [str(hit.id) for value in known for hit in self._hits(item, value)]

    def _tvdb_by_number(self, item: Item) -> list[str]:
        """By TMDB's number, which is no number of TMDB alone at TVDB: the title must be the same too."""
        numbers = id_values(item.ids, Authority.TMDB, item.medium)
        if id_values(item.ids, Authority.IMDB, item.medium) or self._tmdb:
            return []
        titles = {comparable_title(item.title), comparable_title(item.original_title)} - {""}
        hits = (hit for value in numbers for hit in self._hits(item, value))
        return [str(hit.id) for hit in hits if comparable_title(hit.name or "") in titles]

    def found_at_tvdb(self, value: str) -> list[FoundAtTvdb]:
        """What TVDB has under an id of somebody else."""
        if not self._tvdb:
            return []
        path = f"/search/remoteid/{value}"
        return unless_missing(lambda: self._tvdb.data(path, list[FoundAtTvdb]), None) or []

    def _hits(self, item: Item, value: str) -> list[NamedHit]:
        found = self.found_at_tvdb(value)
        hits = [hit.movie if item.medium is Medium.FILM else hit.series for hit in found]
        return [hit for hit in hits if hit and hit.id]


def comparable_title(title: str) -> str:
    """A title without case, accents and punctuation, as titles are compared."""
    apart = unicodedata.normalize("NFKD", title.casefold())
    return "".join(sign for sign in apart if sign.isalnum())


def bare_collection(name: str) -> str:
    """The name of a collection as it is compared, without the words that only say that it is one."""
    words = [word for word in name.casefold().split() if comparable_title(word) not in COLLECTION_WORDS]
    return comparable_title(" ".join(words))
