"""The active run: followed, stopped on request, and recorded when it has ended."""

from datetime import datetime
from functools import partial

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.background.problems import Problems
from app.core.execution import instance
from app.core.execution.asset_lists import prune_lists
from app.core.execution.attempt import prune_attempts
from app.core.execution.following import Following, StopCause
from app.core.execution.importing import is_report_taken
from app.core.execution.outcome import Ending, RunEvidence, judge_run, put_back, write_down
from app.core.execution.report import Reader, Report
from app.core.execution.uploads import prune_uploads
from app.core.problem_texts import ProblemText, problem_words
from app.core.runs import POLITE
from app.core.statement import Statement
from app.extensions import Machine
from app.models import Run, Status
from app.models.base import now
from app.services.staged_pictures import needed_uploads

log = structlog.get_logger(__name__)

STALLED = "stalled"
STALLED_ADVICE = "Look at the log; stop the run if it does not go on."
MESSAGES = "messages"
MESSAGES_ADVICE = "Correct the section Notification of the settings, and send a test message."
STOPPED_BY_REQUEST = StopCause("was stopped by request")


class ActiveRun:
    """One launched run from now to its end; `step` never waits."""

    def __init__(self, machine: Machine, reader: Reader, run: Run, following: Following):
        self.machine = machine
        self.reader = reader
        self.following = following
        self.problems = Problems(machine.state)
        self.number = run.id
        self.attempt = run.attempt
        self.launched_at: datetime | None = run.started_at
        self.about = {
            "id": run.id,
            "mode": run.mode,
            "origin": str(run.origin),
            "started_at": run.started_at.isoformat(timespec="seconds") if run.started_at else None,
        }
        self.ending: Ending | None = None
        self.is_noted = False

    def step(self) -> bool:
        """Do what is due now; True when the run has ended and is recorded."""
        self.following.look()
        self.finish_stop()
        if self.following.has_ended():
            return self.settle()
        self.publish()
        self.stop_if_due()
        if not self.is_noted:
            self.note_process()
        return False

    def finish_stop(self) -> None:
        """Continue a stop that an earlier server did not finish, also where the script has ended."""
        is_new = not self.following.was_followed and self.following.stopping is None
        if is_new and (requested := self.stop_requested()):
            self.following.stop(requested, STOPPED_BY_REQUEST)

    def note_process(self) -> None:
        with self.machine.database.writing() as session:
            if run := self.row(session):
                self.put_process(run)
        self.is_noted = True

    def put_process(self, run: Run) -> None:
        run.pid = self.following.identity.pid
        run.process_started = self.following.identity.started
        run.log_file = self.following.attempt.mode.log

    def row(self, session: Session) -> Run | None:
        """The row of this run, None when another attempt owns it."""
        run = session.get(Run, self.number)
        ours = run is not None and run.status == Status.RUNNING and run.attempt == self.attempt
        return run if ours else None

    def publish(self) -> None:
        facts = {**self.about, **self.following.facts(now())}
        if facts != self.machine.state.read()["run"]:
            self.machine.state.publish(run=facts)
        if self.following.is_stalled:
            message = f"Run {self.number} ({self.about['mode']}) has not written to its log for 30 minutes."
            words = problem_words(ProblemText.STALLED, number=self.number)
            self.problems.report(STALLED, message, STALLED_ADVICE, words)
        else:
            self.problems.resolve(STALLED)

    def stop_if_due(self) -> None:
        if requested := self.stop_requested():
            self.following.stop(requested, STOPPED_BY_REQUEST)
        elif 0 < self.limit <= self.following.lasted:
            cause = StopCause(f"stopped after {self.limit} s (RUN_TIMEOUT)", Status.FAILED)
            self.following.stop(POLITE, cause)

    @property
    def limit(self) -> int:
        return self.machine.settings.run_timeout

    def stop_requested(self) -> str | None:
        """How the run was requested to end, None where it was not."""
        with self.machine.database.reading() as session:
            return session.scalar(select(Run.stop_requested).where(Run.id == self.number))

    def settle(self) -> bool:
        self.ending = self.ending or self.find_ending()
        if self.ending is None:
            return False
        with self.machine.database.writing() as session:
            self.write_down(session, self.ending)
        log.info("run_ended", run=self.number, status=str(self.ending.status), reason=self.ending.reason)
        self.tell_message_problems(self.ending.report)
        self.clean_up()
        return True

    def tell_message_problems(self, report: Report | None) -> None:
        """Report a message about the run that was not sent, until a later run sends its messages."""
        if report and report.message_problems:
            reason = " ".join(report.message_problems)
            message = Statement("The message about the last run was not sent", reason)
            words = problem_words(ProblemText.MESSAGES, reason=reason)
            self.problems.report(MESSAGES, message, MESSAGES_ADVICE, words)
        elif report:
            self.problems.resolve(MESSAGES)

    def find_ending(self) -> Ending | None:
        """How the run ended, None while its report may still be completed."""
        with self.machine.database.reading() as session:
            taken = partial(is_report_taken, session)
            evidence = self.following.evidence(self.reader, taken, self.launched_at)
        if evidence is None or self.following.stopping is None:
            return judge_run(evidence) if evidence else None
        return self.stopped(evidence)

    def stopped(self, evidence: RunEvidence) -> Ending:
        cause = self.following.stopping.cause
        return Ending(cause.status, cause.text, evidence.report)

    def write_down(self, session: Session, ending: Ending) -> None:
        if (run := self.row(session)) is None:
            return
        if ending.status == Status.QUEUED:
            put_back(run, ending, now())
            return
        is_known = ending.report is not None and is_report_taken(session, ending.report.key)
        self.put_process(run)
        run.exit_code = self.following.exit_code
        write_down(run, ending, now(), self.following.lasted)
        if is_known:
            run.report_key = f"{run.report_key}#{run.id}"

    def clean_up(self) -> None:
        """Remove what could delay the next run; a file that cannot be removed is logged."""
        self.problems.resolve(STALLED)
        self.machine.state.publish(run=None)
        try:
            instance.remove_stale(self.machine.paths, self.machine.settings.poster_script)
            prune_attempts(self.machine.paths)
            self.prune_files()
        except (OSError, SQLAlchemyError) as error:
            log.warning("cannot_clean_up", run=self.number, error=str(error))

    def prune_files(self) -> None:
        """Delete what callers left for runs and no run needs any more."""
        with self.machine.database.reading() as session:
            needed = needed_uploads(session)
        prune_uploads(self.machine.paths.uploads, needed)
        prune_lists(self.machine.paths.asset_lists, needed)

    def leave(self) -> None:
        """Let the script run without this process; the next server follows it again."""
        if self.following.child:
            self.following.child.leave()
