"""What a check finds, and the account of it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

# Of each kind so many findings are listed; all are counted.
MOST_LISTED = 100


class What(Enum):
    """The kind of a finding; the value is its code, which never changes."""

    DATABASE = "database"
    VERSION = "version"
    RECORD = "record"
    OPEN_STEP = "open_step"
    OPEN_UPLOAD = "open_upload"
    FILE_GONE = "file_gone"
    FILE_DAMAGED = "file_damaged"
    UNKNOWN_FILE = "unknown_file"
    BEGUN_FILE = "begun_file"
    BYTES_DAMAGED = "bytes_damaged"
    BYTES_MISSING = "bytes_missing"
    BYTES_UNUSED = "bytes_unused"


# The next run attends to these by itself.
NOTES = frozenset((What.VERSION, What.OPEN_UPLOAD, What.FILE_GONE, What.UNKNOWN_FILE))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: `why` says what and what to do, `path` names the file, or is "".

    `remedy` repairs it, None where nothing can; it may raise OSError.
    """

    what: What
    path: str
    why: str
    remedy: Callable[[], object] | None = None


class Findings:
    """Takes findings, has them repaired where `repairs` is set, and counts; used by one thread."""

    def __init__(self, repairs: bool):
        self.repairs = repairs
        self.checked: Counter[str] = Counter(assets=0, entries=0, files=0, kept=0)
        self._found: Counter[What] = Counter()
        self._repaired: Counter[What] = Counter()
        self._listed: list[dict[str, Any]] = []

    def take(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self._take(finding)

    def document(self) -> dict[str, Any]:
        """{"sound", "repairs": bool, "checked": {"assets", "entries", "files", "kept": int}, "counts":
        [{"what", "found", "repaired"}], "findings": [{"what", "path", "why", "fault", "repaired"}]}.

        `sound` is False where a fault is left; `findings` has at most 100 of each kind.
        """
        return {
            "sound": all(
                self._found[what] == self._repaired[what] for what in self._found if what not in NOTES
            ),
            "repairs": self.repairs,
            "checked": dict(self.checked),
            "counts": [
                {"what": what.value, "found": self._found[what], "repaired": self._repaired[what]}
                for what in What
                if self._found[what]
            ],
            "findings": self._listed,
        }

    def _take(self, finding: Finding) -> None:
        is_repaired, why = self._repair(finding)
        self._found[finding.what] += 1
        self._repaired[finding.what] += is_repaired
        if self._found[finding.what] <= MOST_LISTED:
            is_fault = finding.what not in NOTES
            # A path may have bytes that are no Unicode, and JSON has not.
            path = finding.path.encode("utf-8", "replace").decode()
            row = {"what": finding.what.value, "path": path, "why": why}
            self._listed.append({**row, "fault": is_fault, "repaired": is_repaired})

    def _repair(self, finding: Finding) -> tuple[bool, str]:
        """Whether it is repaired now, and the sentence that says so or why not."""
        if not self.repairs or finding.remedy is None:
            return False, finding.why
        try:
            finding.remedy()
        except OSError as error:
            return False, f"{finding.why}; not repaired: {error.strerror or error}"
        return True, finding.why
