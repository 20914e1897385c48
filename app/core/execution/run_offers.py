"""Which modes a caller can start now: what the poster script has, and what it has a source for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from app.core.config_file import ConfigFile, truthy
from app.core.errors import ConfigUnreadable, Conflict, Invalid, reason_of
from app.core.execution.exchange_requests import EXCHANGE_FIELDS, EXCHANGE_SWITCHES
from app.core.execution.run_requests import STARTABLE
from app.core.modes import BUILT_IN_ONLY, CLEAN, FULL_RUN, MODES, NO_JOURNAL, PLAN, UNDO, VERSION
from app.core.script_file import script_exists
from app.core.script_switches import built_in_switches, takes_mode
from app.core.settings.mapping import SERVERS

NOTHING_NAMED: Mapping[str, str] = {}


class Obstacle(NamedTuple):
    """Why something cannot be started now: a sentence, and what pages say in place of it."""

    code: str
    sentence: str
    values: Mapping[str, str] = NOTHING_NAMED


NO_SCRIPT = Obstacle(
    "no_script", "The file that POSTER_SCRIPT names cannot be found: correct it, or leave it out."
)
NO_SOURCE = (
    "No source of films and shows is set: set UsePlex, UseJellyfin or UseEmby to true in config.json, "
    "or MEDIA_PATH to a folder whose sub-folders are libraries."
)
NO_SERVER = (
    "A folder of media, such as that of the demo, shows no pictures: this needs a media server. Set UsePlex, "
    "UseJellyfin or UseEmby to true in config.json."
)
WITHOUT_SOURCE = ("testing", UNDO, VERSION)
FULL_RUN_FIELDS = ("take", "clean")
OF_A_LIBRARY = ("reset", "logoupdater", "logorevert")
# The fields that a request for a run in the mode may have, and the switch that each becomes.
FIELDS = {FULL_RUN: FULL_RUN_FIELDS, PLAN: FULL_RUN_FIELDS, **EXCHANGE_FIELDS}
SWITCHES = {"clean": CLEAN, **EXCHANGE_SWITCHES}


@dataclass(frozen=True)
class RunOffer:
    """A mode, whether it can be started now, and what to do where it cannot.

    `fields` are those that a request for a run in this mode may have and the script understands. By `code`
    and `values` pages say the reason.
    """

    mode: str
    available: bool
    reason: str = ""
    fields: tuple[str, ...] = ()
    code: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def run_offers(script: str, config: ConfigFile, has_folder: bool) -> list[RunOffer]:
    """An offer for each mode that people ask for; `has_folder` is whether a media folder is set."""
    if script:
        return [offer(script, mode, missing_mode(script, mode)) for mode in STARTABLE]
    return [
        offer(script, mode, missing_mode(script, mode) or missing_source(config, has_folder, mode))
        for mode in dict.fromkeys((*STARTABLE, *BUILT_IN_ONLY))
    ]


def library_offers(script: str, config: ConfigFile, has_folder: bool) -> list[RunOffer]:
    """An offer for each mode whose request names a library; see `run_offers`."""
    return [
        offer(
            script,
            mode,
            missing_mode(script, mode) or (None if script else missing_source(config, has_folder, mode)),
        )
        for mode in OF_A_LIBRARY
    ]


def offer(script: str, mode: str, obstacle: Obstacle | None) -> RunOffer:
    if obstacle:
        return RunOffer(mode, False, obstacle.sentence, code=obstacle.code, values=obstacle.values)
    names = FIELDS.get(mode, ())
    known = tuple(name for name in names if not missing_switch(script, SWITCHES[name]))
    return RunOffer(mode, True, fields=known)


def missing_switch(script: str, switch: str) -> str:
    """Why the script cannot be given a switch of the built-in one; "" where it can."""
    if script:
        return f"{switch}: {NO_JOURNAL}."
    try:
        known = switch in built_in_switches()
    except OSError as error:
        return f"The poster script cannot be asked for {switch}: {reason_of(error)}."
    return "" if known else f"The built-in poster script has no {switch}."


def require_switch(script: str, switch: str) -> None:
    """Raise `Conflict` where the poster script lacks a switch of the built-in one."""
    if reason := missing_switch(script, switch):
        raise Conflict(reason)


def require_fields(script: str, mode: str, fields: Mapping[str, Any]) -> None:
    """Raise `Invalid` for a field that the mode has no use for, `Conflict` for one that the script lacks."""
    for name in filter(fields.get, SWITCHES):
        if name not in FIELDS.get(mode, ()):
            modes = ", ".join(known for known, names in FIELDS.items() if name in names)
            raise Invalid(f"The field {name} goes with these modes only: {modes}.")
        require_switch(script, SWITCHES[name])


def require_mode(script: str, mode: str) -> None:
    """Raise `Conflict` where the poster script says that it has no such mode."""
    if obstacle := missing_mode(script, mode):
        raise Conflict(obstacle.sentence)


def missing_mode(script: str, mode: str) -> Obstacle | None:
    """Why the script cannot run in that mode; None where it can, or where it does not say."""
    if not script_exists(script):
        return NO_SCRIPT
    if script and mode in BUILT_IN_ONLY:
        return Obstacle("built_in_only", f"Mode {mode}: {BUILT_IN_ONLY[mode]}.")
    if mode not in MODES or not MODES[mode].switches:
        return None
    switch = MODES[mode].switches[0]
    try:
        takes = takes_mode(script, mode)
    except OSError as error:
        return unanswered(switch, reason_of(error))
    return no_switch(script, switch, mode) if takes is False else None


def unanswered(switch: str, reason: str) -> Obstacle:
    sentence = f"The poster script cannot be asked for {switch}: {reason}."
    return Obstacle("unanswered", sentence, {"switch": switch, "reason": reason})


def no_switch(script: str, switch: str, mode: str) -> Obstacle:
    name = "poster script" if script else "built-in poster script"
    sentence = f"The {name} has no {switch}, so a run in mode {mode} would fail."
    return Obstacle("no_switch", sentence, {"switch": switch})


def missing_source(config: ConfigFile, has_folder: bool, mode: str) -> Obstacle | None:
    """What to set where no media server and no folder is there to run over."""
    needs_server = mode in EXCHANGE_FIELDS or mode in OF_A_LIBRARY
    if mode in WITHOUT_SOURCE or (has_folder and not needs_server):
        return None
    try:
        used = [name for section, name in SERVERS.items() if truthy(config.setting(section, f"Use{name}"))]
    except ConfigUnreadable as error:
        return Obstacle("config", f"{error.detail}.", {"reason": error.detail})
    if used:
        return None
    return Obstacle("no_server", NO_SERVER) if has_folder else Obstacle("no_source", NO_SOURCE)
