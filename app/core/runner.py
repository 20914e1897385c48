"""Starts a script so that it runs once, and sends signals: the only module that starts processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.core.processes import Identity

LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass(frozen=True)
class LaunchOrder:
    """What to start and where: the record is created once, the output receives what the script prints."""

    command: list[str]
    folder: Path
    environment: dict[str, str]
    record: Path
    output: Path
    before: str = "null"


class Child:
    """A process that we started and that may outlive us."""

    def __init__(self, process: subprocess.Popen):
        self.process = process
        self.pid = process.pid

    def exit_code(self) -> int | None:
        """The code, negative for a signal; None while it runs."""
        return self.process.poll()

    def leave(self) -> None:
        """Let the process run without us."""
        # The interpreter warns about a child that is dropped while it runs; this one is meant to stay.
        self.process.returncode = self.process.returncode or 0


def launch(order: LaunchOrder) -> Child:
    """Start the script in a session of its own; OSError when not even the launcher could be started."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    output = os.open(order.output, flags, 0o600)
    try:
        return Child(start_process(order, output))
    finally:
        os.close(output)


def start_process(order: LaunchOrder, output: int) -> subprocess.Popen:
    words = [sys.executable, "-I", "-S", str(LAUNCHER), str(order.record), order.before, "--", *order.command]
    return subprocess.Popen(
        words,
        cwd=order.folder,
        env=order.environment,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


def start_piped(command: list[str], environment: dict[str, str], folder: Path) -> subprocess.Popen:
    """A program that is talked to through its stdin and stdout, in a session of its own; OSError.

    It ends when this process does: its stdin ends then.
    """
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
    )


def output_of(
    command: list[str],
    environment: dict[str, str],
    seconds: float,
    folder: Path | None = None,
    good: Sequence[int] = (0,),
    given: BinaryIO | None = None,
) -> str:
    """What a short program prints; OSError where it cannot be started, takes longer or ends with a bad code.

    It works in the folder, else where this process does. `given` is an open file that it may read.
    """
    try:
        answer = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=given or subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
        )
    except subprocess.SubprocessError as error:
        raise OSError(f"it gave no answer ({type(error).__name__})") from error
    if answer.returncode not in good:
        said = answer.stderr.strip().rpartition("\n")[2]
        raise OSError(f"it gave no answer: exit code {answer.returncode} {said}".strip())
    return answer.stdout


def send(number: signal.Signals, targets: Iterable[Identity]) -> None:
    """Send a signal to each process that is still the one we mean."""
    for target in targets:
        if target.alive:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(target.pid, number)
