"""Starts one script, once: `python launch.py RECORD BEFORE -- PROGRAM ARGUMENTS`.

The record is created before the program runs, by one process only. A server that finds or creates it first
knows whether the run was launched, also after another one died in between. Runs on the bare
interpreter, without site-packages, in the process that becomes the program.
"""

import os
import sys

GIVEN_UP = 75
UNRECORDED = 74
UNSTARTED = 127
PREFIX = "posterizarr-launch:"


def run_launcher(record: str, before: str, program: list[str]) -> None:
    try:
        descriptor = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        refuse_launch(GIVEN_UP, "this attempt was given up before it began")
    except OSError as error:
        refuse_launch(UNRECORDED, f"the launch cannot be recorded: {error.strerror}")
    try:
        write_record(descriptor, record_text(before).encode())
    except OSError as error:
        disown(descriptor)
        refuse_launch(UNRECORDED, f"the launch cannot be recorded: {error.strerror}")
    try:
        os.execvp(program[0], program)
    except (OSError, ValueError) as error:
        refuse_launch(
            UNSTARTED, f"{program[0]} cannot be started: {getattr(error, 'strerror', None) or error}"
        )


def record_text(before: str) -> str:
    return f'{{"pid": {os.getpid()}, "started": "{process_mark()}", "before": {before}}}\n'


def process_mark() -> str:
    """Boot and clock tick of this process's start; "" where the system does not provide them."""
    try:
        with open("/proc/self/stat", "rb") as file:  # noqa: PTH123 - pathlib takes longer than all of this
            ticks = file.read().rpartition(b")")[2].split()[19].decode()
        with open("/proc/sys/kernel/random/boot_id") as file:  # noqa: PTH123
            return f"{file.read().strip()}:{ticks}"
    except (OSError, IndexError):
        return ""


def write_record(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]
    os.fsync(descriptor)
    os.close(descriptor)


def disown(descriptor: int) -> None:
    """Empty the record, so that it names no process."""
    try:
        os.ftruncate(descriptor, 0)
    except OSError:
        return


def refuse_launch(code: int, reason: str) -> None:
    line = f"{PREFIX} {reason}\n".encode("utf-8", "backslashreplace")
    try:
        os.write(2, line)
    except OSError:
        # A disk that is full for the record is full for the message too; the exit code is enough.
        os._exit(code)
    os._exit(code)


if __name__ == "__main__":
    run_launcher(sys.argv[1], sys.argv[2], sys.argv[4:])
