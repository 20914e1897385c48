"""What a run says about its pictures: log lines, rows, counts, and how far it has come."""

from collections import Counter
from logging import INFO
from time import monotonic

from app.poster.choosing.rows import choice_row
from app.poster.modes.job import Job
from app.poster.pipeline.flow import Arrival
from app.poster.pipeline.listing import Listed
from app.poster.pipeline.outcome import Outcome
from app.poster.pipeline.planned import Work
from app.poster.pipeline.upload_account import UploadAccount
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.library import Library, LibraryContent
from app.poster.records.reasons import Reason

SECONDS_BETWEEN_STEPS = 0.5
TEXTLESS = "Textless"
SKIPPED_TITLES = (Reason.PLACEHOLDER_TITLE, Reason.JAPANESE_TITLE)
# Left as they are in every run, so that only those who ask for it read of them.
QUIET = frozenset((Reason.UNCHANGED, Reason.ADOPTED))


class Steps:
    """Counts pictures, and estimates those of items that are not listed yet by those that are."""

    def __init__(self):
        self.done = 0
        self._known = 0
        self._items = 0
        self._expected: Counter[str] = Counter()

    def expect(self, library: str, items: int) -> None:
        """A library holds that many items; the last word counts."""
        self._expected[library] = items

    def plan(self, pictures: int) -> None:
        self._items += 1
        self._known += pictures

    @property
    def total(self) -> int:
        """The pictures of the run, as far as they can be known."""
        unlisted = max(self._expected.total() - self._items, 0)
        return self._known + (unlisted * self._known // self._items if self._items else 0)


class Account:
    """Keeps the account of one run; used by one thread."""

    def __init__(self, job: Job, verb: str = "Working"):
        self._job = job
        self._verb = verb
        self._shows_skipped = job.settings.flag("PrerequisitePart", "show_skipped")
        self._told_at = 0.0
        self._uploads = UploadAccount(job)
        self.steps = Steps()
        self.items = 0
        self.incomplete: list[str] = []

    def take(self, arrival: Arrival) -> None:
        """Note what came out of the flow."""
        if isinstance(arrival, Listed):
            self._listed(arrival)
        elif isinstance(arrival, Work):
            self.items += 1
            self.steps.plan(len(arrival.wanted))
        else:
            self._outcome(arrival)
            self._uploads.take(arrival)
            self.steps.done += 1
            self.tell_progress()

    def tell_progress(self, at_once: bool = False) -> None:
        """A line that the server reads, at most two a second."""
        if at_once or monotonic() - self._told_at >= SECONDS_BETWEEN_STEPS:
            self._told_at = monotonic()
            self._job.log.info("%s %d of %d", self._verb, self.steps.done, self.steps.total)

    def _listed(self, listed: Listed) -> None:
        name = listed.library.name
        if listed.size is not None:
            self.steps.expect(f"{listed.library.source.value}:{listed.library.key}", listed.size)
        if listed.trouble:
            self.incomplete.append(name)
            self._job.fail(f"The library {name} could not be listed to its end: {listed.trouble}")
        elif listed.has_ended:
            self._job.log.info("Library %s: %d %s", name, listed.size, noun_of(listed.library))
        else:
            self._job.log.info("Listing library %s", name)

    def _outcome(self, outcome: Outcome) -> None:
        record = outcome.record
        if outcome.was_made:
            self._made(outcome, record)
        elif outcome.trouble:
            self._job.fail(outcome.trouble)
            if outcome.planned.step.before is None and record.decision.chosen:
                # Without a row nobody would find a picture that never was.
                self._job.choices.add(choice_row(record))
        elif record.reason is Reason.NOTHING_FOUND:
            self._missing(record)
        else:
            self._left(record)

    def _made(self, outcome: Outcome, record: AssetRecord) -> None:
        row, decision = choice_row(record), record.decision
        self._job.choices.add(row)
        self._job.tally.made[decision.kind] += 1
        self._job.tally.note_picture(row, record.path)
        self._count(record, row)
        why, *more = decision.notes
        self._job.log.info("Added: %s (%s; %s)", record.path, record.why, why)
        for note in more:
            self._job.log.detail(INFO, note)
        self._job.note(f"{record.path}: {note}" for note in record.drawn.notes)

    def _count(self, record: AssetRecord, row: dict[str, str]) -> None:
        tally, decision = self._job.tally, record.decision
        counted = (
            (decision.language == TEXTLESS, tally.textless),
            (decision.language not in (TEXTLESS, ""), tally.with_text),
            (decision.fallback, tally.fallbacks),
            (record.drawn.truncated, tally.truncated),
        )
        for applies, rows in counted:
            if applies:
                rows.append(row)
        if record.drawn.missing:
            tally.missing_characters.append(row | {"Characters": "".join(record.drawn.missing)})

    def _missing(self, record: AssetRecord) -> None:
        self._job.choices.add(choice_row(record))
        notes = "; ".join(record.decision.notes)
        self._job.fail(f"{record.path}: {record.reason.sentence}{f' ({notes})' if notes else ''}")

    def _left(self, record: AssetRecord) -> None:
        reason = record.reason
        if reason in SKIPPED_TITLES:
            self._job.tally.skipped_titles[reason] += 1
        if reason not in QUIET or self._shows_skipped:
            self._job.log.info("Left: %s (%s)", record.path, reason.sentence)


def noun_of(library: Library) -> str:
    return "collections" if library.content is LibraryContent.COLLECTIONS else "films and shows"
