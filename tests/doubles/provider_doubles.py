"""TMDB, TVDB and Fanart.tv of one world, on this machine."""

import json
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count

from tests.doubles.image_host import Double, ImageHost
from tests.doubles.loopback import serving
from tests.doubles.world import (
    BACKGROUND,
    FANART,
    LOGO,
    POSTER,
    SEASON,
    STILL,
    TMDB,
    TVDB,
    Show,
    World,
    small_world,
)

TMDB_TOKEN = "eyJhbGciOiJIUzI1NiJ9.token-of-tmdb-that-is-long-enough"
TVDB_KEY, TVDB_PIN = "key-of-tvdb", "pin-of-tvdb"
FANART_KEY = "key-of-fanart"
NOT_FOUND = 404, {"success": False, "status_code": 34, "status_message": "The resource could not be found."}
NO_ENTRY = 404, {"status": "failure", "message": "Not found", "data": None}
PAGE_SIZE = 500


class FakeTmdb(Double):
    def answer(self, path, query, handler):
        if handler.headers.get("Authorization") != f"Bearer {TMDB_TOKEN}":
            return 401, {"success": False, "status_code": 7, "status_message": "Invalid API key."}
        match path.strip("/").split("/"):
            case ["3", "authentication"]:
                return 200, {"success": True, "status_code": 1, "status_message": "Success."}
            case ["3", "movie", number, *rest]:
                return self.entry(self.world.films, number, rest, query)
            case ["3", "tv", number, *rest]:
                return self.entry(self.world.shows, number, rest, query)
            case ["3", "collection", number, *rest]:
                return self.entry(self.world.collections, number, rest, query)
            case ["3", "search", "collection"]:
                return 200, self.collections_named(query.get("query", ""))
            case ["3", "search", "movie"]:
                return 200, found_by_title(self.world.films, query, "primary_release_year")
            case ["3", "search", "tv"]:
                return 200, found_by_title(self.world.shows, query, "first_air_date_year")
            case ["3", "find", outside]:
                return 200, self.found(outside, query.get("external_source"))
        return NOT_FOUND

    def entry(self, owners, number, rest, query):
        owner = next((owner for owner in owners if owner.tmdb and str(owner.tmdb) == number), None)
        if owner is None:
            return NOT_FOUND
        match rest:
            case []:
                return 200, self.whole(owner, query)
            case ["images"]:
                return 200, self.images(owner, query)
            case ["external_ids"]:
                return 200, {"id": owner.tmdb, "imdb_id": owner.imdb or None, "tvdb_id": owner.tvdb or None}
            case ["season", season]:
                return self.season(owner, int(season))
            case ["season", season, "images"]:
                return self.season_posters(owner, query, int(season))
            case ["season", season, "episode", episode, "images"]:
                return self.stills(owner, query, int(season), int(episode))
        return NOT_FOUND

    def whole(self, owner, query):
        appended = query.get("append_to_response", "").split(",")
        facts = {"id": owner.tmdb, "title": owner.title}
        if "images" in appended:
            facts["images"] = self.images(owner, query)
        if "external_ids" in appended:
            facts["external_ids"] = {"imdb_id": owner.imdb or None, "tvdb_id": owner.tvdb or None}
        return facts

    def images(self, owner, query):
        kinds = {"posters": POSTER, "backdrops": BACKGROUND, "logos": LOGO}
        return {name: self.listed(owner, query, kind) for name, kind in kinds.items()}

    def season(self, owner, number):
        entries = [tmdb_episode(owner, entry) for entry in owner.episodes if entry.at_tmdb[0] == number]
        return (200, {"id": 1, "season_number": number, "episodes": entries}) if entries else NOT_FOUND

    def season_posters(self, owner, query, number):
        if number not in [entry.at_tmdb[0] for entry in owner.episodes]:
            return NOT_FOUND
        return 200, {"id": 1, "posters": self.listed(owner, query, SEASON, season=number)}

    def stills(self, owner, query, season, episode):
        if (season, episode) not in [entry.at_tmdb for entry in owner.episodes]:
            return NOT_FOUND
        return 200, {"id": 2, "stills": self.listed(owner, query, STILL, season=season, episode=episode)}

    def listed(self, owner, query, kind, **place):
        named = query.get("include_image_language", "").split(",")
        return [
            tmdb_image(art)
            for art in art_of(owner, TMDB, kind, **place)
            if named == [""] or (art.language or "null") in named or (not art.language and "xx" in named)
        ]

    def collections_named(self, words):
        """As TMDB searches: any collection that has one of the words."""
        named = set(words.lower().split())
        hits = [one for one in self.world.collections if named & set(one.title.lower().split())]
        return {"page": 1, "results": [{"id": one.tmdb, "name": one.title} for one in hits]}

    def found(self, outside, source):
        results = {"movie_results": [], "tv_results": [], "tv_episode_results": []}
        for film in self.world.films:
            if film.tmdb and source == "imdb_id" and film.imdb == outside:
                results["movie_results"].append({"id": film.tmdb, "title": film.title})
        for show in self.world.shows:
            if show.tmdb and outside == {"imdb_id": show.imdb, "tvdb_id": str(show.tvdb)}.get(source):
                results["tv_results"].append({"id": show.tmdb, "name": show.title})
            for entry in show.episodes:
                if show.tmdb and outside == {"imdb_id": entry.imdb, "tvdb_id": str(entry.tvdb)}.get(source):
                    results["tv_episode_results"].append(tmdb_episode(show, entry))
        return results


