"""The parts of an existing data folder that the server uses where they are: settings, schedules, folders."""

from collections.abc import Collection, Iterable
from pathlib import Path

from app.core.access.credentials import login_required
from app.core.assets.roots import PLACES, AssetRoots
from app.core.config_file import ConfigFile, truthy
from app.core.errors import ConfigUnreadable
from app.core.overlay_files import overlay_files
from app.core.paths import Paths, replacing
from app.core.schedule.schedule_file import ScheduleFile, SchedulesUnreadable
from app.core.schedule.schedules import timetable
from app.core.settings.login_and_folder_checks import LoginAndFolderChecks
from app.core.settings.mistakes import findings
from app.core.settings.overlay_checks import missing_files
from app.core.takeover.part_outcome import PartOutcome, PartState
from app.core.triggers.watched import trigger_files

VARIABLES = {"assets": "ASSET_PATH", "manual": "MANUAL_ASSET_PATH", "backup": "BACKUP_PATH"}
SCHEDULES_BEFORE = "scheduler_before_takeover.json"


def settings_in_place(config: ConfigFile, paths: Paths, has_admin_password: bool) -> PartOutcome:
    """config.json: how many settings it has, and what is wrong with them."""
    try:
        values = config.values()
    except ConfigUnreadable as error:
        return PartOutcome(PartState.FAILED, notes=[f"{error}."], advice="Correct config.json.")
    count = sum(len(section) for section in values.values() if isinstance(section, dict))
    outcome = PartOutcome(PartState.IN_PLACE, taken=count)
    checks = LoginAndFolderChecks(paths.data, has_admin_password=has_admin_password)
    for finding in [*findings(values, checks), *missing_files(values, paths.overlays)]:
        outcome.note(f"{'.'.join(filter(None, finding[:2]))} {finding.message}")
    if outcome.notes:
        outcome.advice = "posterizarr config check lists what config.json should say."
    if not login_required(config):
        outcome.note("The login is off (WebUI.basicAuthEnabled): pages and local callers need no password.")
    return outcome


def schedules_in_place(file: ScheduleFile, run_times: Iterable[str], zone: str) -> PartOutcome:
    """scheduler.json: how many entries it has, and which of them are not in force, and why."""
    if not file.path.is_file():
        return PartOutcome(PartState.ABSENT)
    try:
        values = file.values()
    except SchedulesUnreadable as error:
        return PartOutcome(PartState.FAILED, notes=[str(error)], advice="Correct scheduler.json.")
    table = timetable(values, run_times, zone)
    outcome = PartOutcome(PartState.IN_PLACE, taken=len(values["schedules"]))
    for problem in table.problems:
        outcome.note(str(problem))
    if not truthy(values["enabled"]) and outcome.taken:
        outcome.note("The schedules are switched off.")
    if values["timezone"] != table.zone.key:
        outcome.note(f"Times are those of {table.zone.key}; scheduler.json names {values['timezone']}.")
    return outcome


def keep_schedules(file: ScheduleFile, paths: Paths) -> None:
    """Copy scheduler.json once, before the scheduler writes its next run into it."""
    copy = paths.config_backups / SCHEDULES_BEFORE
    if not file.path.is_file() or copy.exists():
        return
    copy.parent.mkdir(mode=0o700, exist_ok=True)
    with replacing(copy, mode=0o600) as target:
        target.write(file.path.read_bytes())


def artwork_in_place(roots: AssetRoots) -> PartOutcome:
    """The folders of artwork that config.json or the environment names, and which of them are not there."""
    outcome = PartOutcome(PartState.IN_PLACE)
    missing = []
    for name, place in PLACES.items():
        try:
            path = roots.path(name)
        except ConfigUnreadable:
            return PartOutcome(PartState.FAILED, notes=["config.json cannot be read."])
        is_there = path is not None and path.is_dir()
        outcome.taken += is_there
        outcome.note(f"{place.setting} is {path}." if is_there else f"{place.setting}: {missing_text(path)}.")
        missing += [] if is_there else [VARIABLES[name]]
    if missing:
        outcome.advice = f"Mount the folder there, or set {' and '.join(missing)} to where it is."
    return outcome


def missing_text(path: Path | None) -> str:
    return f"there is no folder {path}" if path else "no folder is configured"


def overlays_in_place(paths: Paths) -> PartOutcome:
    count = len(overlay_files(paths.overlays))
    return PartOutcome(PartState.IN_PLACE if count else PartState.ABSENT, taken=count)


def triggers_in_place(paths: Paths, are_consumed: bool) -> PartOutcome:
    """The trigger files that wait in watcher."""
    count = sum(1 for _ in trigger_files(paths))
    outcome = PartOutcome(PartState.IN_PLACE if count else PartState.ABSENT, taken=count)
    if count and not are_consumed:
        outcome.note("TRIGGER_CONSUMER is off, so they are left to Start.ps1.")
    return outcome


def strange_databases(paths: Paths, known: Collection[str], own: str) -> PartOutcome:
    """The databases that are neither of a known name nor ours, whose names begin with `own`."""
    found = sorted(path.name for path in paths.database.glob("*.db") if path.name not in known)
    strange = [name for name in found if not name.startswith(own)]
    outcome = PartOutcome(PartState.NOT_TAKEN if strange else PartState.ABSENT)
    for name in strange:
        outcome.note(f"{name!r} is no database of the old program, and was not read.")
    return outcome


def logs_in_place(paths: Paths) -> PartOutcome:
    """Logs and RotatedLogs, whose reports and lists the server imports by itself."""
    folders = [folder for folder in (paths.logs, *paths.rotated_logs.glob("*")) if folder.is_dir()]
    count = sum(any(folder.iterdir()) for folder in folders)
    return PartOutcome(PartState.IN_PLACE if count else PartState.ABSENT, taken=count)
