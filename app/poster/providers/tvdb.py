"""Pictures of TVDB."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Raw, Struct

from app.poster.kinds import Kind
from app.poster.providers.ids import IdDirectory
from app.poster.providers.language_codes import tvdb_language
from app.poster.providers.online import (
    ImageSource,
    KnownEntry,
    TitleCatalogue,
    answer_of,
    first_alive,
    readable,
    unless_missing,
)
from app.poster.providers.tvdb_calls import TvdbCalls
from app.poster.records.candidate import Candidate, Lettered, ProviderAnswer, ProviderName, Question
from app.poster.records.ids import Authority, Medium, id_values
from app.poster.records.library import Episode, EpisodeOrder
from app.poster.records.wanted import WantedAsset
from app.poster.web.cache import AnswerCache
from app.poster.web.memory import RunMemory
from app.poster.web.trouble import Trouble, WebTrouble

PAGE = "https://thetvdb.com"
FILM_TYPES = {Kind.POSTER: 14, Kind.BACKGROUND: 15, Kind.LOGO: 25, Kind.CLEAR_ART: 24}
SHOW_TYPES = {Kind.POSTER: 2, Kind.BACKGROUND: 3, Kind.LOGO: 23, Kind.CLEAR_ART: 22}
SEASON_POSTER = 7
# Of each order that a source may follow: the kind of season, and the list of episodes.
OFFICIAL, DEFAULT = "official", "default"
ORDERS = {
    EpisodeOrder.UNKNOWN: (OFFICIAL, DEFAULT),
    EpisodeOrder.AIRED_TVDB: (OFFICIAL, DEFAULT),
    EpisodeOrder.DVD: ("dvd", "dvd"),
    EpisodeOrder.ABSOLUTE: ("absolute", "absolute"),
}
EPISODE_BYTES, LISTED_BYTES = 500, 20 * 1024 * 1024
LAST_PAGE = 100


class TvdbArtwork(Struct, rename={"includes_text": "includesText"}):
    """One picture; `language` is null for none, old entries do not say whether they include text."""

    image: str
    type: int = 0
    language: str | None = None
    score: float | None = 0.0
    width: int | None = 0
    height: int | None = 0
    includes_text: bool | None = None


class TvdbTitle(Struct):
    """A film or show; `image` is the picture that stands for it."""

    slug: str | None = None
    image: str | None = None
    artworks: list[Raw] | None = None


class SeasonType(Struct, frozen=True):
    type: str = ""


class SeasonEntry(Struct):
    id: int
    number: int
    type: SeasonType = SeasonType("")


class SeasonList(Struct):
    slug: str | None = None
    seasons: list[Raw] | None = None


class TvdbSeason(Struct):
    number: int = 0
    artwork: list[Raw] | None = None


class TvdbEpisode(Struct, rename={"season": "seasonNumber"}):
    id: int
    season: int = 0
    number: int = 0
    image: str | None = None
    aired: str | None = None


class EpisodePage(Struct):
    series: TvdbTitle | None = None
    episodes: list[Raw] | None = None


class PageLinks(Struct):
    next: Any = None


class EpisodeAnswer(Struct):
    data: EpisodePage
    links: PageLinks | None = None


class EpisodeList(Struct):
    """All episodes of a show in one order."""

    slug: str
    by_id: dict[str, TvdbEpisode]
    by_place: dict[tuple[int, int], TvdbEpisode]
    by_day: dict[str, TvdbEpisode]


class Tvdb(TitleCatalogue):
    """Posters, backgrounds, seasons, stills, logos and clear art; of stills one for each episode."""

    name = ProviderName.TVDB
    setting = "tvdbapi"

    def __init__(self, calls: TvdbCalls, images: ImageSource, cache: AnswerCache, directory: IdDirectory):
        super().__init__(calls.session, images, cache)
        self._calls = calls
        self._directory = directory
        self._lists = RunMemory(LISTED_BYTES)

    def probe(self) -> None:
        try:
            self._calls.log_in()
        except WebTrouble as trouble:
            # Nobody but TVDB has its login, so that without one the address is another's.
            is_foreign = trouble.trouble is Trouble.NOT_FOUND
            raise WebTrouble(Trouble.BROKEN, str(trouble)) if is_foreign else trouble from None

    def of_title(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        is_film = wanted.item.medium is Medium.FILM
        number = (FILM_TYPES if is_film else SHOW_TYPES).get(question.kind)
        if not number or wanted.item.medium not in (Medium.FILM, Medium.SHOW):
            return ProviderAnswer(question)
        path = "/movies/{}/extended" if is_film else "/series/{}/artworks"
        entry = self._entry(wanted, lambda value: self._calls.data(path.format(value), TvdbTitle))
        title = entry.data or TvdbTitle()
        listed = [one for one in readable(title.artworks, TvdbArtwork) if one.type == number]
        if not listed and title.image and question.kind is Kind.POSTER:
            listed = [TvdbArtwork(title.image, includes_text=True)]
        page = f"{'movies' if is_film else 'series'}/{title.slug}#artwork" if title.slug else ""
        return self._listed(wanted, question, entry, self._candidates(question.kind, listed), page)

    def of_season(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        entry = self._entry(wanted, lambda value: self._calls.data(f"/series/{value}/extended", SeasonList))
        seasons = entry.data or SeasonList()
        chosen = season_of(wanted, tuple(readable(seasons.seasons, SeasonEntry)))
        listed = self._season_art(chosen) if chosen else ()
        page = f"series/{seasons.slug}/seasons/{chosen.type.type}/{chosen.number}#artwork" if chosen else ""
        return self._listed(wanted, question, entry, self._candidates(Kind.SEASON, listed), page)

    def _season_art(self, season: SeasonEntry) -> list[TvdbArtwork]:
        path = f"/seasons/{season.id}/extended"
        found = unless_missing(lambda: self._calls.data(path, TvdbSeason), None) or TvdbSeason()
        return [one for one in readable(found.artwork, TvdbArtwork) if one.type == SEASON_POSTER]

    def of_episode(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        _, order = ORDERS.get(wanted.item.order, (OFFICIAL, DEFAULT))
        entry = self._entry(wanted, lambda value: self._episodes(value, order))
        found = self._episode_of(wanted, entry.data) if entry.key else None
        page = f"series/{entry.data.slug}/episodes/{found.id}" if found else ""
        return self._listed(wanted, question, entry, self._still(found), page)

    def _entry(self, wanted: WantedAsset, load) -> KnownEntry:
        return first_alive(self._directory.all_ids(wanted.item, Authority.TVDB), load)

    def _episode_of(self, wanted: WantedAsset, listed: EpisodeList) -> TvdbEpisode | None:
        """The episode by its own ids, by its numbers only where TVDB counts alike."""
        episode = wanted.episode
        for value in id_values(episode.ids, Authority.TVDB, Medium.EPISODE):
            if value in listed.by_id:
                return listed.by_id[value]
        found = self._episode_by_imdb(episode, listed)
        if found or wanted.item.order not in ORDERS:
            return found
        if episode.aired:
            return listed.by_day.get(str(episode.aired))
        return listed.by_place.get((episode.season, episode.numbers[0]))

    def _episode_by_imdb(self, episode: Episode, listed: EpisodeList) -> TvdbEpisode | None:
        if id_values(episode.ids, Authority.TVDB, Medium.EPISODE):
            return None
        for value in id_values(episode.ids, Authority.IMDB, Medium.EPISODE):
            for hit in self._directory.found_at_tvdb(value):
                if hit.episode and str(hit.episode.id) in listed.by_id:
                    return listed.by_id[str(hit.episode.id)]
        return None

    def _episodes(self, show: str, order: str) -> EpisodeList:
        """All episodes of a show; asked for once a run, however many title cards are wanted."""
        return self._lists.recall(
            (show, order),
            lambda: self._read_episodes(show, order),
            lambda listed: EPISODE_BYTES * len(listed.by_id),
        )

    def _read_episodes(self, show: str, order: str) -> EpisodeList:
        slug, episodes = "", []
        for page in range(LAST_PAGE):
            answer = self._calls.whole(f"/series/{show}/episodes/{order}", EpisodeAnswer, {"page": str(page)})
            slug = slug or (answer.data.series and answer.data.series.slug) or ""
            read = tuple(readable(answer.data.episodes, TvdbEpisode))
            episodes += read
            if not read or (answer.links and not answer.links.next):
                break
        return EpisodeList(
            slug,
            {str(one.id): one for one in episodes},
            {(one.season, one.number): one for one in reversed(episodes)},
            {one.aired: one for one in reversed(episodes) if one.aired and one.season},
        )

    def _still(self, episode: TvdbEpisode | None) -> tuple[Candidate, ...]:
        address = self._images.canonical(episode.image) if episode and episode.image else ""
        if not address:
            return ()
        return (Candidate(ProviderName.TVDB, Kind.TITLE_CARD, address, lettered=Lettered.TEXTLESS),)

    def _listed(
        self,
        wanted: WantedAsset,
        question: Question,
        entry: KnownEntry,
        candidates: Iterable[Candidate],
        page: str,
    ) -> ProviderAnswer:
        address = f"{PAGE}/{page}" if page else ""
        return answer_of(question, entry, wanted, candidates=tuple(candidates), page=address)

    def _candidates(self, kind: Kind, listed: Sequence[TvdbArtwork]) -> Iterator[Candidate]:
        for rank, one in enumerate(sorted(listed, key=lambda artwork: -(artwork.score or 0.0))):
            address = self._images.canonical(one.image)
            language, region = tvdb_language(one.language)
            lettered = lettered_of(one)
            is_textless = lettered is Lettered.TEXTLESS
            if address:
                yield Candidate(
                    ProviderName.TVDB,
                    kind,
                    address,
                    lettered=lettered,
                    language="" if is_textless else language,
                    region="" if is_textless else region,
                    width=one.width or 0,
                    height=one.height or 0,
                    votes=one.score or 0.0,
                    rank=rank,
                )


def season_of(wanted: WantedAsset, seasons: Sequence[SeasonEntry]) -> SeasonEntry | None:
    """The season by its own id, else by its number in the order that the source follows."""
    own = id_values(wanted.season.ids, Authority.TVDB, Medium.SEASON)
    by_id = [one for one in seasons if str(one.id) in own]
    kind, _ = ORDERS.get(wanted.item.order, (OFFICIAL, DEFAULT))
    kinds = (kind, "alternate") if kind == OFFICIAL else (kind,)
    numbered = [one for one in seasons if one.number == wanted.season.number and one.type.type in kinds]
    numbered.sort(key=lambda one: kinds.index(one.type.type))
    return next(iter((*by_id, *numbered)), None)


def lettered_of(artwork: TvdbArtwork) -> Lettered:
    """What TVDB says of text; where it says nothing, a picture without language has none."""
    if artwork.includes_text is None:
        return Lettered.WITH_TEXT if artwork.language else Lettered.TEXTLESS
    return Lettered.WITH_TEXT if artwork.includes_text else Lettered.TEXTLESS