def found_by_title(owners, query, of_year):
    """As TMDB searches: every title with one of the words, of that year only where one is given."""
    words = set(query["query"].lower().split())
    hits = [
        {"id": owner.tmdb, "title": owner.title, "release_date": f"{owner.year}-05-25"}
        for owner in owners
        if owner.tmdb
        and words & set(owner.title.lower().split())
        and query.get(of_year) in (None, str(owner.year))
    ]
    return {"page": 1, "results": hits}


def art_of(owner, provider, kind, **place):
    return [
        art
        for art in owner.art
        if art.provider == provider
        and art.kind == kind
        and all(getattr(art, name) == value for name, value in place.items())
    ]


def tmdb_image(art):
    width, height = art.size
    return {
        "aspect_ratio": round(width / height, 3),
        "width": width,
        "height": height,
        "iso_639_1": art.language,
        "iso_3166_1": art.region,
        "file_path": f"/{art.name}",
        "vote_average": art.votes,
        "vote_count": art.vote_count,
    }


def tmdb_episode(show, entry):
    season, number = entry.at_tmdb
    place = {"season_number": season, "episode_number": number, "air_date": entry.aired or None}
    return {"id": entry.tmdb, "show_id": show.tmdb, **place}


class FakeTvdb(Double):
    """`expire` ends all logins so far; `pin` is required where it is set."""

    pin = ""

    def __init__(self, world):
        super().__init__(world)
        self.tokens: set[str] = set()
        self.numbers = count(1)

    def expire(self):
        self.tokens.clear()

    def answer(self, path, query, handler):
        if path == "/v4/login":
            return self.login(json.loads(handler.body))
        if handler.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return 401, {"status": "failure", "message": "Unauthorized", "data": None}
        data = self.data(path.removeprefix("/v4/").strip("/").split("/"), query)
        return (
            NO_ENTRY
            if data is None
            else (200, data if "links" in data else {"status": "success", "data": data})
        )

    def login(self, sent):
        if sent.get("apikey") != TVDB_KEY or sent.get("pin", "") != self.pin:
            return 401, {"status": "failure", "message": "InvalidAPIKey: apikey is invalid", "data": None}
        token = f"token-{next(self.numbers)}-of-tvdb"
        self.tokens.add(token)
        return 200, {"status": "success", "data": {"token": token}}

    def data(self, steps, query):
        match steps:
            case ["movies", number, "extended"]:
                return self.movie(self.owner(self.world.films, number))
            case ["series", number, "artworks"]:
                return self.series_art(self.owner(self.world.shows, number))
            case ["series", number, "extended"]:
                return self.series(self.owner(self.world.shows, number))
            case ["seasons", number, "extended"]:
                return self.season(int(number))
            case ["series", number, "episodes", _]:
                return self.episodes(self.owner(self.world.shows, number), int(query.get("page", 0)))
            case ["episodes", number, "extended"]:
                return self.episode(int(number))
            case ["search", "remoteid", outside]:
                return self.found(outside)
            case ["search"]:
                return self.titled(query)
        return None

    def owner(self, owners, number):
        return next((owner for owner in owners if owner.tvdb and str(owner.tvdb) == number), None)

    def movie(self, film):
        types = {POSTER: 14, BACKGROUND: 15, LOGO: 25}
        remote = [{"id": film.imdb, "type": 2, "sourceName": "IMDB"}] if film and film.imdb else []
        return film and {**tvdb_facts(film), "artworks": tvdb_artworks(film, types), "remoteIds": remote}

    def series_art(self, show):
        types = {POSTER: 2, BACKGROUND: 3, LOGO: 23}
        return show and {**tvdb_facts(show), "artworks": tvdb_artworks(show, types)}

    def series(self, show):
        if not show:
            return None
        seasons = [
            {
                "id": season_id(show, number),
                "seriesId": show.tvdb,
                "number": number,
                "type": {"id": 1, "name": "Aired Order", "type": "official"},
            }
            for number in show.seasons
        ]
        return {**tvdb_facts(show), "seasons": seasons}

    def season(self, number):
        for show in self.world.shows:
            for season in show.seasons:
                if season_id(show, season) == number:
                    listed = [tvdb_image(art, 7) for art in art_of(show, TVDB, SEASON, season=season)]
                    return {"id": number, "number": season, "type": {"type": "official"}, "artwork": listed}
        return None

    def episodes(self, show, page):
        if not show:
            return None
        entries = show.episodes[page * PAGE_SIZE :][:PAGE_SIZE]
        following = f"?page={page + 1}" if show.episodes[(page + 1) * PAGE_SIZE :] else None
        data = {"series": tvdb_facts(show), "episodes": [tvdb_episode(show, entry) for entry in entries]}
        return {"status": "success", "data": data, "links": {"prev": None, "self": "", "next": following}}

    def episode(self, number):
        for show in self.world.shows:
            for entry in show.episodes:
                if entry.tvdb == number:
                    return tvdb_episode(show, entry)
        return None

    def titled(self, query):
        owners = self.world.films if query["type"] == "movie" else self.world.shows
        hits = [owner for owner in owners if owner.tvdb and query["query"].lower() in owner.title.lower()]
        return [{"tvdb_id": str(one.tvdb), "name": one.title, "year": str(one.year)} for one in hits]

    def found(self, outside):
        hits = [
            {"movie": tvdb_facts(film)} for film in self.world.films if film.tvdb and film.imdb == outside
        ]
        for show in self.world.shows:
            if show.tvdb and show.imdb == outside:
                hits.append({"series": tvdb_facts(show)})
            hits += [
                {"episode": tvdb_episode(show, entry)} for entry in show.episodes if entry.imdb == outside
            ]
        return hits


