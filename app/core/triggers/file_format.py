"""The files of watcher/: their names, their lines, and the events that they hold."""

import re
import stat
from datetime import datetime
from pathlib import Path

from app.core.errors import Invalid
from app.core.senders.event import Event, Ignored
from app.core.senders.fields import NUMBERS, event_of
from app.core.senders.parts import harmless_text
from app.core.senders.tautulli import known_values, read_item

SUFFIX = ".posterizarr"
PREFIXES = {"arr": "recently_added", "tautulli": "tautulli_trigger"}
LARGEST_FILE = 512 * 1024
# Start.ps1 takes all up to the last "]: " for the key, and loses a title that has one.
LINE_END = re.compile(r"[\r\n]+")
LINE = re.compile(r"\[([^\[\]]+)\]: (.+)")
ARR_KEY = re.compile(r"arr_[A-Za-z0-9_]{1,64}|event")
# The other events for which Sonarr and Radarr call a user's script; an unknown one counts as an import.
OTHER_EVENTS = frozenset(
    (
        *("Test", "Grab", "Rename", "SeriesAdd", "SeriesDelete", "EpisodeFileDelete"),
        *("MovieAdded", "MovieDelete", "MovieFileDelete", "Health", "HealthIssue", "HealthRestored"),
        *("ApplicationUpdate", "ManualInteractionRequired"),
    )
)
# The valid numbers of a line; other programs write "None" and 0 for unknown ones.
NUMBER_KEYS = {
    "arr_episode_season": re.compile(r"[0-9]{1,5}"),
    "arr_episode_numbers": NUMBERS,
    **dict.fromkeys(
        ("arr_series_tvdb", "arr_series_tmdb", "arr_movie_tmdb", "arr_moviefile_id"),
        re.compile(r"0*[1-9][0-9]{0,12}"),
    ),
    **dict.fromkeys(("arr_sonarr_series_year", "arr_movie_year"), re.compile(r"[1-9][0-9]{0,3}")),
    **dict.fromkeys(("arr_series_imdb", "arr_movie_imdb"), re.compile(r"(tt)?0*[1-9][0-9]{0,11}")),
}


def trigger_file_name(event: Event, moment: datetime, token: str) -> str:
    """The name as upstream gives it; the moment is one in the zone of the settings, as Start.ps1 reads it."""
    stamp = f"{moment:%Y%m%d%H%M%S}{moment.microsecond // 1000:03}"
    return f"{PREFIXES[event.kind]}_{stamp}_{token}{SUFFIX}"


def content(event: Event) -> bytes:
    return "".join(f"[{key}]: {value}\n" for key, value in event.fields).encode()


def read_trigger(path: Path) -> Event | Ignored:
    """The event of a file, ours or one of ArrTrigger.sh or trigger.py; `Invalid` where it names no item."""
    text = read_text(path)
    pairs = [found.groups() for line in LINE_END.split(text) if (found := LINE.fullmatch(line))]
    # Start.ps1 decides in the same way.
    if "arr_" in text:
        return read_arr_lines(arr_lines(pairs))
    return read_item(known_values(dict(pairs)))


def read_arr_lines(lines: list[tuple[str, str]]) -> Event | Ignored:
    name = dict(lines).get("event", "")
    return Ignored(f"Ignored event type: {name}") if name in OTHER_EVENTS else event_of(lines)


def read_text(path: Path) -> str:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE:
        raise Invalid(f"{path.name} is no trigger file: it is too large, or no regular file.")
    return path.read_bytes().decode("utf-8-sig", "replace")


def arr_lines(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines of an Arr file whose key the script can be given, each key once."""
    known = {key: harmless_text(value) for key, value in pairs if ARR_KEY.fullmatch(key)}
    return [(key, value) for key, value in known.items() if is_told(key, value)]


def is_told(key: str, value: str) -> bool:
    return key not in NUMBER_KEYS or bool(NUMBER_KEYS[key].fullmatch(value))
