"""The modes of the poster script, and the command line that starts one."""

import os
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import Invalid

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# PowerShell reads typographic dashes as a dash, too.
DASHES = ("-", "\N{EN DASH}", "\N{EM DASH}", "\N{HORIZONTAL BAR}", "\N{MINUS SIGN}")
BUILT_IN = "app.poster"
EDITING = "app.poster.editing"
PREVIEWING = "app.poster.previewing"
PRICING = "app.poster.pricing"
PACKAGE_HOME = Path(__file__).resolve().parents[2]


FULL_RUN, PLAN, UNDO, VERSION, PREFLIGHT, SYNC = "normal", "plan", "undo", "version", "preflight", "sync"
# Runs of this mode are over when the request for them is answered: no script is started for them.
EDIT = "edit"
NO_PLAN = "only the built-in poster script writes plans: unset POSTER_SCRIPT to use it"
NO_JOURNAL = "only the built-in poster script keeps earlier artwork: unset POSTER_SCRIPT to use it"
NO_SYNC = "only the built-in poster script syncs any two servers: unset POSTER_SCRIPT to use it"
# Another script would not know their switches, and make a full run of each.
NO_PREFLIGHT = "only the built-in poster script draws preflights: unset POSTER_SCRIPT to use it"
BUILT_IN_ONLY = {
    PLAN: NO_PLAN,
    UNDO: NO_JOURNAL,
    VERSION: NO_JOURNAL,
    PREFLIGHT: NO_PREFLIGHT,
    SYNC: NO_SYNC,
}
CLEAN, ONLY, TAKE, UNDO_RUN, STORE = "-Clean", "-Only", "-Take", "-Undo", "-Store"
EXCEPT, FIRST = "-Except", "-First"
# Behind the run of an undo: what came after it is taken back.
AFTER = "-After"
SYNC_SWITCH, SYNC_FROM, SYNC_TO, KINDS, LIBRARIES = "-Sync", "-From", "-To", "-Kinds", "-Libraries"
FILM_POSTER, SHOW_POSTER, TARGET = "-MoviePosterCard", "-ShowPosterCard", "-Target"
TITLE_TEXT = "-Titletext"
DOCTOR, REPAIR = "-Doctor", "-Repair"
FORCE, RESET, WRITE_PLAN = "-ForceReplace", "-LibraryToReset", "-Plan"
RESTORE_LIBRARY, RESTORE_ITEM, RESTORE_TYPE = "-RestoreLibrary", "-RestoreItem", "-RestoreType"


@dataclass(frozen=True)
class RunMode:
    """One way to run: its switches, its log, and the JSON report that it leaves, where it leaves one.

    `must_draw` is true where a run without an image has failed.
    """

    name: str
    switches: tuple[str, ...]
    report: str | None
    log: str = "Scriptlog.log"
    posters_is_total: bool = False
    must_draw: bool = False


MODES = {
    mode.name: mode
    for mode in (
        RunMode(FULL_RUN, (), "normal.json"),
        RunMode("scheduled", ("-UISchedule",), "scheduled.json"),
        RunMode(PLAN, (WRITE_PLAN,), "plan.json", log="Planlog.log"),
        RunMode(PREFLIGHT, ("-Preflight",), "preflight.json", log="Preflightlog.log"),
        RunMode("testing", ("-Testing",), "testing.json", log="Testinglog.log"),
        RunMode("manual", ("-Manual",), "manual.json", "Manuallog.log", True, must_draw=True),
        RunMode("backup", ("-Backup",), "backup.json", posters_is_total=True),
        RunMode("restore", ("-Restore",), "restore.json"),
        RunMode(SYNC, (SYNC_SWITCH,), "sync.json", posters_is_total=True),
        RunMode("syncjelly", ("-SyncJelly",), "syncjelly.json", posters_is_total=True),
        RunMode("syncemby", ("-SyncEmby",), "syncemby.json", posters_is_total=True),
        RunMode("reset", ("-PosterReset",), "reset.json"),
        RunMode("logoupdater", ("-LogoUpdater",), "logoupdater.json", posters_is_total=True),
        RunMode("logorevert", ("-LogoRevert",), "logorevert.json"),
        RunMode("tautulli", ("-Tautulli",), "tautulli.json", posters_is_total=True),
        RunMode("arr", ("-ArrTrigger",), "arr.json", posters_is_total=True),
        # Their arguments begin with the value of the switch: a run, and a SHA-256.
        RunMode(UNDO, (UNDO_RUN,), "undo.json"),
        RunMode(VERSION, ("-Version",), "version.json"),
    )
}

