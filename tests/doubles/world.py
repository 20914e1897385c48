"""Films, shows and their art as the doubles of all three providers know them."""

from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from tests.doubles.coded_pictures import code_of, read_code

TMDB, TVDB, FANART = "tmdb", "tvdb", "fanart"
POSTER, BACKGROUND, SEASON, STILL, LOGO = "poster", "background", "season", "still", "logo"


@dataclass(frozen=True)
class Art:
    """One picture of one provider; `name` is its file name, which no other picture of the world has.

    `language` and `region` are written as the provider writes them, None for none (Fanart: "00" or "").
    `size` is what the provider says, the served picture is a tenth of it. `season` and `episode` are numbers
    in the provider's own order; Fanart's `season` may be "all". `fault` names what is served in its place:
    a key of `FAULTS` in tests/doubles/image_host.py.
    """

    provider: str
    kind: str
    name: str
    language: str | None = None
    region: str | None = None
    size: tuple[int, int] = (2000, 3000)
    votes: float = 0.0
    vote_count: int = 0
    likes: int = 0
    score: int = 0
    includes_text: bool | None = None
    season: int | str | None = None
    episode: int | None = None
    fault: str = ""
    relative: bool = False


@dataclass
class Film:
    """Ids are 0 or "" where the provider has no entry."""

    title: str
    year: int
    tmdb: int = 0
    imdb: str = ""
    tvdb: int = 0
    art: list[Art] = field(default_factory=list)


@dataclass(frozen=True)
class EpisodeEntry:
    """`season` and `number` are TVDB's aired order; `tmdb_place` is set where TMDB counts in another way."""

    season: int
    number: int
    title: str = ""
    tvdb: int = 0
    tmdb: int = 0
    imdb: str = ""
    tmdb_place: tuple[int, int] | None = None
    aired: str = ""

    @property
    def at_tmdb(self) -> tuple[int, int]:
        return self.tmdb_place or (self.season, self.number)


@dataclass
class Show(Film):
    episodes: list[EpisodeEntry] = field(default_factory=list)

    @property
    def seasons(self) -> list[int]:
        return sorted({episode.season for episode in self.episodes})


@dataclass
class Collection:
    title: str
    tmdb: int
    art: list[Art] = field(default_factory=list)


@dataclass
class World:
    films: list[Film] = field(default_factory=list)
    shows: list[Show] = field(default_factory=list)
    collections: list[Collection] = field(default_factory=list)

    def all_art(self) -> dict[str, Art]:
        """Art by file name."""
        return {art.name: art for owner in (*self.films, *self.shows, *self.collections) for art in owner.art}

    def art_in(self, picture: bytes | Path | Image.Image) -> str | None:
        """The name of the art that a finished picture was made of, None for none of this world."""
        code = read_code(picture)
        return next((name for name in self.all_art() if code_of(name) == code), None)


def small_world() -> World:
    """One film and one show with art at all three providers, textless and with text in two languages."""
    alien = Film("Alien", 1979, 348, "tt0078748", 31, art=[
        Art(TMDB, POSTER, "alien-tmdb-en.jpg", "en", "US", votes=5.4, vote_count=12),
        Art(TMDB, POSTER, "alien-tmdb-textless.jpg", votes=5.1, vote_count=3),
        Art(TMDB, BACKGROUND, "alien-tmdb-background.jpg", size=(3840, 2160)),
        Art(TMDB, LOGO, "alien-tmdb-logo.png", "en", size=(800, 300)),
        Art(TVDB, POSTER, "alien-tvdb-textless.jpg", includes_text=False, score=9),
        Art(TVDB, BACKGROUND, "alien-tvdb-background.jpg", includes_text=False, size=(3840, 2160)),
        Art(FANART, POSTER, "alien-fanart-de.jpg", "de", likes=7),
        Art(FANART, POSTER, "alien-fanart-textless.jpg", "00", likes=5),
        Art(FANART, BACKGROUND, "alien-fanart-background.jpg", "", likes=3),
    ])  # fmt: skip
    dark = Show("Dark", 2017, 70523, "tt5753856", 334824, art=[
        Art(TMDB, POSTER, "dark-tmdb-textless.jpg"),
        Art(TMDB, POSTER, "dark-tmdb-de.jpg", "de", "DE"),
        Art(TMDB, BACKGROUND, "dark-tmdb-background.jpg", size=(3840, 2160)),
        Art(TMDB, SEASON, "dark-tmdb-season-1.jpg", season=1),
        Art(TMDB, SEASON, "dark-tmdb-season-0.jpg", season=0),
        Art(TMDB, STILL, "dark-tmdb-s1e1.jpg", season=1, episode=1, size=(3840, 2160)),
        Art(TMDB, STILL, "dark-tmdb-s1e2.jpg", season=1, episode=2, size=(3840, 2160)),
        Art(TVDB, POSTER, "dark-tvdb-textless.jpg", includes_text=False),
        Art(TVDB, BACKGROUND, "dark-tvdb-background.jpg", includes_text=False, size=(1920, 1080)),
        Art(TVDB, SEASON, "dark-tvdb-season-1.jpg", "deu", includes_text=True, season=1),
        Art(TVDB, STILL, "dark-tvdb-s1e1.jpg", season=1, episode=1, size=(640, 360)),
        Art(FANART, POSTER, "dark-fanart-en.jpg", "en", likes=2),
        Art(FANART, BACKGROUND, "dark-fanart-background.jpg", "", likes=1),
        Art(FANART, SEASON, "dark-fanart-season-1.jpg", "00", likes=4, season="1"),
        Art(FANART, SEASON, "dark-fanart-season-all.jpg", "00", likes=9, season="all"),
    ], episodes=[
        EpisodeEntry(0, 1, "Making of", 7000, 7100),
        EpisodeEntry(1, 1, "Secrets", 7001, 7101, "tt6305578"),
        EpisodeEntry(1, 2, "Lies", 7002, 7102),
    ])  # fmt: skip
    return World([alien], [dark])