def season_id(show: Show, number: int) -> int:
    return show.tvdb * 1000 + number


def tvdb_facts(owner):
    return {
        "id": owner.tvdb,
        "name": owner.title,
        "slug": owner.title.lower().replace(" ", "-"),
        "year": str(owner.year),
    }


def tvdb_artworks(owner, types):
    return [tvdb_image(art, number) for kind, number in types.items() for art in art_of(owner, TVDB, kind)]


def tvdb_image(art, number):
    width, height = art.size
    facts = {
        "id": number,
        "image": tvdb_address(art),
        "language": art.language,
        "type": number,
        "score": art.score,
        "width": width,
        "height": height,
    }
    return facts if art.includes_text is None else {**facts, "includesText": art.includes_text}


def tvdb_address(art):
    path = f"/banners/v4/{art.name}"
    return path if art.relative else f"https://artworks.thetvdb.com{path}"


def tvdb_episode(show, entry):
    art = art_of(show, TVDB, STILL, season=entry.season, episode=entry.number)
    return {
        "id": entry.tvdb,
        "seriesId": show.tvdb,
        "seasonNumber": entry.season,
        "number": entry.number,
        "name": entry.title,
        "image": tvdb_address(art[0]) if art else None,
        "aired": entry.aired or None,
    }


class FakeFanart(Double):
    """`takes_header` is False for an older one, which takes its key in the query only."""

    takes_header = True

    def answer(self, path, query, handler):
        given = query.get("api_key") or (self.takes_header and handler.headers.get("api-key"))
        if given != FANART_KEY:
            return 401, {"status": "error", "error message": "Invalid API key"}
        match path.strip("/").split("/"):
            case ["v3", "movies", number]:
                film = next(
                    (film for film in self.world.films if number in (str(film.tmdb), film.imdb)), None
                )
                return self.images(film, MOVIE_LISTS)
            case ["v3", "tv", number]:
                show = next((show for show in self.world.shows if number == str(show.tvdb)), None)
                return self.images(show, SHOW_LISTS)
        return 404, {"status": "error", "error message": "Not found"}

    def images(self, owner, lists):
        if not owner or not any(art.provider == FANART for art in owner.art):
            return 404, {"status": "error", "error message": "Not found"}
        found = {name: fanart_images(owner, kind) for name, kind in lists.items()}
        facts = {"name": owner.title, "tmdb_id": str(owner.tmdb), "thetvdb_id": str(owner.tvdb)}
        return 200, facts | {name: images for name, images in found.items() if images}


