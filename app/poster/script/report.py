"""The report of a run, in the last lines of the log and in <mode>.json."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import PIL

from app.poster.kinds import Kind
from app.poster.records.reasons import Reason
from app.poster.script.arguments import Mode
from app.poster.script.choices import word
from app.poster.script.upload_tally import UploadTally

VERSION_FILE = Path(__file__).parents[2] / "VERSION"
# These modes count all pictures as posters; the others what remains without seasons, backgrounds and cards.
TOTAL_AS_POSTERS = (
    Mode.TAUTULLI,
    Mode.ARR,
    Mode.MANUAL,
    Mode.BACKUP,
    Mode.SYNC_JELLY,
    Mode.SYNC_EMBY,
    Mode.SYNC,
    Mode.LOGO_UPDATER,
)


# What a message about the run can show.
MOST_SHOWN = 50
MOST_FAILURES = 3
# A report that lists more rows of a kind would be too large to read; ImageChoices.csv has all of them.
MOST_ROWS = 2000


class Rows:
    """Rows of ImageChoices.csv: the first MOST_ROWS, and as its length how many there are."""

    def __init__(self, rows: Iterable[dict[str, str]] = ()):
        self.first: list[dict[str, str]] = []
        self._count = 0
        for row in rows:
            self.append(row)

    def __len__(self) -> int:
        return self._count

    def append(self, row: dict[str, str]) -> None:
        self._count += 1
        if len(self.first) < MOST_ROWS:
            self.first.append(row)


@dataclass(frozen=True, slots=True)
class MadePicture:
    """A picture of the run: its row of ImageChoices.csv, and its path below the asset folder."""

    row: dict[str, str]
    path: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the messages of a run; `troubles` holds a sentence for each that failed."""

    notification: bool = False
    uptime_kuma: bool = False
    troubles: tuple[str, ...] = ()


NOTHING_SENT = Sent()


@dataclass
class Tally:
    """Counts of one run, and the rows of the pictures concerned; it stays small however many these are.

    `images_to_clear` were found by a clean-up that waits until it is allowed.
    `pictures` holds the first MOST_SHOWN ones, `failures` the sentences of the first MOST_FAILURES errors.
    `taken_back` counts what an undo did, and `moved` what a sync or a logo update did, by their keys in
    <mode>.json.
    """

    started: datetime
    made: Counter[Kind] = field(default_factory=Counter)
    errors: int = 0
    skipped_titles: Counter[Reason] = field(default_factory=Counter)
    truncated: Rows = field(default_factory=Rows)
    textless: Rows = field(default_factory=Rows)
    fallbacks: Rows = field(default_factory=Rows)
    with_text: Rows = field(default_factory=Rows)
    missing_characters: Rows = field(default_factory=Rows)
    images_cleared: int = 0
    folders_cleared: int = 0
    bytes_cleared: int = 0
    images_to_clear: int = 0
    uploads: UploadTally = field(default_factory=UploadTally)
    pictures: list[MadePicture] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    taken_back: Counter[str] = field(default_factory=Counter)
    moved: Counter[str] = field(default_factory=Counter)

    def note_picture(self, row: dict[str, str], path: str) -> None:
        if len(self.pictures) < MOST_SHOWN:
            self.pictures.append(MadePicture(row, path))

    def note_failure(self, sentence: str) -> None:
        """Count an error that concerns one picture."""
        self.errors += 1
        if len(self.failures) < MOST_FAILURES:
            self.failures.append(sentence)

    @property
    def posters(self) -> int:
        """Posters of films, shows and collections."""
        return self.made[Kind.POSTER] + self.made[Kind.COLLECTION]


def script_version() -> str:
    return VERSION_FILE.read_text("utf-8").strip()


