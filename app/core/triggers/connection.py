"""The checks behind a sender's Test button."""

import os
import secrets
from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.config_file import ConfigFile, truthy
from app.core.errors import ConfigUnreadable, Unavailable, reason_of
from app.core.modes import MODES
from app.core.paths import Paths
from app.core.script_file import script_exists
from app.core.script_switches import takes_mode
from app.core.settings.mapping import SERVERS
from app.core.triggers import staging
from app.core.triggers.retries import is_refused
from app.models import ENDED, Origin, Run


@dataclass(frozen=True)
class Check:
    """One check; where it is not `ok`, the message says what to correct."""

    name: str
    ok: bool
    message: str


def connection_checks(
    paths: Paths, config: ConfigFile, script: str, consumes: bool, caller: str, mode: str, last: Run | None
) -> list[dict[str, str | bool]]:
    """Each check as {name, ok, message}; `Unavailable` where no trigger could be stored.

    `mode` is the one in which the sender's triggers run, `last` the last run for one of them.
    """
    try_to_store(paths)
    found = (
        Check("key", True, f"{caller} may post webhooks."),
        Check("watcher", True, "Triggers can be stored in the folder watcher."),
        script_check(script, mode, last),
        server_check(config),
        consumer_check(consumes),
    )
    return [asdict(check) for check in found]


def try_to_store(paths: Paths) -> None:
    """Check that a trigger can be stored, without leaving a file in the folder."""
    try:
        probe = secrets.token_hex(16)
        # Only the staged file goes: in the watcher folder, a file of any name may be a user's.
        staging.stage(paths, probe, probe, b"").path.unlink()
        paths.watcher.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"No trigger can be stored: {reason_of(error)}.") from error
    if not os.access(paths.watcher, os.W_OK | os.X_OK):
        raise Unavailable(
            "No trigger can be stored: the folder watcher cannot be written. Make it writable for the server."
        )


def last_run(session: Session, mode: str) -> Run | None:
    """The newest run for a trigger that has ended."""
    ended = select(Run).where(Run.mode == mode, Run.origin == Origin.WEBHOOK, Run.status.in_(ENDED))
    return session.scalar(ended.order_by(Run.id.desc()).limit(1))


def script_check(script: str, mode: str, last: Run | None) -> Check:
    if not script_exists(script):
        return Check("script", False, "The file that POSTER_SCRIPT names cannot be found.")
    switch = MODES[mode].switches[0]
    try:
        takes = takes_mode(script, mode)
    except OSError as error:
        return Check("script", False, f"The poster script cannot be asked for {switch}: {reason_of(error)}.")
    if takes is False:
        advice = (
            "update it, or use the built-in one without POSTER_SCRIPT" if script else "update this server"
        )
        return Check("script", False, f"The poster script has no {switch}, so every trigger fails: {advice}.")
    return known_script_check(script, switch if takes else None, last)


def known_script_check(script: str, switch: str | None, last: Run | None) -> Check:
    """The answer for a script that has the switch, or of which that is not known."""
    if last and is_refused(last, is_built_in=not script):
        return Check("script", False, f"The script refused the last trigger: {last.reason or 'see its log'}.")
    name = "The poster script" if script else "The built-in script"
    if switch:
        return Check("script", True, f"{name} has the switch {switch}, with which triggers run.")
    return Check("script", True, f"{name} is found; whether it takes triggers shows when the first one runs.")


def server_check(config: ConfigFile) -> Check:
    try:
        used = [name for section, name in SERVERS.items() if truthy(config.setting(section, f"Use{name}"))]
    except ConfigUnreadable as error:
        return Check("media server", False, f"{error.detail}.")
    if not used:
        return Check("media server", False, "config.json uses none of Plex, Jellyfin and Emby.")
    return Check("media server", True, f"config.json uses {' and '.join(used)}.")


def consumer_check(consumes: bool) -> Check:
    if consumes:
        return Check("consumer", True, "This server runs the script for each trigger.")
    return Check("consumer", True, "TRIGGER_CONSUMER is off: something else must take the files of watcher.")
