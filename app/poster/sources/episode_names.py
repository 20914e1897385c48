"""Season, numbers and title of an episode, in the name of its file."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from app.poster.sources.folder_names import RELEASE_WORD, readable_name
from app.poster.sources.written_ids import without_ids

MOST_IN_FILE = 30
BEFORE = r"(?<![a-z0-9])"
# What may stand between the numbers of one file; with a hyphen the second number may end a range.
NEXT = r"(?:\s*(?P<mark>[-+&~])\s*|[ ._]?)"
NUMBERED = re.compile(
    BEFORE
    + r"s(?:eason)?[ ._-]*(?P<season>\d{1,4})[ ._x-]*(?:ep?|episode)[ ._-]*"
    + r"(?P<first>\d{1,4})(?!\d)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
CROSSED = re.compile(
    BEFORE + r"(?P<season>\d{1,2})x(?P<first>\d{2,4})(?![\dpi])(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
FURTHER = (
    re.compile(NEXT + r"s\d{1,4}[ ._x-]*(?:ep?)[ ._-]*(?P<number>\d{1,4})(?![\dpi])", re.IGNORECASE),
    re.compile(NEXT + r"(?:ep?)[ ._-]?(?P<number>\d{1,4})(?![\dpi])", re.IGNORECASE),
    re.compile(NEXT + r"\d{1,2}x(?P<number>\d{2,4})(?![\dpi])", re.IGNORECASE),
    re.compile(r"(?P<mark>-)(?P<number>\d{2,4})(?![\dpik]|\.\d)", re.IGNORECASE),
)
CROSSED_FURTHER = re.compile(r"(?P<mark>-?)x(?P<number>\d{2,4})(?![\dpi])", re.IGNORECASE)
DATED = (
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[ ._-](?P<month>\d\d)[ ._-](?P<day>\d\d)(?!\d)(?P<rest>.*)", re.DOTALL
    ),
    re.compile(
        r"(?<!\d)(?P<day>\d\d)[ ._-](?P<month>\d\d)[ ._-](?P<year>(?:19|20)\d\d)(?!\d)(?P<rest>.*)", re.DOTALL
    ),
    re.compile(
        r"(?<!\d)(?P<month>\d\d)[ ._-](?P<day>\d\d)[ ._-](?P<year>(?:19|20)\d\d)(?!\d)(?P<rest>.*)", re.DOTALL
    ),
)
# Numbers without a season: "Show - 012 [1080p]", "Show Ep. 7", "07 - Title", "Show (Part 2)".
ALONE = (
    re.compile(
        BEFORE + r"(?:episode|ep|folge|e)[ ._-]*(?P<first>\d{1,4})(?:v\d)?(?![\dpi])(?P<rest>.*)",
        re.IGNORECASE,
    ),
    re.compile(r"[ ._]-[ ._](?P<first>\d{1,4})(?:v\d)?(?=$|[ ._\[(-])(?P<rest>.*)", re.IGNORECASE),
    re.compile(r"^(?P<first>\d{1,3})(?:v\d)?(?=$|[ ._-]*-[ ._-]|[._ ]+\D)(?P<rest>.*)", re.IGNORECASE),
    re.compile(r"(?<=[ ._])(?P<first>\d{2,4})(?:v\d)?(?P<rest>\s*(?:[\[({].*)?)$", re.IGNORECASE),
    re.compile(r"(?<=[ ._])#(?P<first>\d{1,4})(?P<rest>.*)"),
    re.compile(BEFORE + r"(?:part|pt)[ ._-]*(?P<first>\d{1,2})(?!\d)(?P<rest>.*)", re.IGNORECASE),
)
BRACKETS = re.compile(r"\[[^\[\]]*\]|\{[^{}]*\}|\((?:[^()]*\d{3,4}p[^()]*)\)")
YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class EpisodeName:
    """The episode that a file's name stands for.

    `season` is None where neither name nor folder contains it; `numbers` are several for a file of several
    episodes. `aired` is set where the name has a date in place of a number: then `season` is its year, and
    the number is made of month and day (105 for 5 January), which no provider knows.
    """

    season: int | None
    numbers: tuple[int, ...]
    title: str = ""
    aired: date | None = None


def episode_of_name(stem: str, folder_season: int | None = None) -> EpisodeName | None:
    """The episode of a file without its extension; `folder_season` is the number of the folder it lies in.

    None where the plain patterns do not fit.
    """
    name = without_ids(stem)
    readers: tuple[Callable[[str, int | None], EpisodeName | None], ...] = (
        read_numbered,
        read_dated,
        read_alone,
    )
    return next(filter(None, (read(name, folder_season) for read in readers)), None)


def is_numbered(stem: str) -> bool:
    """Whether the name has season and episode, or a date, so that no film is named like this."""
    return bool(read_numbered(stem, None) or read_dated(stem, None))


def read_numbered(name: str, folder_season: int | None) -> EpisodeName | None:
    found = NUMBERED.search(name) or CROSSED.search(name)
    if not found:
        return None
    further = FURTHER if found.re is NUMBERED else (CROSSED_FURTHER, *FURTHER)
    numbers, rest = numbers_from(int(found["first"]), found["rest"], further)
    return EpisodeName(int(found["season"]), numbers, title_after(rest))


def numbers_from(first: int, rest: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[tuple[int, ...], str]:
    """All numbers of the file, and the text behind them."""
    numbers = [first]
    while found := next(filter(None, (pattern.match(rest) for pattern in patterns)), None):
        number = int(found["number"])
        if not numbers[-1] < number <= numbers[-1] + MOST_IN_FILE:
            break
        is_range = found["mark"] == "-"
        numbers.extend(range(numbers[-1] + 1, number + 1) if is_range else [number])
        rest = rest[found.end() :]
    return tuple(numbers), rest


def read_dated(name: str, folder_season: int | None) -> EpisodeName | None:
    for pattern in DATED:
        found = pattern.search(name)
        aired = day_of(found) if found else None
        if found and aired:
            return EpisodeName(
                aired.year, (aired.month * 100 + aired.day,), title_after(found["rest"]), aired
            )
    return None


def day_of(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def read_alone(name: str, folder_season: int | None) -> EpisodeName | None:
    plain = BRACKETS.sub(" ", name).strip() or name
    for pattern in ALONE:
        found = pattern.search(plain)
        if found and not (pattern is ALONE[3] and int(found["first"]) in YEARS):
            season, number = season_in_number(int(found["first"]), folder_season)
            return EpisodeName(season, (number,), title_after(found["rest"]))
    return None


def season_in_number(number: int, folder_season: int | None) -> tuple[int | None, int]:
    """Kodi's "102" in the folder of season 1 is episode 2."""
    if folder_season and number >= 100 and number // 100 == folder_season and number % 100:
        return folder_season, number % 100
    return folder_season, number


def title_after(rest: str) -> str:
    """The title behind the numbers, up to where the release's own words begin; "" for none."""
    plain = BRACKETS.sub(" ", rest)
    word = RELEASE_WORD.search(plain)
    title = readable_name(plain[: word.start()] if word else plain).strip("()[]")
    return title if any(map(str.isalpha, title)) else ""