def summary_lines(tally: Tally, ended: datetime) -> list[str]:
    """The closing lines that servers read, in the contract's words."""
    notes = (
        (tally.textless, "a Textless image"),
        (tally.fallbacks, "a fallback image"),
        (tally.with_text, "an image with Text"),
    )
    lines = [*created_lines(tally), *tally.uploads.lines()]
    lines += [f"'{len(rows)}' times the script took {what}" for rows, what in notes if rows]
    if tally.truncated:
        lines.append(f"'{len(tally.truncated)}' times the script truncated the text in images")
    if tally.missing_characters:
        count = len(tally.missing_characters)
        lines.append(f"'{count}' times a text has characters that no font has, which were left out")
    if tally.images_cleared:
        saved = space(tally.bytes_cleared)
        lines.append(
            f"Images cleared: {tally.images_cleared}| Folders Cleared: {tally.folders_cleared}"
            f" | Space saved: {saved}"
        )
    for counts in filter(None, (tally.taken_back, tally.moved)):
        lines.append("| ".join(f"{name}: {count}" for name, count in counts.items()))
    if tally.errors:
        lines.append(f"During execution '{tally.errors}' Errors occurred, look for the marked lines above.")
    hours, minutes, seconds = duration(ended - tally.started)
    return [*lines, f"Script execution time: {hours}h {minutes}m {seconds}s "]


def created_lines(tally: Tally) -> list[str]:
    total = tally.made.total()
    lines = [f"Finished, Total images created: {total}"]
    if total:
        lines.append(
            f"Show/Movie Posters created: {tally.posters}"
            f"| Season images created: {tally.made[Kind.SEASON]}"
            f" | Background images created: {tally.made[Kind.BACKGROUND]}"
            f" | TitleCards created: {tally.made[Kind.TITLE_CARD]}"
        )
    return lines


def outcome(tally: Tally, mode: Mode, ended: datetime, sent: Sent = NOTHING_SENT) -> dict:
    """The content of <mode>.json: every key of the contract, then our own."""
    made = tally.made
    return {
        "Posters": made.total() if mode in TOTAL_AS_POSTERS else tally.posters,
        "Backgrounds": made[Kind.BACKGROUND],
        "Titlecards": made[Kind.TITLE_CARD],
        "Seasons": made[Kind.SEASON],
        "Collections": made[Kind.COLLECTION],
        "Mode": mode.summary,
        "Runtime": ":".join(map(str, duration(ended - tally.started))),
        "Errors": tally.errors,
        "Fallbacks": one_or_many(tally.fallbacks),
        "Textless": one_or_many(tally.textless),
        "Truncated": one_or_many(tally.truncated),
        "Text": one_or_many(tally.with_text),
        "TBA Skipped": tally.skipped_titles[Reason.PLACEHOLDER_TITLE],
        "Jap/Chines Skipped": tally.skipped_titles[Reason.JAPANESE_TITLE],
        "Notification Sent": word(sent.notification),
        "Uptime Kuma": word(sent.uptime_kuma),
        "Images cleared": tally.images_cleared,
        "Folders Cleared": tally.folders_cleared,
        "Space saved": space(tally.bytes_cleared),
        "Script Version": script_version(),
        "IM Version": f"Pillow {PIL.__version__}",
        "Start time": tally.started.strftime("%d.%m.%Y %H:%M:%S"),
        "End Time": ended.strftime("%d.%m.%Y %H:%M:%S"),
        "Missing Characters": one_or_many(tally.missing_characters),
        "Message Problems": list(sent.troubles),
        "Images To Clear": tally.images_to_clear,
        **tally.uploads.facts(),
        **tally.taken_back,
        **tally.moved,
    }


def encode_outcome(facts: dict) -> bytes:
    return json.dumps(facts, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")


def one_or_many(rows: Rows) -> int | dict | list[dict]:
    """0, the only row, or all of them, as readers of the contract expect; the count beyond MOST_ROWS."""
    if not rows:
        return 0
    if len(rows) > len(rows.first):
        return len(rows)
    return rows.first[0] if len(rows) == 1 else rows.first


def space(size: int) -> int | str:
    """0, or the size in the largest unit that it fills: "1.20 GB"."""
    units = ((1024**3, "GB"), (1024**2, "MB"), (1024, "KB"), (1, "Byte"))
    return next((f"{size / unit:.2f} {name}" for unit, name in units if size >= unit), 0)


def duration(span: timedelta) -> tuple[int, int, int]:
    """Hours, minutes and seconds; none is negative when the clock was set back."""
    minutes, seconds = divmod(max(0, int(span.total_seconds())), 60)
    return minutes // 60, minutes % 60, seconds