MOVIE_LISTS = {"movieposter": POSTER, "moviebackground": BACKGROUND, "hdmovielogo": LOGO}
SHOW_LISTS = {"tvposter": POSTER, "showbackground": BACKGROUND, "seasonposter": SEASON, "hdtvlogo": LOGO}


def fanart_images(owner, kind):
    return [
        {
            "id": str(number),
            "url": f"https://assets.fanart.tv/fanart/{art.name}",
            "lang": art.language or "",
            "likes": str(art.likes),
            **({} if art.season is None else {"season": str(art.season)}),
        }
        for number, art in enumerate(art_of(owner, FANART, kind), 1)
    ]


@dataclass(frozen=True)
class ProviderDoubles:
    """The running doubles of one world; change the world at any time."""

    world: World
    tmdb: FakeTmdb
    tvdb: FakeTvdb
    fanart: FakeFanart
    images: ImageHost

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead an engine to these doubles."""
        api = {"TMDB_URL": self.tmdb, "TVDB_URL": self.tvdb, "FANART_URL": self.fanart}
        hosts = dict.fromkeys(("TMDB_IMAGE_URL", "TVDB_IMAGE_URL", "FANART_IMAGE_URL"), self.images)
        return {name: double.url for name, double in (api | hosts).items()}

    @property
    def keys(self) -> dict[str, str]:
        """The keys of section ApiPart in config.json that these doubles accept."""
        pin = f"#{self.tvdb.pin}" if self.tvdb.pin else ""
        return {"tmdbtoken": TMDB_TOKEN, "tvdbapi": TVDB_KEY + pin, "FanartTvAPIKey": FANART_KEY}

    def counts(self) -> dict[str, int]:
        """The number of requests so far by double."""
        doubles = {"tmdb": self.tmdb, "tvdb": self.tvdb, "fanart": self.fanart, "images": self.images}
        return {name: len(double.asked) for name, double in doubles.items()}


@contextmanager
def serving_providers(world: World | None = None):
    """The doubles of a world, by default the small one, served until the block ends."""
    world = world or small_world()
    with ExitStack() as stack:
        doubles = [
            stack.enter_context(serving(kind(world))) for kind in (FakeTmdb, FakeTvdb, FakeFanart, ImageHost)
        ]
        yield ProviderDoubles(world, *doubles)
