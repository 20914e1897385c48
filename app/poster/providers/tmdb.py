"""Pictures of TMDB."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Raw, Struct

from app.poster.kinds import Kind
from app.poster.providers.ids import EpisodeHit, IdDirectory
from app.poster.providers.language_codes import language_of
from app.poster.providers.online import (
    ImageSource,
    KnownEntry,
    TitleCatalogue,
    answer_of,
    first_alive,
    readable,
    unless_missing,
)
from app.poster.records.candidate import Candidate, Lettered, ProviderAnswer, ProviderName, Question
from app.poster.records.ids import Authority, Medium, id_values
from app.poster.records.library import Episode, EpisodeOrder
from app.poster.records.wanted import WantedAsset
from app.poster.web.cache import AnswerCache
from app.poster.web.session import UNCACHED, WebSession

PATHS = {Medium.FILM: "movie", Medium.SHOW: "tv", Medium.COLLECTION: "collection"}
PAGES = {Kind.BACKGROUND: "backdrops", Kind.LOGO: "logos"}
PAGE = "https://www.themoviedb.org"
SHORTEST_TOKEN = 36
SIZE = "/t/p/original"
# The orders in which season and episode numbers are TMDB's own, as far as is known.
OWN_ORDERS = frozenset((EpisodeOrder.UNKNOWN, EpisodeOrder.AIRED_TMDB))


class TmdbImage(Struct):
    file_path: str
    iso_639_1: str | None = None
    iso_3166_1: str | None = None
    width: int | None = 0
    height: int | None = 0
    vote_average: float | None = 0.0
    vote_count: int | None = 0


class TmdbLists(Struct):
    posters: list[Raw] | None = None
    backdrops: list[Raw] | None = None
    logos: list[Raw] | None = None
    stills: list[Raw] | None = None

    def listed(self, kind: Kind) -> list[Raw] | None:
        lists = {
            Kind.BACKGROUND: self.backdrops,
            Kind.LOGO: self.logos,
            Kind.TITLE_CARD: self.stills,
            Kind.CLEAR_ART: None,
        }
        return lists.get(kind, self.posters)


NOTHING = TmdbLists()


class TmdbDetails(Struct):
    images: TmdbLists | None = None


class TmdbEpisode(Struct):
    id: int
    episode_number: int
    season_number: int
    air_date: str | None = None


class TmdbSeason(Struct):
    episodes: list[TmdbEpisode] = []


class Authentication(Struct):
    success: bool = True


class Tmdb(TitleCatalogue):
    """Posters, backgrounds, seasons, stills, collections and logos, in all `languages` and in none.

    None for `languages` means every one.
    """

    name = ProviderName.TMDB
    setting = "tmdbtoken"

    def __init__(
        self,
        session: WebSession,
        images: ImageSource,
        cache: AnswerCache,
        directory: IdDirectory,
        token: str,
        languages: Sequence[str] | None,
    ):
        super().__init__(session, images, cache)
        self._directory = directory
        self._is_short = len(token) < SHORTEST_TOKEN
        asked = None if languages is None else ",".join((*languages, "xx", "null"))
        self._params = {"include_image_language": asked} if asked else {}

    def check(self) -> str:
        advice = super().check()
        hint = " to the API Read Access Token (v4), not to the shorter API key (v3)"
        return f"{advice}{hint}" if advice and self._is_short else advice

    def probe(self) -> None:
        path = "/3/authentication"
        unless_missing(lambda: self._session.record(path, Authentication, headers=UNCACHED), None)

    def of_title(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        path = PATHS.get(wanted.item.medium)
        if not path:
            return ProviderAnswer(question)
        entry = self._entry(wanted, lambda value: self._details(path, value))
        lists = (entry.data and entry.data.images) or NOTHING
        page = PAGES.get(question.kind, "posters")
        return self._listed(wanted, question, entry, lists, f"{path}/{{}}/images/{page}")

    def of_season(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        place = f"season/{wanted.season.number}/images"
        entry = self._entry(wanted, lambda value: self._below(value, place))
        return self._listed(wanted, question, entry, entry.data or NOTHING, f"tv/{{}}/{place}/posters")

    def of_episode(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        entry = self._entry(wanted, lambda value: self._stills(value, wanted))
        lists, place = entry.data or (NOTHING, "")
        return self._listed(wanted, question, entry, lists, f"tv/{place}/images/backdrops" if place else "")

    def _entry(self, wanted: WantedAsset, load: Callable) -> KnownEntry:
        return first_alive(self._directory.all_ids(wanted.item, Authority.TMDB), load)

    def _details(self, path: str, value: str) -> TmdbDetails:
        params = {"append_to_response": "images", **self._params}
        return self._session.record(f"/3/{path}/{value}", TmdbDetails, params)

    def _below(self, show: str, place: str) -> TmdbLists:
        """The lists of a season or an episode, none where the show has no such one."""
        path = f"/3/tv/{show}/{place}"
        lists = unless_missing(lambda: self._session.record(path, TmdbLists, self._params), None)
        if lists is None:
            # Without the show too the id is dead, and the trouble goes on to whom tries ids.
            self._details("tv", show)
        return lists or NOTHING

    def _stills(self, show: str, wanted: WantedAsset) -> tuple[TmdbLists, str]:
        found = self._place(show, wanted)
        if not found:
            return NOTHING, ""
        place = f"season/{found.season_number}/episode/{found.episode_number}"
        return self._below(str(found.show_id), f"{place}/images"), f"{found.show_id}/{place}"

    def _place(self, show: str, wanted: WantedAsset) -> EpisodeHit | None:
        """Where TMDB has the episode: by its own ids, by its numbers only where TMDB counts alike."""
        episode = wanted.episode
        if wanted.item.order is not EpisodeOrder.AIRED_TMDB:
            found = self._place_by_ids(show, episode)
            # Specials are numbered by everyone in a way of his own.
            if found or (episode.ids and episode.season == 0):
                return found
        if episode.aired:
            return self._place_by_date(show, episode)
        own = wanted.item.order in OWN_ORDERS
        return EpisodeHit(show, episode.season, episode.numbers[0]) if own else None

    def _place_by_ids(self, show: str, episode: Episode) -> EpisodeHit | None:
        for value in id_values(episode.ids, Authority.TMDB, Medium.EPISODE):
            for one in self._season_list(show, episode.season):
                if str(one.id) == value:
                    return EpisodeHit(show, one.season_number, one.episode_number)
        others = (one for one in episode.ids if one.authority in (Authority.TVDB, Authority.IMDB))
        return next(filter(None, map(self._directory.place_of_episode, others)), None)

    def _place_by_date(self, show: str, episode: Episode) -> EpisodeHit | None:
        """The place of the day in a season that is a year."""
        day = str(episode.aired)
        found = (one for one in self._season_list(show, episode.season) if one.air_date == day)
        return next((EpisodeHit(show, one.season_number, one.episode_number) for one in found), None)

    def _season_list(self, show: str, number: int) -> Sequence[TmdbEpisode]:
        path = f"/3/tv/{show}/season/{number}"
        return unless_missing(lambda: self._session.record(path, TmdbSeason).episodes, ())

    def _listed(
        self, wanted: WantedAsset, question: Question, entry: KnownEntry, lists: TmdbLists, page: str
    ) -> ProviderAnswer:
        images = readable(lists.listed(question.kind), TmdbImage)
        facts = {"candidates": tuple(self._candidates(question.kind, images))}
        if entry.key and page:
            facts["page"] = f"{PAGE}/{page.format(entry.key.value)}"
        return answer_of(question, entry, wanted, **facts)

    def _candidates(self, kind: Kind, images: Iterator[TmdbImage]) -> Iterator[Candidate]:
        for rank, image in enumerate(images):
            language, region = language_of(image.iso_639_1)
            yield Candidate(
                ProviderName.TMDB,
                kind,
                self._images.canonical(SIZE + raster_of(image.file_path)),
                lettered=Lettered.TEXTLESS if (image.iso_639_1 or "xx") == "xx" else Lettered.WITH_TEXT,
                language=language,
                region=region_of(image.iso_3166_1) or region if language else "",
                width=image.width or 0,
                height=image.height or 0,
                votes=image.vote_average or 0.0,
                vote_count=image.vote_count or 0,
                rank=rank,
            )


def raster_of(path: str) -> str:
    """The path of the same logo in pixels: TMDB serves one for each drawn in lines."""
    return f"{path[:-4]}.png" if path.lower().endswith(".svg") else path


def region_of(code: str | None) -> str:
    """ISO 3166-1, "" for the XX that stands for none."""
    word = (code or "").upper()
    return "" if word == "XX" else word
