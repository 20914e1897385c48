"""The command line, read the way PowerShell reads the same switches."""

import json
import re
from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

SWITCHES = (
    *("Manual", "Testing", "Tautulli", "ArrTrigger", "Backup", "Restore", "Sync", "SyncJelly", "SyncEmby"),
    *("PosterReset", "LogoUpdater", "LogoRevert", "ForceReplace", "GatherLogs", "dev", "Help"),
    *("SeasonPoster", "TitleCard", "CollectionCard", "BackgroundCard", "MoviePosterCard", "ShowPosterCard"),
    *("UISchedule", "ContainerSchedule", "Plan", "NotifyTest", "Preflight", "Store", "Clean"),
    *("Doctor", "Repair", "After"),
)
STRINGS = (
    *("PicturePath", "Titletext", "FolderName", "LibraryName"),
    *("SeasonPosterName", "EPTitleName", "EpisodeNumber", "Target"),
    *("RatingKey", "parentratingkey", "grandparentratingkey", "mediatype"),
    "Changed",
    "First",
    *("LibraryToReset", "RestoreLibrary", "RestoreItem", "RestoreType"),
    *("Undo", "Version", "Only", "Except", "Take"),
    *("From", "To", "Kinds", "Libraries", "Inquire"),
)
# These values are lists of asset paths.
LISTS = ("Only", "Except", "Take")
FEW = re.compile(r"[1-9][0-9]{0,2}")


class Mode(Enum):
    """One way to run: the text of its running file, its log, and its JSON file where it has one.

    A mode that rotates moves the logs of earlier runs away and begins ImageChoices.csv anew.
    """

    MANUAL = ("Manual", "Manuallog.log", "manual")
    TESTING = ("Testing", "Testinglog.log", "testing")
    TAUTULLI = ("Tautulli", "Scriptlog.log", "tautulli")
    ARR = ("arr", "Scriptlog.log", "arr")
    BACKUP = ("Backup", "Scriptlog.log", "backup")
    RESTORE = ("Restore", "Scriptlog.log", "restore")
    SYNC = ("Sync", "Scriptlog.log", "sync")
    SYNC_JELLY = ("SyncJelly", "Scriptlog.log", "syncjelly")
    SYNC_EMBY = ("SyncEmby", "Scriptlog.log", "syncemby")
    RESET = ("Reset", "Scriptlog.log", "reset")
    LOGO_UPDATER = ("LogoUpdater", "Scriptlog.log", "logoupdater")
    LOGO_REVERT = ("LogoRevert", "Scriptlog.log", "logorevert")
    GATHER_LOGS = ("GatherLogs", "Scriptlog.log", None)
    SCHEDULED = ("Normal", "Scriptlog.log", "scheduled")
    NORMAL = ("Normal", "Scriptlog.log", "normal")
    PLAN = ("Plan", "Planlog.log", "plan", False)
    PREFLIGHT = ("Preflight", "Preflightlog.log", "preflight", False)
    UNDO = ("Undo", "Scriptlog.log", "undo")
    VERSION = ("Version", "Scriptlog.log", "version")

    def __init__(self, word: str, log: str, summary: str | None, rotates: bool = True):
        self.word = word
        self.log = log
        self.summary = summary
        self.rotates = rotates


# The first switch of this list that is set decides, as in the script this one replaces.
MODE_OF_SWITCH = {
    "Manual": Mode.MANUAL,
    "Testing": Mode.TESTING,
    "Plan": Mode.PLAN,
    "Preflight": Mode.PREFLIGHT,
    "Undo": Mode.UNDO,
    "Version": Mode.VERSION,
    "Tautulli": Mode.TAUTULLI,
    "ArrTrigger": Mode.ARR,
    "Backup": Mode.BACKUP,
    "Restore": Mode.RESTORE,
    "Sync": Mode.SYNC,
    "SyncJelly": Mode.SYNC_JELLY,
    "SyncEmby": Mode.SYNC_EMBY,
    "PosterReset": Mode.RESET,
    "LogoUpdater": Mode.LOGO_UPDATER,
    "LogoRevert": Mode.LOGO_REVERT,
    "GatherLogs": Mode.GATHER_LOGS,
    "UISchedule": Mode.SCHEDULED,
    "ContainerSchedule": Mode.SCHEDULED,
}


# Only these list every library, so that they know what no library has any more.
WITH_CLEAN_UP = (Mode.NORMAL, Mode.SCHEDULED, Mode.PLAN)
# Behind -Plan they make it the plan of something else.
OTHER_PLANS = {
    "Backup",
    "Restore",
    "Sync",
    "SyncJelly",
    "SyncEmby",
    "PosterReset",
    "LogoUpdater",
    "LogoRevert",
}


class BadArguments(ValueError):
    """A command line that cannot be understood."""


