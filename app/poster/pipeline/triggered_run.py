"""Runs for one event: exactly the film, season or episodes that were imported."""

from itertools import pairwise

from app.poster.modes.job import Job
from app.poster.pipeline.engine import open_engine
from app.poster.pipeline.full_run import work_through
from app.poster.pipeline.listing import Listing
from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.records.import_event import ImportEvent
from app.poster.records.library import SourceName
from app.poster.script.arguments import Order
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.worklist.claims import Claims

RATING_KEYS = {
    "movie": ("RatingKey",),
    "show": ("RatingKey",),
    "season": ("parentratingkey",),
    "episode": ("grandparentratingkey", "parentratingkey"),
}


def make_imported(job: Job) -> None:
    """Make the pictures of an import by Sonarr or Radarr."""
    make_event(job, arr_event(job.order))


def make_watched(job: Job) -> None:
    """Make the pictures of what Tautulli saw arrive."""
    make_event(job, tautulli_event(job.order))


def make_event(job: Job, event: ImportEvent) -> None:
    """Make the pictures of the event's item; HandledExit where the source has no single item that fits."""
    remakes = not job.settings.flag("PrerequisitePart", "FileTestOnTrigger")
    with open_engine(job, remakes=remakes) as engine:
        account = work_through(engine, Listing(engine, Claims()).event(event))
        if not account.items:
            raise HandledExit(ExitCode.FAILED, absence_of(event, engine.source.name))


def absence_of(event: ImportEvent, source: SourceName) -> str:
    """Why the source has nothing for the event, and what to do about it."""
    absence = f"{source.value} has no single item for {named(event)}"
    if event.key and source is not SourceName.PLEX:
        return (
            f"{absence}: rating keys are Plex's; set UsePlex to true, or have Sonarr and Radarr trigger runs"
        )
    return f"{absence}; scan the library there and send the event again, or start a full run"


def named(event: ImportEvent) -> str:
    """The event in words: title, year, ids or rating key, as far as they are known."""
    year = f" ({event.year})" if event.year else ""
    known = [f"{event.title}{year}".strip(), *map(str, event.ids), event.key and f"rating key {event.key}"]
    return ", ".join(word for word in known if word) or "an event without title and ids"


def arr_event(order: Order) -> ImportEvent:
    """The event of the names that begin with arr_; HandledExit where they name nothing."""
    told = told_values(order.rest)
    is_film = told.get("arr_platform", "").lower() == "radarr" or "arr_movie_title" in told
    event = film_event(told) if is_film else show_event(told)
    if not (event.title or event.ids or event.path):
        raise HandledExit(
            ExitCode.BAD_ARGUMENTS, "-ArrTrigger needs a title, an id or a path, such as -arr_movie_title T"
        )
    return event


def told_values(rest: list[str]) -> dict[str, str]:
    """Names without their dash, in lower case, with their values; a name without a value is left out."""
    return {
        name.lstrip("-").lower(): value.strip()
        for name, value in pairwise(rest)
        if name.startswith("-") and not value.startswith("-") and value.strip()
    }


def film_event(told: dict[str, str]) -> ImportEvent:
    return ImportEvent(
        Medium.FILM,
        title=told.get("arr_movie_title", ""),
        year=number(told.get("arr_movie_year")),
        ids=ids(told, Medium.FILM, {Authority.TMDB: "arr_movie_tmdb", Authority.IMDB: "arr_movie_imdb"}),
        path=told.get("arr_movie_path", ""),
        file_path=told.get("arr_moviefile_path", ""),
    )


def show_event(told: dict[str, str]) -> ImportEvent:
    names = {
        Authority.TVDB: "arr_series_tvdb",
        Authority.TMDB: "arr_series_tmdb",
        Authority.IMDB: "arr_series_imdb",
    }
    numbers = (number(part) for part in told.get("arr_episode_numbers", "").split(","))
    return ImportEvent(
        Medium.SHOW,
        title=told.get("arr_series_title", ""),
        year=number(told.get("arr_sonarr_series_year")),
        ids=ids(told, Medium.SHOW, names),
        path=told.get("arr_series_path", ""),
        file_path=told.get("arr_episode_path", ""),
        season=number(told.get("arr_episode_season")),
        episodes=tuple(one for one in numbers if one is not None),
    )


def ids(told: dict[str, str], medium: Medium, names: dict[Authority, str]) -> tuple[ProviderId, ...]:
    """The given ids; 0 and words such as None are none."""
    values = {authority: told.get(name, "") for authority, name in names.items()}
    usable = {
        Authority.IMDB: lambda value: value.startswith("tt") and value[2:].isdecimal(),
    }
    return tuple(
        ProviderId(authority, medium, value)
        for authority, value in values.items()
        if usable.get(authority, lambda value: bool(number(value)))(value)
    )


def number(text: str | None) -> int | None:
    """The whole number in the text, None where it is none."""
    plain = (text or "").strip()
    return int(plain) if plain.isdecimal() and len(plain) < 10 else None


def tautulli_event(order: Order) -> ImportEvent:
    """The event of Tautulli's four values; HandledExit where the rating key for its media type is missing."""
    medium = order.value("mediatype").lower()
    names = RATING_KEYS.get(medium)
    if names is None:
        raise HandledExit(ExitCode.BAD_ARGUMENTS, f"-mediatype must be one of {', '.join(RATING_KEYS)}")
    key = next((order.value(name) for name in names if order.value(name)), "")
    if not key:
        raise HandledExit(ExitCode.BAD_ARGUMENTS, f"-mediatype {medium} needs -{' or -'.join(names)}")
    part = order.value("RatingKey") if medium in ("season", "episode") else ""
    return ImportEvent(Medium.FILM if medium == "movie" else Medium.SHOW, key=key, part_key=part)
