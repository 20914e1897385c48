"""Living processes, identified by boot and start tick: pids are reused, and wall clocks are moved."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import psutil

from app.core.script_file import runs_script

MARK = "POSTERIZARR_RUN"
ENDED_STATES = ("Z", "X")
GONE = (psutil.NoSuchProcess, psutil.ZombieProcess, psutil.AccessDenied)


@dataclass(frozen=True)
class Identity:
    """One process, distinct from any later one of its pid."""

    pid: int
    started: str

    @property
    def alive(self) -> bool:
        state, mark = state_and_mark(self.pid)
        return bool(mark) and mark == self.started and state not in ENDED_STATES

    @property
    def age(self) -> float | None:
        """Seconds since its start by a monotonic clock; None when it has ended."""
        ticks = self.started.rpartition(":")[2]
        if not self.alive or not ticks.isdigit():
            return None
        return time.clock_gettime(time.CLOCK_BOOTTIME) - int(ticks) / os.sysconf("SC_CLK_TCK")


@lru_cache(maxsize=1)
def boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def state_and_mark(pid: int) -> tuple[str, str]:
    """(state, mark) of a process, both "" where there is none; the mark is boot and tick of its start."""
    try:
        facts = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return ("", "") if boot() else portable_state_and_mark(pid)
    return facts[0].decode(), f"{boot()}:{facts[19].decode()}"


def portable_state_and_mark(pid: int) -> tuple[str, str]:
    """The same where there is no /proc."""
    try:
        process = psutil.Process(pid)
        return "Z" if process.status() == psutil.STATUS_ZOMBIE else "R", f"{process.create_time()}"
    except GONE:
        return "", ""


def identify(pid: int) -> Identity:
    """The identity of a process that lives, or that ended and was not reaped yet."""
    return Identity(pid, state_and_mark(pid)[1])


class Family:
    """A process with everything that came of it; of one that we launched also what left its group or parent.

    `mark` is what all that came of our launch has in its environment, "" for a script of somebody else.
    """

    def __init__(self, root: Identity, mark: str):
        self.root = root
        self.mark = mark
        self.known: set[Identity] = {root}

    def living(self) -> set[Identity]:
        """All members that are alive now."""
        relatives = {
            process.pid: kin(process) for process in psutil.process_iter() if process.pid != os.getpid()
        }
        members = {member.pid for member in self.known if member.alive}
        # The group of a script that somebody else started may hold what that person started beside it.
        if members and self.mark and self.owns_group():
            members |= {pid for pid, (_, group) in relatives.items() if group == self.root.pid}
        members |= {process.pid for process in bearers(self.mark)} if self.mark else set()
        self.known = {identify(pid) for pid in with_descendants(members, relatives)}
        self.known = {member for member in self.known if member.alive}
        return self.known

    def owns_group(self) -> bool:
        """Whether the process group of the root's pid is still the root's, since pids are reused."""
        return identify(self.root.pid).started in ("", self.root.started)


def kin(process: psutil.Process) -> tuple[int, int]:
    """(parent pid, process group), zeros where they cannot be read."""
    try:
        return process.ppid(), os.getpgid(process.pid)
    except (*GONE, ProcessLookupError, PermissionError):
        return 0, 0


def with_descendants(members: set[int], relatives: dict[int, tuple[int, int]]) -> set[int]:
    found = {pid for pid, (parent, _) in relatives.items() if parent in members} - members
    return with_descendants(members | found, relatives) if found else members


def bearers(mark: str) -> list[psutil.Process]:
    """Living processes with the mark in their environment, whether or not their parents live."""
    others = (process for process in psutil.process_iter() if process.pid != os.getpid())
    return [process for process in others if environment(process).get(MARK) == mark and is_running(process)]


def environment(process: psutil.Process) -> dict[str, str]:
    try:
        return process.environ()
    except (*GONE, OSError):
        return {}


def is_running(process: psutil.Process) -> bool:
    return identify(process.pid).alive


def live_scripts(data: Path, script: str) -> list[Identity]:
    """Every poster script that runs in the data folder now, whichever process started it."""
    return [identify(process.pid) for process in working_in(data) if is_poster_script(process, script)]


def working_in(data: Path) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        if process.pid != os.getpid() and is_running(process) and works_in(process, data):
            yield process


def works_in(process: psutil.Process, data: Path) -> bool:
    """Whether a process works in the data folder: one that we launched says so itself."""
    known = environment(process)
    if mark := known.get(MARK):
        return mark.endswith(f"@{data}")
    return working_folder(process) == data.resolve() or known.get("APP_DATA") == str(data)


def working_folder(process: psutil.Process) -> Path | None:
    try:
        return Path(process.cwd())
    except (*GONE, OSError):
        return None


def is_poster_script(process: psutil.Process, script: str) -> bool:
    try:
        words = process.cmdline()
    except (*GONE, OSError):
        return False
    return runs_script(words, working_folder(process) or Path(), script)
