"""The followed logs of one process: each is read once, for all streams that show it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from app.core.access.redaction import redact
from app.core.errors import ApplicationError, NotFound, reason_of
from app.core.live.log_tail import LogTail, NewLines
from app.core.live.message import StreamMessage
from app.core.logs import SUFFIX, find_log
from app.core.paths import Paths
from app.core.state import SharedState
from app.core.status import LOGS, active_log

LONGEST_NAME = 200


class LogStream(Protocol):
    """An open stream; `log_name` is the log that its client asked for, None for that of the active run."""

    log_name: str | None

    def send(self, message: StreamMessage) -> None: ...


def log_to_follow(paths: Paths, name: str) -> str:
    """The name, where it is that of a log or of one that may yet be written; else `NotFound`, `Forbidden`."""
    try:
        find_log(paths, name)
    except NotFound:
        if not name.endswith(SUFFIX) or Path(name).name != name or len(name) > LONGEST_NAME:
            raise
    return name


class FollowedLog:
    """A log with the streams that show it."""

    def __init__(self, paths: Paths, name: str):
        self.name = name
        self.follower = LogTail(partial(path_of_log, paths, name))
        self.streams: set[LogStream] = set()
        self.trouble = ""

    def look(self, hidden: tuple[str, ...]) -> list[StreamMessage]:
        """The messages that are due; a reason for which it cannot be read is sent once."""
        try:
            messages = messages_of(self.follower.look(), hidden)
        except (OSError, ApplicationError) as error:
            return self.report(f"{self.name} cannot be read: {reason_of(error).rstrip('.')}.")
        self.trouble = ""
        return messages

    def report(self, trouble: str) -> list[StreamMessage]:
        is_new, self.trouble = trouble != self.trouble, trouble
        return [StreamMessage("error", {"message": trouble})] if is_new else []


class LogFeed:
    """Sends the lines of logs to their streams; `hidden` returns the secrets to leave out."""

    def __init__(self, paths: Paths, state: SharedState, hidden: Callable[[], tuple[str, ...]]):
        self.paths, self.state, self.hidden = paths, state, hidden
        self.followed: dict[str, FollowedLog] = {}
        self.run_id = self.active_run_id()

    def join(self, stream: LogStream) -> None:
        """Send the stream what is written from now on, and nothing of what its client has read before."""
        self.follow(stream, stream.log_name or self.active_log())

    def follow(self, stream: LogStream, name: str) -> None:
        if name not in self.followed:
            self.followed[name] = FollowedLog(self.paths, name)
            self.followed[name].look(())
        followed = self.followed[name]
        followed.streams.add(stream)
        if followed.trouble:
            stream.send(StreamMessage("error", {"message": followed.trouble}))

    def leave(self, stream: LogStream) -> None:
        """Send the stream nothing more; a log without streams is closed."""
        for followed in list(self.followed.values()):
            followed.streams.discard(stream)
            if not followed.streams:
                followed.follower.close()
                del self.followed[followed.name]

    def look(self) -> None:
        """Send what is new in all logs."""
        if not self.followed:
            self.run_id = self.active_run_id()
            return
        hidden = self.hidden()
        for followed in list(self.followed.values()):
            messages = followed.look(hidden)
            for stream in list(followed.streams) if messages else ():
                for message in messages:
                    stream.send(message)
        self.announce_run()

    def announce_run(self) -> None:
        """Report a run that has begun to those who watch the log of another one."""
        run_id, before = self.active_run_id(), self.run_id
        self.run_id = run_id
        if run_id is None or run_id == before:
            return
        name, mode = self.active_log(), self.state.read()["run"]["mode"]
        message = StreamMessage("log_file_changed", {"log_file": name, "mode": mode})
        watching = [one for one in self.followed.values() if one.name in LOGS and one.name != name]
        for stream in [stream for followed in watching for stream in followed.streams]:
            stream.send(message)
            self.move(stream, name)

    def move(self, stream: LogStream, name: str) -> None:
        """A stream that asked for no log by its name goes on with the new one."""
        if stream.log_name is None:
            self.leave(stream)
            self.follow(stream, name)

    def active_run_id(self) -> int | None:
        run = self.state.read()["run"]
        return run and run["id"]

    def active_log(self) -> str:
        run = self.state.read()["run"]
        return active_log(self.paths.logs, run, run and run["mode"])


def path_of_log(paths: Paths, name: str) -> Path | None:
    try:
        return find_log(paths, name)
    except NotFound:
        return None


def messages_of(look: NewLines, hidden: tuple[str, ...]) -> list[StreamMessage]:
    note = f"The log grows faster than it can be sent: {look.skipped} bytes were left out."
    lines = [StreamMessage("log", {"content": redact(line, hidden)}) for line in look.lines]
    return [StreamMessage("error", {"message": note}), *lines] if look.skipped else lines
