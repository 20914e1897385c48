"""How the script ends: the meaning of each exit code, and the exceptions that lead there."""

import errno
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """The exit codes of the process; the reason is in the log and on stderr for all but 0."""

    DONE = 0
    FAILED = 1
    BAD_ARGUMENTS = 2
    BAD_CONFIGURATION = 3
    ALREADY_RUNNING = 4
    SOME_PICTURES_FAILED = 6
    INTERRUPTED = 130
    TERMINATED = 143


class HandledExit(Exception):
    """An early end with a reason that a person understands."""

    def __init__(self, code: ExitCode, reason: str):
        super().__init__(reason)
        self.code = code
        self.reason = reason


class AlreadyRunning(HandledExit):
    """Another script works on the same data folder."""

    def __init__(self):
        super().__init__(
            ExitCode.ALREADY_RUNNING, "Another Posterizarr instance already running, exiting now..."
        )


class Stopped(KeyboardInterrupt):
    """The process was asked to end; no ordinary except clause may swallow this."""

    def __init__(self, signal_number: int):
        super().__init__()
        self.code = ExitCode(128 + signal_number)


def exit_reason(error: OSError, folder: Path | None = None) -> str:
    """One sentence about a file operation that failed, in `folder` where the error names no file."""
    place = error.filename or folder
    where = f" ({place})" if place else ""
    advice = "; make room there and start the run again, it goes on where it was" if is_full(error) else ""
    return f"The system refused to read or write: {error.strerror or error}{where}{advice}"


def is_full(error: OSError) -> bool:
    """Whether the disk, or the user's share of it, is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
