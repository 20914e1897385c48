"""A run from the command line: queued, followed to its end, and worked on here where no server does."""

import threading
from collections.abc import Iterable

import click
from filelock import FileLock, Timeout

from app.core.errors import NotFound
from app.core.runs import request_run, request_stop
from app.dispatcher import Dispatcher
from app.extensions import Machine
from app.models import Origin, Run, Status

EXIT_CODES = {
    Status.COMPLETED: 0,
    Status.FAILED: 1,
    Status.STOPPED: 3,
    Status.INTERRUPTED: 4,
    Status.SKIPPED: 5,
}
LOOK_SECONDS = 0.5


class Substitute:
    """Does the dispatcher's work in this process, for as long as no server holds the leader's lock."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.lock = FileLock(machine.paths.leader_lock)
        self.dispatcher: Dispatcher | None = None

    @property
    def works(self) -> bool:
        return self.dispatcher is not None

    def step_in(self) -> None:
        if self.works or not self.holds_lock():
            return
        self.dispatcher = Dispatcher(self.machine)
        self.dispatcher.start()

    def holds_lock(self) -> bool:
        try:
            self.lock.acquire(timeout=0)
        except Timeout:
            return False
        return True

    def step_back(self) -> None:
        if self.dispatcher:
            self.dispatcher.stop()
        self.lock.release()


class Follower:
    """Tells of one run what changes, until it has ended."""

    def __init__(self, machine: Machine, number: int):
        self.machine = machine
        self.number = number
        self.substitute = Substitute(machine)
        self.wake = threading.Event()
        self.told: str | None = None

    def follow(self) -> Run:
        try:
            return self.wait_for_end()
        finally:
            self.substitute.step_back()

    def wait_for_end(self) -> Run:
        while (run := self.run()).status in (Status.QUEUED, Status.RUNNING):
            self.tell(run)
            try:
                self.substitute.step_in()
                self.wake.wait(LOOK_SECONDS)
            except KeyboardInterrupt:
                self.stop(run)
        return run

    def run(self) -> Run:
        with self.machine.database.reading() as session:
            run = session.get(Run, self.number)
        if run is None:
            raise NotFound(f"Run {self.number} is gone.")
        return run

    def tell(self, run: Run) -> None:
        line = f"Run {run.id} {run.mode}: {self.progress(run)}"
        if line != self.told:
            click.echo(line)
        self.told = line

    def progress(self, run: Run) -> str:
        live = self.machine.state.read()["run"] or {}
        if run.status == Status.QUEUED or live.get("id") != run.id:
            return f"{run.status}, {run.reason}" if run.reason else str(run.status)
        done = f" {live['done']}" if live.get("done") is not None else ""
        total = f" of {live['total']}" if live.get("total") is not None else ""
        return f"{live.get('phase') or run.status}{done}{total}"

    def stop(self, run: Run) -> None:
        """Ctrl-C ends the run that this command works on, and leaves a server's run to the server."""
        if not self.substitute.works:
            raise click.ClickException(f"Run {run.id} goes on in the server.")
        click.echo("Stopping the run; once more to force it.")
        with self.machine.database.writing() as session:
            request_stop(session, force=run.stop_requested is not None)


def run_to_the_end(machine: Machine, mode: str, arguments: Iterable[str]) -> int:
    """Queue a run and follow it; the answer is an exit code."""
    with machine.database.writing() as session:
        number = request_run(session, mode, Origin.CLI, arguments).id
    run = Follower(machine, number).follow()
    click.echo(f"Run {run.id} {run.mode}: {run.status}{f', {run.reason}' if run.reason else ''}")
    return EXIT_CODES[run.status]
