"""The retries of a trigger whose run did not complete: the delay, or that there is none."""

from dataclasses import dataclass
from datetime import timedelta

from app.models import Run, Status

DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
# The exit codes of our own script for invalid arguments; those of other scripts have no such meaning.
PERMANENT_CODES = (2, 5)
PERSONS = {
    Status.STOPPED: "stopped by a person",
    Status.SKIPPED: "cancelled by a person before it began",
}


@dataclass(frozen=True)
class Setback:
    """Why a run did not complete; hopeless where another attempt would end alike."""

    reason: str
    is_hopeless: bool = False

    def delay(self, attempts: int) -> timedelta | None:
        """How long to wait after so many tries, None where there is no further one."""
        return None if self.is_hopeless or attempts > len(DELAYS) else DELAYS[attempts - 1]


def setback(run: Run | None, is_built_in: bool) -> Setback:
    if run is None:
        return Setback("its run was removed from the history")
    if by_person := PERSONS.get(run.status):
        return Setback(by_person, is_hopeless=True)
    reason = run.reason or f"run {run.id} {run.status}"
    return Setback(reason, is_hopeless=is_refused(run, is_built_in))


def is_refused(run: Run, is_built_in: bool) -> bool:
    """Whether the script refused the arguments for good."""
    return is_built_in and run.exit_code in PERMANENT_CODES
