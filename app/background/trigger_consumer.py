"""The dispatcher's work on triggers: reads files, queues runs for due items, closes triggers that ended."""

import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.background.problems import Problems
from app.background.readiness_lookups import ReadinessLookUps
from app.core.errors import ApplicationError, reason_of
from app.core.problem_texts import ProblemText, problem_words
from app.core.senders.event import Event, Ignored
from app.core.servers.configured import Server, configured_server
from app.core.statement import Statement
from app.core.triggers import adoption, consumption, dead_letters, staging, trigger_files, waiting
from app.core.triggers.consumption import Due, TriggerVerdict
from app.core.triggers.merging import takes_lists
from app.core.triggers.readiness import is_overdue, postpone, wanted_item
from app.core.triggers.waiting import Patience
from app.core.triggers.watched import FolderWatch
from app.extensions import Machine
from app.models.base import now

log = structlog.get_logger(__name__)

SURVEY_SECONDS = 2.0
PRUNE_SECONDS = 3600.0
PROBLEM = "triggers"
ADVICE = "No trigger is lost: the server tries again. Check that watcher/ and the disk can be written."
# A slow writer, or one to a network disk, may not have finished.
HALF_WRITTEN = timedelta(seconds=30)
FOLDER_PROBLEM = "watcher"
FOLDER_ADVICE = "Let the server's user read and delete the file. The others are processed meanwhile."


class PerFileErrors:
    """Collects the names of files whose processing failed, and the reason of the first."""

    def __init__(self):
        self.names: set[str] = set()
        self.first = ""

    def attempt(self, name: str, action: Callable, *arguments):
        """The result of the action, None where it raised."""
        try:
            return action(*arguments)
        except (OSError, ApplicationError) as error:
            self.names.add(name)
            self.first = self.first or f"{name[:200]}: {reason_of(error)}"
            return None


