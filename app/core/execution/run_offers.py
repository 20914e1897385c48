"""Which modes a caller can start now: what the poster script has, and what it has a source for."""

from dataclasses import dataclass

from app.core.config_file import ConfigFile, truthy
from app.core.errors import ConfigUnreadable, Conflict, reason_of
from app.core.execution.run_requests import STARTABLE
from app.core.modes import MODES, PLAN
from app.core.script_file import script_exists
from app.core.script_switches import takes_mode
from app.core.settings.mapping import SERVERS

NO_SOURCE = (
    "No source of films and shows is set: set UsePlex, UseJellyfin or UseEmby to true in config.json, "
    "or MEDIA_PATH to a folder whose sub-folders are libraries."
)
WITHOUT_SOURCE = ("testing",)


@dataclass(frozen=True)
class RunOffer:
    """A mode, whether it can be started now, and what to do where it cannot."""

    mode: str
    available: bool
    reason: str = ""


def run_offers(script: str, config: ConfigFile, has_folder: bool) -> list[RunOffer]:
    """An offer for each mode that needs no arguments; `has_folder` is whether a media folder is set."""
    if script:
        return [offer(mode, missing_mode(script, mode)) for mode in STARTABLE]
    modes = (*STARTABLE, PLAN)
    return [
        offer(mode, missing_mode(script, mode) or missing_source(config, has_folder, mode)) for mode in modes
    ]


def offer(mode: str, reason: str) -> RunOffer:
    return RunOffer(mode, not reason, reason)


def require_mode(script: str, mode: str) -> None:
    """Raise `Conflict` where the poster script says that it has no such mode."""
    if reason := missing_mode(script, mode):
        raise Conflict(reason)


def missing_mode(script: str, mode: str) -> str:
    """Why the script cannot run in that mode; "" where it can, or where it does not say."""
    if not script_exists(script):
        return "The file that POSTER_SCRIPT names cannot be found: correct it, or leave it out."
    if mode not in MODES or not MODES[mode].switches:
        return ""
    switch = MODES[mode].switches[0]
    try:
        takes = takes_mode(script, mode)
    except OSError as error:
        return f"The poster script cannot be asked for {switch}: {reason_of(error)}."
    name = "poster script" if script else "built-in poster script"
    return "" if takes is not False else f"The {name} has no {switch}, so a run in mode {mode} would fail."


def missing_source(config: ConfigFile, has_folder: bool, mode: str) -> str:
    """What to set where no media server and no folder is there to run over."""
    if mode in WITHOUT_SOURCE or has_folder:
        return ""
    try:
        used = [name for section, name in SERVERS.items() if truthy(config.setting(section, f"Use{name}"))]
    except ConfigUnreadable as error:
        return f"{error.detail}."
    return "" if used else NO_SOURCE
