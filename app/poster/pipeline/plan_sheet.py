"""The plan of a run as a file: one line for each picture, in the order in which they were planned."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import msgspec

from app.poster.pipeline.outcome import Outcome
from app.poster.records.reasons import Action, Reason
from app.poster.uploading.state import UploadResult

KEPT = 20
MEBIBYTE = 2**20
BUFFER = 64 * 1024


@dataclass(frozen=True, slots=True)
class PlanUpload:
    """One place on the media server that a step concerns.

    `action` is "upload" where the picture goes up, else "skip"; `state` is the word of UploadState.
    """

    server: str
    slot: str
    item_key: str
    action: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One step as readers of the plan see it.

    `reason` is the code, `why` the sentence; `provider` and `address` are "" where nothing was chosen.
    `rules` has one sentence for each of the user's rules that applies.
    `uploads` are the places that the server is asked about, or sent the picture. `content` is the SHA-256 of
    the kept bytes that come back to the path, "" for another step.
    """

    path: str
    library: str
    title: str
    kind: str
    action: str
    reason: str
    why: str
    owner: str
    provider: str = ""
    address: str = ""
    detail: str = ""
    rules: tuple[str, ...] = ()
    owner_why: str = ""
    uploads: tuple[PlanUpload, ...] = ()
    content: str = ""


@dataclass(frozen=True, slots=True)
class PlanTotals:
    """The last line of a whole plan: how many steps of each action and of each reason's code."""

    totals: dict[str, int]
    reasons: dict[str, int]


class PlanSheet:
    """Writes `plans/RUN.jsonl` as the run goes; a plan without totals is one of a run that did not end.

    Of older plans at most `megabytes` are kept, 0 for no limit.
    """

    def __init__(self, folder: Path, run: str, megabytes: int = 0):
        folder.mkdir(parents=True, exist_ok=True)
        forget_old(folder, megabytes * MEBIBYTE)
        self._file = (folder / f"{run}.jsonl").open("wb", buffering=BUFFER)
        self._actions: Counter[str] = Counter()
        self._reasons: Counter[str] = Counter()

    def add(self, outcome: Outcome) -> None:
        self.write(plan_line(outcome))

    def write(self, line: PlanLine) -> None:
        self._actions[line.action] += 1
        self._reasons[line.reason] += 1
        self._write(line)

    def __enter__(self) -> "PlanSheet":
        return self

    def __exit__(self, error_type: type[BaseException] | None, *rest: object) -> None:
        """Write the totals where the run came to its end; OSError where the disk is full."""
        with self._file:
            if error_type is None:
                self._write(PlanTotals(dict(self._actions), dict(self._reasons)))

    def _write(self, line: PlanLine | PlanTotals) -> None:
        self._file.write(msgspec.json.encode(line) + b"\n")


def plan_line(outcome: Outcome) -> PlanLine:
    """The line of a picture; for what went wrong while it was made, the sentence says so."""
    step, record = outcome.planned.step, outcome.record
    decision = record.decision
    chosen = decision.chosen
    reason: Reason = record.reason
    return PlanLine(
        path=record.path,
        library=decision.library,
        title=decision.title,
        kind=decision.kind.value,
        action=record.action.value,
        reason=reason.value,
        why=outcome.trouble or reason.sentence,
        owner=step.owner.value,
        provider=chosen.provider.value if chosen else "",
        address=chosen.address if chosen else "",
        detail=step.detail,
        rules=decision.rules,
        owner_why=step.owner_why,
        uploads=tuple(map(plan_upload, outcome.uploads)),
    )


def plan_upload(result: UploadResult) -> PlanUpload:
    known = result.record
    goes_up = result.was_sent or result.is_planned
    action = Action.UPLOAD if goes_up else Action.SKIP
    place = known.place
    return PlanUpload(
        place.server.value, place.slot.value, place.item_key, action.value, known.state.value, known.why
    )


def forget_old(folder: Path, most: int) -> None:
    """Keep the newest plans only, of which all but the very newest take at most so many bytes, 0 for any."""
    facts = {path: path.stat() for path in folder.glob("*.jsonl")}
    plans = sorted(facts, key=lambda path: facts[path].st_mtime, reverse=True)
    totals = accumulate(facts[path].st_size for path in plans)
    for number, (plan, total) in enumerate(zip(plans, totals, strict=True)):
        if number >= KEPT - 1 or (number and most and total > most):
            with suppress(OSError):
                plan.unlink()
