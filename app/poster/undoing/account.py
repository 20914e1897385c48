"""What an undo says of each file: log lines, plan lines, counts."""

from contextlib import ExitStack
from dataclasses import dataclass
from time import monotonic

from app.poster.modes.job import Job
from app.poster.pipeline.plan_sheet import PlanLine, PlanSheet
from app.poster.records.decision import Decision
from app.poster.records.reasons import Action, Owner, Reason

SECONDS_BETWEEN_STEPS = 0.5
WORDS = {
    Action.RESTORE: "Put back",
    Action.DELETE: "Removed",
    Action.SKIP: "Left",
    Action.HOLD: "Held again",
    Action.RELEASE: "Held no more",
}
COUNTED = {
    Action.RESTORE: "Images Restored",
    Action.DELETE: "Images Removed",
    Action.SKIP: "Images Left",
    Action.HOLD: "Images Restored",
    Action.RELEASE: "Images Restored",
}
COUNTED_AT_SERVERS = {
    Action.RESTORE: "Uploads Taken Back",
    Action.DELETE: "Uploads Taken Back",
    Action.SKIP: "Uploads Left",
}
QUIET = frozenset((Reason.UNCHANGED,))


@dataclass(frozen=True, slots=True)
class StepDone:
    """What became of one step: `detail` adds to the reason, `trouble` says why it could not be done.

    `content` is the SHA-256 of the bytes that come back to the path, "" for another step.
    """

    path: str
    action: Action
    reason: Reason
    decision: Decision | None = None
    detail: str = ""
    trouble: str = ""
    is_at_server: bool = False
    content: str = ""


class UndoAccount:
    """Keeps the account of one undo and writes its plan; used by one thread."""

    def __init__(self, job: Job, run: str, total: int):
        self._job = job
        self._total = total
        self._done = 0
        self._told_at = 0.0
        self._open = ExitStack()
        name, most = job.environment.run or run, job.environment.plans_megabytes
        self._sheet = PlanSheet(job.folders.engine / "plans", name, most)
        for name in (*COUNTED.values(), *COUNTED_AT_SERVERS.values()):
            job.tally.taken_back[name] += 0

    def __enter__(self) -> "UndoAccount":
        self._open.enter_context(self._sheet)
        return self

    def __exit__(self, *error: object) -> None:
        self.tell_progress(at_once=True)
        self._open.__exit__(*error)

    def take(self, done: StepDone) -> None:
        """Note what became of one file or of one place on a server."""
        self._sheet.write(undo_line(done))
        if done.trouble or done.reason is Reason.FAILED:
            self._job.fail(f"{done.path}: not put back, {done.trouble or done.detail}")
        elif done.reason not in QUIET:
            why = "; ".join(filter(None, (done.reason.sentence, done.detail)))
            self._job.log.info("%s: %s (%s)", WORDS[done.action], done.path, why)
            counted = COUNTED_AT_SERVERS if done.is_at_server else COUNTED
            self._job.tally.taken_back[counted[done.action]] += 1

    def advance(self, count: int) -> None:
        """So many more assets are done."""
        self._done += count
        self.tell_progress()

    def tell_progress(self, at_once: bool = False) -> None:
        """A line that the server reads, at most two a second."""
        if at_once or monotonic() - self._told_at >= SECONDS_BETWEEN_STEPS:
            self._told_at = monotonic()
            self._job.log.info("Working %d of %d", self._done, self._total)


def undo_line(done: StepDone) -> PlanLine:
    decision = done.decision
    return PlanLine(
        path=done.path,
        library=decision.library if decision else "",
        title=decision.title if decision else "",
        kind=decision.kind.value if decision else "",
        action=done.action.value,
        reason=done.reason.value,
        why=done.trouble or done.reason.sentence,
        owner=Owner.OURS.value,
        detail=done.detail,
        content=done.content,
    )
