"""A launched run as it is followed: its process, its logs, its stop, and the evidence of its end."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from signal import SIGKILL, SIGTERM
from typing import Any

from app.core.execution.attempt import Attempt
from app.core.execution.outcome import RunEvidence
from app.core.execution.progress import LogFollower, Progress
from app.core.execution.recovery import Trace, was_refused
from app.core.execution.report import Reader, Report
from app.core.fingerprint import fingerprint
from app.core.processes import Family, Identity
from app.core.runner import Child, send
from app.core.runs import FORCE
from app.models import Status

POLITE_SECONDS = 10.0
HOPELESS_SECONDS = 10.0
STALLED_SECONDS = 30 * 60.0
HALF_WRITTEN_SECONDS = 2.0
ROTATED_FOLDERS = 10
START_SLACK = timedelta(minutes=10)


@dataclass(frozen=True)
class StopCause:
    """Why a run is stopped, and the status that it gets for that."""

    text: str
    status: Status = Status.STOPPED


class Following:
    """The state of one attempt between two reads; the child is None when another server began it."""

    def __init__(self, attempt: Attempt, found: Trace, child: Child | None = None, clock=time.monotonic):
        self.attempt = attempt
        self.identity: Identity = found.identity
        self.before = found.before
        self.child = child
        self.clock = clock
        self.began = clock() - (self.identity.age or 0.0)
        self.was_followed = self.alive
        self.log = LogFollower(attempt.log, found.before.log)
        self.output = LogFollower(attempt.output)
        self.progress = Progress(clock)
        self.moved_at = clock()
        self.gone_at: float | None = None
        self.stopping: Stopping | None = None

    @property
    def alive(self) -> bool:
        return self.exit_code is None if self.child else self.identity.alive

    @property
    def exit_code(self) -> int | None:
        return self.child.exit_code() if self.child else None

    @property
    def lasted(self) -> float:
        return (self.gone_at or self.clock()) - self.began

    @property
    def quiet_seconds(self) -> float:
        return self.clock() - self.moved_at

    @property
    def is_stalled(self) -> bool:
        return self.quiet_seconds >= STALLED_SECONDS

    def look(self) -> None:
        """Read what the script wrote since the last call."""
        lines, printed = self.log.lines(), self.output.lines()
        if lines or printed:
            self.moved_at = self.clock()
        self.progress.take(lines)

    def has_ended(self) -> bool:
        """Whether the script has ended, and while it is stopped also all processes that it started."""
        ended = not self.alive and (self.stopping is None or self.stopping.is_over)
        if ended and self.gone_at is None:
            self.gone_at = self.clock()
        return ended

    def stop(self, how: str, cause: StopCause) -> None:
        """End the script with all its processes; each call does the next step, none waits."""
        if self.stopping is None:
            self.stopping = Stopping(Family(self.identity, self.attempt.mark), cause, self.clock)
        self.stopping.press(force=how == FORCE)

    def facts(self, moment: datetime) -> dict[str, Any]:
        quiet = moment - timedelta(seconds=self.quiet_seconds)
        return {
            "log_file": self.attempt.mode.log,
            "pid": self.identity.pid,
            **self.progress.facts(),
            "quiet_since": quiet.isoformat(timespec="seconds") if self.quiet_seconds >= 60 else None,
        }

    def evidence(self, reader: Reader, is_taken, launched_at: datetime | None) -> RunEvidence | None:
        """The evidence that the attempt left, None while a half-written report may still be completed."""
        report = self.own_report(reader, is_taken, launched_at)
        if report is None and self.report_may_come():
            return None
        return RunEvidence(
            mode_reports=self.attempt.report is not None,
            exit_code=self.exit_code,
            report=report,
            log=self.log.tail(),
            output=self.output.tail(),
            was_followed=self.was_followed,
            has_begun=not was_refused(self.attempt.record),
            has_worked=self.progress.has_worked,
            must_draw=self.attempt.mode.must_draw,
        )

    def report_is_new(self) -> bool:
        return fingerprint(self.attempt.report) not in (None, self.before.report)

    def report_may_come(self) -> bool:
        """Whether a report of a script that has just ended may still be incomplete."""
        recent = self.clock() - (self.gone_at or self.clock()) < HALF_WRITTEN_SECONDS
        return self.was_followed and recent and self.report_is_new()

    def own_report(self, reader: Reader, is_taken, launched_at: datetime | None) -> Report | None:
        """The report that this attempt wrote, also where a later script has rotated it away."""
        if self.attempt.report is None:
            return None
        current = reader.from_file(self.attempt.report) if self.report_is_new() else None
        if current and self.was_followed:
            return current
        # A later script may have written the current one, after it had put ours aside.
        rotated = [report for report in self.rotated_reports(reader) if not is_taken(report.key)]
        candidates = [*rotated, *([current] if current else [])]
        return next((report for report in candidates if began_near(report, launched_at)), None)

    def rotated_reports(self, reader: Reader) -> list[Report]:
        """Reports of our mode in the latest rotated folders, oldest first, without that of the run before."""
        folders = sorted(self.attempt.paths.rotated_logs.glob("*"))[-ROTATED_FOLDERS:]
        paths = [folder / self.attempt.mode.report for folder in folders]
        reports = (reader.from_file(path) for path in paths if fingerprint(path) != self.before.report)
        return [report for report in reports if report]


def began_near(report: Report, launched_at: datetime | None) -> bool:
    """Whether the times of a report fit a launch: a script writes its start within minutes of it."""
    if report.started is None or launched_at is None:
        return False
    return abs(report.started - launched_at) <= START_SLACK


class Stopping:
    """Ends a group of processes: SIGTERM first, SIGKILL after a grace period."""

    def __init__(
        self, family: Family, cause: StopCause, clock=time.monotonic, polite_seconds: float = POLITE_SECONDS
    ):
        self.polite_seconds = polite_seconds
        self.family = family
        self.cause = cause
        self.clock = clock
        self.asked_at: float | None = None
        self.killed_at: float | None = None
        self.is_over = False

    def press(self, force: bool) -> None:
        """Send the signal that is due now, and check which processes are left."""
        living = self.family.living()
        if force or self.is_overdue(self.asked_at, self.polite_seconds):
            self.killed_at = self.killed_at or self.clock()
            send(SIGKILL, living)
        elif self.asked_at is None:
            self.asked_at = self.clock()
            send(SIGTERM, living)
        # A process that even SIGKILL does not end waits for the kernel, and does no more work.
        self.is_over = not living or self.is_overdue(self.killed_at, HOPELESS_SECONDS)

    def is_overdue(self, since: float | None, seconds: float) -> bool:
        return since is not None and self.clock() - since >= seconds