class Consumer:
    """Used by the dispatcher's thread; `step` waits for nothing but disk and database."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.consumes = machine.settings.trigger_consumer
        self.is_built_in = not machine.settings.poster_script
        self.patience = Patience(machine.settings.arr_wait_time)
        self.watch = FolderWatch(machine.paths)
        self.look_ups = ReadinessLookUps()
        self.ready: set[Due] = set()
        self.problems = Problems(machine.state)
        self.is_prepared = False
        self.survey_due = 0.0
        self.prune_due = 0.0

    def step(self) -> None:
        """Process all triggers that are due; an error with them delays no run."""
        try:
            self.work()
        except (OSError, SQLAlchemyError, ApplicationError, ValueError) as error:
            reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
            message = Statement("Triggers cannot be processed at the moment", reason)
            self.problems.report(PROBLEM, message, ADVICE, problem_words(ProblemText.TRIGGERS, reason=reason))
            return
        self.problems.resolve(PROBLEM)

    def work(self) -> None:
        self.prepare()
        self.survey()
        if self.consumes:
            self.request_next()
        self.settle()

    def prepare(self) -> None:
        """Make rows and files agree again after the last server ended."""
        if self.is_prepared:
            return
        self.clear_up()
        with self.machine.database.writing() as session:
            if self.consumes:
                adoption.take_back(session, self.machine.paths, now())
                adoption.restore_missing(session, self.machine.paths, now())
                waiting.begin_anew(session, self.patience, now())
        self.is_prepared = True

    def clear_up(self) -> None:
        """Undo what workers that died had not finished."""
        if not staging.remains(self.machine.paths):
            return
        with self.machine.database.writing() as session:
            unwanted = adoption.settle_remains(session, self.machine.paths)
        for staged in unwanted:
            staging.discard(self.machine.paths, staged)

    def settle(self) -> None:
        """Delete files whose runs completed, and decide about those whose runs did not."""
        with self.machine.database.reading() as session:
            verdicts = consumption.verdicts(session, self.is_built_in)
        if not verdicts:
            return
        refused: list[Exception] = []
        for verdict in verdicts:
            try:
                self.settle_one(verdict)
            except (OSError, ApplicationError) as error:
                refused.append(error)
        if refused:
            raise refused[0]

    def settle_one(self, verdict: TriggerVerdict) -> None:
        file = self.put_away(verdict)
        with self.machine.database.writing() as session:
            consumption.apply_verdict(session, verdict, file, now())
        self.log_verdict(verdict)

    def put_away(self, verdict: TriggerVerdict) -> str:
        """Move or delete the file as the verdict requires; this comes first, since it can be repeated."""
        row = verdict.trigger
        if verdict.is_dead:
            return trigger_files.move_to_dead_letters(self.machine.paths, row, verdict.setback.reason, now())
        if verdict.setback is None:
            trigger_files.remove_files(self.machine.paths, row)
        return row.file

    def log_verdict(self, verdict: TriggerVerdict) -> None:
        row, delay = verdict.trigger, verdict.delay
        if verdict.setback is None:
            log.info("trigger_done", trigger=row.id)
        else:
            seconds = delay.total_seconds() if delay else None
            log.warning("trigger_failed", trigger=row.id, reason=verdict.setback.reason, again_in=seconds)

    def survey(self) -> None:
        """Read the folder every few seconds: files that others wrote become triggers."""
        if time.monotonic() < self.survey_due:
            return
        self.survey_due = time.monotonic() + SURVEY_SECONDS
        self.clear_up()
        self.prune()
        if not self.consumes:
            self.leave_to_others()
            return
        errors = PerFileErrors()
        self.look_for_files(errors)
        self.report_errors(errors)

    def report_errors(self, errors: PerFileErrors) -> None:
        if errors.first:
            message = Statement("A trigger file cannot be processed", errors.first)
            words = problem_words(ProblemText.WATCHER, reason=errors.first)
            self.problems.report(FOLDER_PROBLEM, message, FOLDER_ADVICE, words)
        else:
            self.problems.resolve(FOLDER_PROBLEM)

    def prune(self) -> None:
        if time.monotonic() < self.prune_due:
            return
        self.prune_due = time.monotonic() + PRUNE_SECONDS
        with self.machine.database.writing() as session:
            dead_letters.prune_done(session)
            removed = dead_letters.prune_failed(session, self.machine.paths, now())
        if removed:
            self.prune_due = 0.0
            log.info("failed_triggers_pruned", count=removed)

    def look_for_files(self, errors: PerFileErrors) -> None:
        files = self.watch.fresh(time.time_ns())
        if not files:
            return
        with self.machine.database.reading() as session:
            found = adoption.sort_names(session, files)
        for name in found.finished:
            errors.attempt(name, self.discard, name)
        found_files = [
            errors.attempt(name, adoption.read_trigger_file, self.machine.paths, name, files[name])
            for name in found.unknown
        ]
        self.deal_with([one for one in found_files if one], errors)
        # What was adopted is known at the next check; what the inbox had no room for is not.
        self.watch.settle(files.keys() - found.unknown - errors.names, found.ours)

    def discard(self, name: str) -> None:
        (self.machine.paths.watcher / name).unlink(missing_ok=True)

    def deal_with(self, found: list[adoption.FoundFile], errors: PerFileErrors) -> None:
        self.take_in([one for one in found if isinstance(one.event, Event)])
        for one in found:
            if isinstance(one.event, Ignored):
                errors.attempt(one.name, self.ignore, one)
            elif one.error and abs(now() - one.written) >= HALF_WRITTEN:
                errors.attempt(one.name, self.give_up, one)

    def take_in(self, found: list[adoption.FoundFile]) -> None:
        if not found:
            return
        with self.machine.database.writing() as session:
            rows = adoption.adopt(session, found, now(), self.patience)
        log.info("trigger_files_taken_in", count=len(rows))

    def ignore(self, found: adoption.FoundFile) -> None:
        self.discard(found.name)
        log.info("trigger_file_ignored", file=found.name, reason=found.event.message)

    def give_up(self, found: adoption.FoundFile) -> None:
        with self.machine.database.writing() as session:
            row = adoption.unreadable(session, found, now())
            row.file = trigger_files.move_to_dead_letters(self.machine.paths, row, found.error, now())
        log.warning("trigger_file_unreadable", file=found.name, reason=found.error)

    def request_next(self) -> None:
        """Queue the runs of the item that is due for longest, when no run is active or queued."""
        with self.machine.database.reading() as session:
            due = consumption.due_items(session, now())
            is_idle = bool(due) and consumption.is_idle(session)
        self.forget_all_but(due)
        ready = [item for item in due if self.is_ready(item)] if self.server else due
        if ready and is_idle:
            self.request(ready[0])

    @property
    def server(self) -> Server | None:
        return configured_server(self.machine.config, self.machine.settings.media_server_certificate)

    def forget_all_but(self, due: list[Due]) -> None:
        self.ready &= set(due)
        self.look_ups.forget_all_but(due)

    def is_ready(self, item: Due) -> bool:
        """Whether the media server has the item, as far as a look-up has found out."""
        if not item.can_be_looked_up or item in self.ready or is_overdue(item, now()):
            return True
        answer = self.look_ups.take(item)
        if answer is None:
            self.ask(item)
            return False
        if answer.is_there:
            self.ready.add(item)
            return True
        self.postpone(item, answer.note)
        return False

    def ask(self, item: Due) -> None:
        """Start a look-up of the item, where one more is allowed."""
        server = self.server
        if server is None or not self.look_ups.has_room(item):
            return
        with self.machine.database.reading() as session:
            wanted = wanted_item(session, item)
        if wanted:
            self.look_ups.begin(item, server, wanted)

    def postpone(self, item: Due, note: str) -> None:
        with self.machine.database.writing() as session:
            until = postpone(session, item, note, now())
        log.info("trigger_waits_for_server", item=item.identity, note=note, until=until and until.isoformat())

    def request(self, item: Due) -> None:
        with self.machine.database.writing() as session:
            runs = consumption.request_runs(session, item.identity, takes_lists(self.machine.config))
        log.info("trigger_runs_queued", item=item.identity, runs=[run.id for run in runs])

    def leave_to_others(self) -> None:
        with self.machine.database.writing() as session:
            adoption.hand_over(session, self.machine.paths, now())
            adoption.finish_taken(session, self.machine.paths, now())
