"""What an undo says of each file: log lines, plan lines, counts."""

from contextlib import ExitStack
from time import monotonic

from app.poster.modes.job import Job
from app.poster.pipeline.plan_sheet import PlanLine, PlanSheet
from app.poster.records.decision import Decision
from app.poster.records.reasons import Action, Owner, Reason

SECONDS_BETWEEN_STEPS = 0.5
WORDS = {Action.RESTORE: "Put back", Action.DELETE: "Removed", Action.SKIP: "Left"}
COUNTED = {Action.RESTORE: "Images Restored", Action.DELETE: "Images Removed", Action.SKIP: "Images Left"}
QUIET = frozenset((Reason.UNCHANGED,))


class Account:
    """Keeps the account of one undo and writes its plan; used by one thread."""

    def __init__(self, job: Job, run: str, total: int):
        self._job = job
        self._total = total
        self._done = 0
        self._told_at = 0.0
        self._open = ExitStack()
        self._sheet = PlanSheet(job.folders.engine / "plans", job.environment.run or run)
        for name in COUNTED.values():
            job.tally.taken_back[name] += 0

    def __enter__(self) -> "Account":
        self._open.enter_context(self._sheet)
        return self

    def __exit__(self, *error: object) -> None:
        self.tell_progress(at_once=True)
        self._open.__exit__(*error)

    def take(
        self, path: str, action: Action, reason: Reason, decision: Decision | None, detail: str, trouble: str
    ) -> None:
        """Note what became of one file; `trouble` is a sentence where it could not be done, else ""."""
        self._sheet.write(plan_line(path, action, reason, decision, trouble or detail))
        if trouble or reason is Reason.FAILED:
            self._job.fail(f"{path}: not put back, {trouble or detail}")
        elif reason not in QUIET:
            why = "; ".join(filter(None, (reason.sentence, detail)))
            self._job.log.info("%s: %s (%s)", WORDS[action], path, why)
            self._job.tally.taken_back[COUNTED[action]] += 1

    def step_done(self) -> None:
        self._done += 1
        self.tell_progress()

    def tell_progress(self, at_once: bool = False) -> None:
        """A line that the server reads, at most two a second."""
        if at_once or monotonic() - self._told_at >= SECONDS_BETWEEN_STEPS:
            self._told_at = monotonic()
            self._job.log.info("Working %d of %d", self._done, self._total)


def plan_line(path: str, action: Action, reason: Reason, decision: Decision | None, detail: str) -> PlanLine:
    return PlanLine(
        path=path,
        library=decision.library if decision else "",
        title=decision.title if decision else "",
        kind=decision.kind.value if decision else "",
        action=action.value,
        reason=reason.value,
        why=reason.sentence,
        owner=Owner.OURS.value,
        detail=detail,
    )
