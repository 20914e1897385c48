"""What a run that moves pictures says of each: log lines, plan lines, counts."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from time import monotonic

from app.poster.kinds import Kind
from app.poster.modes.job import Job
from app.poster.pipeline.plan_sheet import PlanLine, PlanSheet, plan_upload
from app.poster.pipeline.upload_account import where
from app.poster.records.decision import Decision
from app.poster.records.journal_entry import UploadRecord
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.server_art import UploadState
from app.poster.uploading.state import SHOWS_OTHERS, UploadResult

SECONDS_BETWEEN_STEPS = 0.5
COMPARED, UNCHANGED, LEFT = "Pictures Compared", "Pictures Unchanged", "Pictures Left"
UNMATCHED = "Items Unmatched"


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one picture: `detail` adds to the reason, `trouble` says why it could not be moved.

    In a dry run the action is what would be done.
    """

    path: str
    kind: Kind
    action: Action
    reason: Reason
    decision: Decision | None = None
    owner: Owner = Owner.NOBODY
    detail: str = ""
    trouble: str = ""
    uploads: tuple[UploadResult, ...] = ()


class ExchangeAccount:
    """Keeps the account of one run and writes its plan; used by one thread. `verb` is what is done."""

    def __init__(self, job: Job, run: str, verb: str, is_dry: bool = False):
        self._job = job
        self._verb = verb
        self._is_dry = is_dry
        self._total = self._done = 0
        self._told_at = 0.0
        self._open = ExitStack()
        name, most = job.environment.run or run, job.environment.plans_megabytes
        self._sheet = PlanSheet(job.folders.engine / "plans", name, most)
        for name in (COMPARED, UNCHANGED, LEFT):
            job.tally.moved[name] += 0

    def __enter__(self) -> "ExchangeAccount":
        self._open.enter_context(self._sheet)
        return self

    def __exit__(self, *error: object) -> None:
        self.tell_progress(at_once=True)
        self._open.__exit__(*error)

    def expect(self, items: int) -> None:
        """So many more items will be looked at."""
        self._total += items

    def take(self, moved: Moved) -> None:
        """Note what became of one picture."""
        self._sheet.write(exchange_line(moved))
        tally = self._job.tally
        tally.moved[COMPARED] += 1
        for result in moved.uploads:
            tally.uploads.states[result.record.state] += 1
            tally.uploads.sent += result.was_sent
        if moved.trouble:
            self._job.fail(f"{moved.path}: {moved.trouble}")
        elif moved.action is not Action.SKIP:
            tally.made[moved.kind] += not self._is_dry
            self._job.log.info("%s: %s (%s)", self._verb, moved.path, sentence(moved))
        elif moved.reason is Reason.UNCHANGED:
            tally.moved[UNCHANGED] += 1
        else:
            tally.moved[LEFT] += 1
            self._job.log.info("Left: %s (%s)", moved.path, sentence(moved))

    def unmatched(self, title: str) -> None:
        """Note an item that the other server does not have."""
        self._job.tally.moved[UNMATCHED] += 1
        self._job.log.info("Left: %s (%s)", title, Reason.NOT_MATCHED.sentence)

    def advance(self) -> None:
        """One more item is done."""
        self._done += 1
        self.tell_progress()

    def tell_progress(self, at_once: bool = False) -> None:
        """A line that the server reads, at most two a second."""
        if at_once or monotonic() - self._told_at >= SECONDS_BETWEEN_STEPS:
            self._told_at = monotonic()
            self._job.log.info("Working %d of %d", self._done, max(self._total, self._done))


def sentence(moved: Moved) -> str:
    return "; ".join(filter(None, (moved.reason.sentence, moved.detail)))


def exchange_line(moved: Moved) -> PlanLine:
    decision = moved.decision
    return PlanLine(
        path=moved.path,
        library=decision.library if decision else "",
        title=decision.title if decision else "",
        kind=moved.kind.value,
        action=moved.action.value,
        reason=moved.reason.value,
        why=moved.trouble or moved.reason.sentence,
        owner=moved.owner.value,
        detail=moved.detail,
        uploads=tuple(map(plan_upload, moved.uploads)),
    )


def of_uploads(moved: Moved, results: tuple[UploadResult, ...]) -> Moved:
    """The picture by what was done at its places; `moved` says what it is when it goes up."""
    refused = [one for one in results if one.record.state is UploadState.REFUSED]
    waiting = [one for one in results if one.record.state is UploadState.WAITING and not one.is_planned]
    acts = any(one.was_sent or one.is_planned for one in results)
    others = [one.record for one in results if one.record.state in SHOWS_OTHERS]
    trouble = "; ".join(f"{where(one.record)}: {one.record.why}" for one in (*refused, *waiting))
    if trouble or acts:
        return replace(moved, uploads=results, trouble=trouble)
    if others:
        return left(replace(moved, uploads=results), others[0])
    return replace(moved, uploads=results, action=Action.SKIP, reason=Reason.UNCHANGED)


def left(moved: Moved, known: UploadRecord) -> Moved:
    """The picture, which is not moved because what is shown is somebody else's."""
    owner = known.shown.owner
    reason = Reason.OTHER_TOOL if owner is Owner.TOOL else Reason.BY_HAND
    detail = f"{where(known)}: {known.why}"
    return replace(moved, action=Action.SKIP, reason=reason, owner=owner, detail=detail)
