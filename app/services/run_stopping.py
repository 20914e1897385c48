"""Ends the active run, or a script that another program started, and returns the result."""

import threading
from collections.abc import Callable

from app.core.execution import instance
from app.core.execution.following import StopCause, Stopping
from app.core.processes import Family
from app.core.runs import request_stop
from app.extensions import Machine
from app.models import Origin, Run, Status

ANSWER_SECONDS = 3.0
POLITE_SECONDS = 3.0
LOOK_SECONDS = 0.1
NOTHING = "No script is running"


def halt(machine: Machine, force: bool) -> tuple[bool, str]:
    """End the active script; returns (whether there was one, message) within seconds."""
    with machine.database.writing() as session:
        run = request_stop(session, force)
    if run is None:
        return halt_foreign(machine, force)
    kind = "scheduled" if run.origin == Origin.SCHEDULE else "manual"
    has_ended = within(ANSWER_SECONDS, lambda: status_of(machine, run.id) != Status.RUNNING)
    if has_ended and status_of(machine, run.id) not in (Status.STOPPED, None):
        return True, f"Ended: {kind}, before it could be stopped"
    return True, stop_message(kind, force, has_ended)


def stop_message(kind: str, force: bool, has_ended: bool) -> str:
    if has_ended:
        return f"{'Force killed' if force else 'Stopped'}: {kind}"
    return f"Stopping: {kind}, it has not ended yet"


def status_of(machine: Machine, number: int) -> str | None:
    with machine.database.reading() as session:
        run = session.get(Run, number)
        return run and run.status


def halt_foreign(machine: Machine, force: bool) -> tuple[bool, str]:
    """End scripts that this server did not start, and delete the running file that they leave."""
    script = machine.settings.poster_script
    found = instance.other_scripts(machine.paths, script)
    if not found:
        return False, NOTHING
    ends = [
        Stopping(Family(root, ""), StopCause("external"), polite_seconds=POLITE_SECONDS) for root in found
    ]
    has_ended = within(POLITE_SECONDS + ANSWER_SECONDS, lambda: all(pressed(end, force) for end in ends))
    instance.remove_stale(machine.paths, script)
    return True, stop_message("external", force, has_ended)


def pressed(end: Stopping, force: bool) -> bool:
    end.press(force)
    return end.is_over


def within(seconds: float, check: Callable[[], bool]) -> bool:
    """Whether the check becomes true in that time."""
    pause = threading.Event()
    for _ in range(round(seconds / LOOK_SECONDS)):
        if check():
            return True
        pause.wait(LOOK_SECONDS)
    return check()