@dataclass
class Order:
    """What the command line asks for; names are spelled as in SWITCHES and STRINGS."""

    switches: set[str] = field(default_factory=set)
    values: dict[str, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    lists: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def mode(self) -> Mode:
        given = self.switches | self.values.keys()
        return next((mode for name, mode in MODE_OF_SWITCH.items() if name in given), Mode.NORMAL)

    def value(self, name: str) -> str:
        """The value without blanks at its ends, empty when it was not given."""
        return self.values.get(name, "").strip()

    def paths(self, name: str) -> frozenset[str]:
        """The asset paths of a name in LISTS, none when it was not given."""
        return self.lists.get(name, frozenset())


def parse(tokens: list[str]) -> Order:
    """Read the arguments; only ArrTrigger may bring names that are not ours, which land in `rest`."""
    order, waiting = Order(), deque(map(printable, tokens))
    while waiting:
        take(order, waiting.popleft(), waiting)
    if order.rest and "ArrTrigger" not in order.switches:
        raise BadArguments(f"Unknown argument: {order.rest[0]}")
    if "Clean" in order.switches and order.mode not in WITH_CLEAN_UP:
        raise BadArguments(f"-Clean belongs to a full run or a plan, not to the mode {order.mode.word}")
    refuse_misplaced_lists(order)
    if "After" in order.switches and "Undo" not in order.values:
        raise BadArguments("-After belongs to -Undo")
    if "Repair" in order.switches and "Doctor" not in order.switches:
        raise BadArguments("-Repair belongs to -Doctor")
    order.lists = {name: listed_paths(name, order.value(name)) for name in LISTS if name in order.values}
    return order


def refuse_misplaced_lists(order: Order) -> None:
    """BadArguments for a list that the mode would pass over: then the run would do more than was asked."""
    is_full = order.mode in WITH_CLEAN_UP and not order.switches & OTHER_PLANS and "Undo" not in order.values
    if "Except" in order.values and not is_full:
        raise BadArguments("-Except belongs to a full run or the plan of one")
    if "Titletext" in order.values and is_full and "Only" not in order.values:
        raise BadArguments("-Titletext belongs to -Manual, or to a full run with -Only")
    if "Only" in order.values and not is_full and not order.values.keys() & {"Undo", "Version"}:
        raise BadArguments("-Only belongs to a full run, the plan of one, -Undo or -Version")
    if "First" in order.values and not is_full:
        raise BadArguments("-First belongs to a full run or the plan of one")
    if not FEW.fullmatch(order.values.get("First", "1")):
        raise BadArguments("-First needs a whole number from 1 to 999")


def listed_paths(name: str, text: str) -> frozenset[str]:
    """The paths of a JSON array, or of the lines of the file that is named behind an "@"."""
    try:
        is_file = text.startswith("@")
        paths = Path(text[1:]).read_text("utf-8").splitlines() if is_file else json.loads(text)
    except OSError as error:
        raise BadArguments(f"-{name}: {text[1:]} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError):
        paths = None
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise BadArguments(f"-{name} needs a JSON array of paths, or @FILE with one UTF-8 path on each line")
    return frozenset(filter(None, paths))


def printable(token: str) -> str:
    """The token with bytes that are no UTF-8 replaced, so that it can be drawn and logged."""
    return token.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def take(order: Order, token: str, waiting: deque[str]) -> None:
    name, attached = known_name(token)
    if name is None:
        order.rest.append(token)
    elif name in SWITCHES:
        set_switch(order, name, attached)
    else:
        set_value(order, name, next_value(name, waiting) if attached is None else attached)


def known_name(token: str) -> tuple[str | None, str | None]:
    """The full name that the token stands for and a value attached by a colon, each None if there is none."""
    if not token.startswith("-"):
        return None, None
    word, colon, attached = token.removeprefix("-").removeprefix("-").partition(":")
    return (name, attached if colon else None) if (name := full_name(word)) else (None, None)


def full_name(word: str) -> str | None:
    """The one switch or string that the word names or begins, in upper or lower case."""
    names = [name for name in (*SWITCHES, *STRINGS) if word and name.lower().startswith(word.lower())]
    exact = [name for name in names if len(name) == len(word)]
    if len(names) > 1 and not exact:
        raise BadArguments(f"Ambiguous argument: -{word} may mean {', '.join(names)}")
    return next(iter(exact or names), None)


def next_value(name: str, waiting: deque[str]) -> str:
    if not waiting or known_name(waiting[0])[0]:
        raise BadArguments(f"-{name} needs a value")
    return waiting.popleft()


def set_switch(order: Order, name: str, attached: str | None) -> None:
    state = (attached or "$true").lower()
    if state not in ("$true", "$false", "true", "false"):
        raise BadArguments(f"-{name} takes $true or $false, not {attached}")
    if state.endswith("true"):
        order.switches.add(name)


def set_value(order: Order, name: str, value: str) -> None:
    if name in order.values:
        raise BadArguments(f"-{name} is given twice")
    order.values[name] = value
