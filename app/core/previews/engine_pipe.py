"""A process of the poster engine that lives long, and what passes through its pipes."""

import json
import os
import select
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Lock
from typing import Any, NamedTuple

from app.core.errors import Unavailable, reason_of

DRAWING_SECONDS = 20.0
WAITING_SECONDS = 15.0
# As long as a header is at most.
LONGEST_LINE = 1 << 20
PART = 1 << 20
MOST_CONTENT = 128 << 20
NO_ANSWER = "The poster engine gave no answer: {why}. It is started again for the next question."
NOT_UNDERSTOOD = "it said something that cannot be understood"
BUSY = "The poster engine answers other questions: try again in some seconds."

Contents = Mapping[str, bytes | None]


class PipeBroken(Exception):
    """The process ended, or what it said is no answer."""


class EngineAnswer(NamedTuple):
    """The header of an answer, and its picture."""

    facts: dict[str, Any]
    content: bytes


class EnginePipe:
    """Starts the process when it is first asked, and again after it has ended; threads take turns.

    `seconds` is the longest time of an answer.
    """

    def __init__(self, start: Callable[[], subprocess.Popen], seconds: float = DRAWING_SECONDS):
        self._start = start
        self._seconds = seconds
        self._turn = Lock()
        self._process: subprocess.Popen | None = None
        self._is_closed = False

    def ask(
        self, order: Mapping[str, Any], contents: Contents, still_wanted: Callable[[], None]
    ) -> EngineAnswer:
        """The answer; `Unavailable` where none comes in time. `still_wanted` may raise at its turn."""
        if not self._turn.acquire(timeout=WAITING_SECONDS):
            raise Unavailable(BUSY)
        try:
            still_wanted()
            return self._asked(order, contents)
        except (PipeBroken, OSError, ValueError) as error:
            self.end()
            raise Unavailable(NO_ANSWER.format(why=reason_of(error))) from error
        finally:
            self._turn.release()

    def _asked(self, order: Mapping[str, Any], contents: Contents) -> EngineAnswer:
        deadline = time.monotonic() + self._seconds
        frame = frame_of(order, contents)
        try:
            write_all(self._running(), frame, deadline)
        except BrokenPipeError:
            # It ended while it had nothing to do, as it does after a while.
            self.end()
            write_all(self._running(), frame, deadline)
        return read_engine_answer(self._process, deadline)

    def _running(self) -> subprocess.Popen:
        if self._is_closed:
            raise PipeBroken("the server stops")
        if self._process and self._process.poll() is not None:
            self.end()
        if self._process is None:
            self._process = self._start()
            for stream in (self._process.stdin, self._process.stdout):
                os.set_blocking(stream.fileno(), False)
        return self._process

    @property
    def pid(self) -> int | None:
        """That of the process, None while there is none."""
        return self._process and self._process.pid

    def end(self) -> None:
        """Kill the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                stream.close()

    def close(self) -> None:
        """End the process and start none again; a preview that is being drawn fails."""
        self._is_closed = True
        process = self._process
        if process:
            process.kill()
        with self._turn:
            self.end()

    def __del__(self) -> None:
        """No process is left of a pipe that nobody can use any more."""
        self.end()


def frame_of(order: Mapping[str, Any], contents: Contents) -> bytes:
    sizes = {name: None if content is None else len(content) for name, content in contents.items()}
    line = json.dumps({**order, "sizes": sizes}).encode()
    return b"".join((line, b"\n", *filter(None, contents.values())))


def write_all(process: subprocess.Popen, frame: bytes, deadline: float) -> None:
    left, stream = memoryview(frame), process.stdin.fileno()
    while left:
        wait_for(deadline, writing=stream)
        left = left[os.write(stream, left[:PART]) :]


def read_engine_answer(process: subprocess.Popen, deadline: float) -> EngineAnswer:
    """The next frame; PipeBroken where the process ends or says something else."""
    held = bytearray()
    while b"\n" not in held:
        if len(held) > LONGEST_LINE:
            raise PipeBroken(NOT_UNDERSTOOD)
        held += received(process, deadline)
    line, _, content = held.partition(b"\n")
    facts, size = read_header(line)
    while len(content) < size:
        content += received(process, deadline)
    return EngineAnswer(facts, bytes(content[:size]))


def read_header(line: bytes) -> tuple[dict[str, Any], int]:
    """(facts, length of the picture); PipeBroken or ValueError for a line that is no header."""
    facts = json.loads(line)
    sizes = facts.pop("sizes", None) if isinstance(facts, dict) else None
    size = sizes.get("picture") if isinstance(sizes, dict) else None
    if not isinstance(size, int) or not 0 <= size <= MOST_CONTENT or "answer" not in facts:
        raise PipeBroken(NOT_UNDERSTOOD)
    return facts, size


def received(process: subprocess.Popen, deadline: float) -> bytes:
    stream = process.stdout.fileno()
    wait_for(deadline, reading=stream)
    part = os.read(stream, PART)
    if not part:
        raise PipeBroken("its process ended")
    return part


def wait_for(deadline: float, reading: int | None = None, writing: int | None = None) -> None:
    """Return when the pipe is ready; PipeBroken when the time is over."""
    poller = select.poll()
    for stream, events in ((reading, select.POLLIN), (writing, select.POLLOUT)):
        if stream is not None:
            poller.register(stream, events)
    if not poller.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise PipeBroken("it took too long")