VALUE_NAMES = frozenset(
    (
        FIRST,
        "-PicturePath",
        TITLE_TEXT,
        "-FolderName",
        "-LibraryName",
        "-SeasonPosterName",
        "-EPTitleName",
        "-EpisodeNumber",
        TARGET,
        "-RatingKey",
        "-parentratingkey",
        "-grandparentratingkey",
        "-mediatype",
        "-Changed",
        RESET,
        *(RESTORE_LIBRARY, RESTORE_ITEM, RESTORE_TYPE),
        ONLY,
        EXCEPT,
        TAKE,
        UNDO_RUN,
        *(SYNC_FROM, SYNC_TO, KINDS, LIBRARIES),
    )
)
SWITCHES = frozenset(
    (
        *("-SeasonPoster", "-TitleCard", "-CollectionCard", "-BackgroundCard"),
        *(FORCE, CLEAN, AFTER, SYNC_SWITCH, FILM_POSTER, SHOW_POSTER),
        # Behind -Plan they say of what the plan is.
        *("-Backup", "-Restore", "-SyncJelly", "-SyncEmby", "-PosterReset"),
    )
)
ARR_NAME = re.compile(r"-arr_[A-Za-z0-9_]{1,64}")


def known_mode(name: str) -> RunMode:
    if name not in MODES:
        raise Invalid(f"Invalid mode: {name[:64]}. There are {', '.join(MODES)}.")
    return MODES[name]


def script_command(script: str, built_in: str = BUILT_IN) -> list[str]:
    """The command that starts a script: "" is the built-in one, or a part of it."""
    if not script:
        return [sys.executable, "-m", built_in]
    if script.lower().endswith(".ps1"):
        return ["pwsh", "-File", script]
    return [sys.executable, script] if script.lower().endswith(".py") else [script]


def script_environment(script: str, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment of the script; the built-in one finds its package from any folder, and only there."""
    if script:
        return dict(environment)
    places = [str(PACKAGE_HOME), *filter(None, [environment.get("PYTHONPATH")])]
    return {**environment, "PYTHONPATH": os.pathsep.join(places), "PYTHONSAFEPATH": "1"}


def command_line(script: str, mode: str, arguments: Iterable[str]) -> list[str]:
    """The words that start a run; ValueError where the script has no such mode."""
    if script and mode in BUILT_IN_ONLY:
        raise ValueError(BUILT_IN_ONLY[mode])
    return [*script_command(script), *known_mode(mode).switches, *harmless_arguments(arguments)]


def harmless_arguments(arguments: Iterable[str]) -> list[str]:
    """The arguments, with every word escaped that is not a switch or a name which a mode takes."""
    safe, awaits_value = [], False
    for word in arguments:
        is_name = not awaits_value and (word in VALUE_NAMES or bool(ARR_NAME.fullmatch(word)))
        keeps = is_name or (not awaits_value and word in SWITCHES)
        safe.append(word if keeps else harmless_argument(word))
        awaits_value = is_name
    return safe


def harmless_argument(value: str) -> str:
    """A value that no script reads as a switch: no control character, no leading dash."""
    plain = plain_text(value)
    return f" {plain}" if plain.startswith(DASHES) else plain


def plain_text(value: str) -> str:
    """A text without what a command line or a database does not take: control characters, half characters."""
    return CONTROL.sub("", str(value)).encode("utf-8", "replace").decode()
