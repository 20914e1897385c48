"""Imports the choice files of scripts, once each, the oldest first."""

from pathlib import Path
from typing import NamedTuple

import structlog
from sqlalchemy.orm import Session

from app.core.choices.rules import CategoryRules, configured_rules, stored
from app.core.choices.state import ChoicesState, current_state, grade, invalidate_answers, update_state
from app.core.choices.storing import ImportTally, store_choices
from app.core.choices.table import SHEET
from app.core.config_file import ConfigFile
from app.core.errors import ConfigUnreadable, Invalid, NotFound, Unavailable, reason_of
from app.core.exports.csv_files import SheetRows, open_sheet
from app.core.paths import Paths
from app.core.sessions import Sessions
from app.models.base import now

log = structlog.get_logger(__name__)


class ChoiceFile(NamedTuple):
    """A file of choices with its state when it was read."""

    path: Path
    size: int
    modified_ns: int
    is_live: bool


def import_if_changed(database: Sessions, paths: Paths) -> int | None:
    """Import new files of Logs and RotatedLogs; the number of changed choices, None if no file is new.

    Categories are updated to the settings, too. A file that cannot be opened raises OSError
    after the others were imported, and is tried again by the next call.
    """
    with database.reading() as session:
        state = current_state(session)
    rules = usable_rules(paths, state)
    files = fresh_files(paths, state)
    if rules and not files and state.version and state.rules != str(rules):
        regrade(database, rules)
    return import_choice_files(database, files, rules) if files else None


def import_choice_files(database: Sessions, files: list[ChoiceFile], rules: CategoryRules | None) -> int:
    changed, errors = 0, []
    for file in files:
        try:
            changed += import_file(database, file, rules).changed
        except OSError as error:
            errors.append(error)
    if errors:
        raise errors[0]
    return changed


def import_choices_now(database: Sessions, paths: Paths) -> ImportTally:
    """Import the file of the latest run, whether it has changed or not; `NotFound` if there is none."""
    with database.reading() as session:
        state = current_state(session)
    try:
        return import_file(database, live_file(paths), usable_rules(paths, state))
    except OSError as error:
        raise Unavailable(f"{SHEET.file} cannot be read: {reason_of(error)}.") from error


def live_file(paths: Paths) -> ChoiceFile:
    file = choice_file(paths.logs / SHEET.file, is_live=True)
    if file is None:
        raise NotFound(f"There is no {SHEET.file} in Logs.")
    return file


def usable_rules(paths: Paths, state: ChoicesState) -> CategoryRules | None:
    """The configured rules, or the last ones that could be read."""
    try:
        return configured_rules(ConfigFile(paths.config))
    except ConfigUnreadable:
        return stored(state.rules)


def fresh_files(paths: Paths, state: ChoicesState) -> list[ChoiceFile]:
    """Rotated files newer than all imported ones, then the live one if it differs from the last."""
    rotated = (choice_file(path, is_live=False) for path in paths.rotated_logs.glob(f"*/{SHEET.file}"))
    missed = [file for file in rotated if file and file.modified_ns > state.newest_ns]
    live = choice_file(paths.logs / SHEET.file, is_live=True)
    is_new = live and (live.size, live.modified_ns) != (state.size, state.modified_ns)
    return sorted(missed, key=lambda file: file.modified_ns) + ([live] if live and is_new else [])


def choice_file(path: Path, is_live: bool) -> ChoiceFile | None:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return ChoiceFile(path, status.st_size, status.st_mtime_ns, is_live)


def import_file(database: Sessions, file: ChoiceFile, rules: CategoryRules | None) -> ImportTally:
    """Import the whole rows of a file in one transaction; one that is no list of choices is skipped."""
    try:
        with database.writing() as session:
            tally = take_in(session, file, rules)
            remember(session, file)
    except Invalid as error:
        log.warning("choices_not_imported", file=str(file.path), reason=error.detail)
        with database.writing() as session:
            remember(session, file)
        return ImportTally(misshapen=1)
    except FileNotFoundError:
        # A script that starts moves its logs; they are found in their new place.
        return ImportTally()
    log.info("choices_imported", file=str(file.path), **vars(tally))
    return tally


def take_in(session: Session, file: ChoiceFile, rules: CategoryRules | None) -> ImportTally:
    with open_sheet(file.path) as text:
        # Only a line that has its end is whole, also where the script was killed while it wrote.
        rows = SheetRows(text, SHEET, settled=False)
        tally = store_choices(session, rows, now())
    tally.misshapen = rows.misshapen
    if tally.changed:
        grade(session, rules) if rules else invalidate_answers(session)
    return tally


def remember(session: Session, file: ChoiceFile) -> None:
    newest = max(current_state(session).newest_ns, file.modified_ns)
    own = {"size": file.size, "modified_ns": file.modified_ns} if file.is_live else {}
    update_state(session, newest_ns=newest, **own)


def regrade(database: Sessions, rules: CategoryRules) -> None:
    with database.writing() as session:
        grade(session, rules)
