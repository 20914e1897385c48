"""A run from the command line: queued, followed to its end, and executed here where no server runs."""

import threading
from collections.abc import Iterable

import click

from app.background.dispatcher import Dispatcher
from app.core.runs import cancel, existing_run, request_run, request_stop
from app.extensions import Machine
from app.models import Origin, Run, Status

EXIT_CODES = {
    Status.COMPLETED: 0,
    Status.FAILED: 1,
    Status.STOPPED: 3,
    Status.INTERRUPTED: 4,
    Status.SKIPPED: 5,
}
LOOK_SECONDS = 0.3


def run_to_the_end(machine: Machine, mode: str, arguments: Iterable[str], undoes: int | None = None) -> int:
    """Queue a run and follow it; the answer is an exit code. `undoes` is the run that it takes back."""
    with machine.database.writing() as session:
        number = request_run(session, mode, Origin.CLI, arguments, undoes=undoes).id
    follower = Follower(machine, number)
    run = follower.follow()
    follower.show(f"{run.status}, {run.reason}" if run.reason else str(run.status))
    return EXIT_CODES[run.status]


class Follower:
    """Shows what changes about a run; launches runs for as long as no server does, and nothing else."""

    def __init__(self, machine: Machine, number: int):
        self.machine = machine
        self.number = number
        self.dispatcher = Dispatcher(machine)
        self.shown: str | None = None

    def follow(self) -> Run:
        """Follow the run and return it as it ended."""
        self.dispatcher.start()
        try:
            return self.wait_for_end()
        finally:
            self.dispatcher.stop()

    def wait_for_end(self) -> Run:
        pause = threading.Event()
        while True:
            # Ctrl-C counts at any moment, not only while waiting.
            try:
                run = self.current()
                if run.status not in (Status.QUEUED, Status.RUNNING):
                    return run
                self.show(self.progress(run))
                pause.wait(LOOK_SECONDS)
            except KeyboardInterrupt:
                self.interrupt(self.current())

    def current(self) -> Run:
        with self.machine.database.reading() as session:
            return existing_run(session, self.number)

    def show(self, news: str) -> None:
        if news != self.shown:
            click.echo(f"Run {self.number}: {news}")
        self.shown = news

    def progress(self, run: Run) -> str:
        live = self.machine.state.read()["run"] or {}
        if run.status == Status.QUEUED or live.get("id") != run.id:
            return f"{run.status}, {run.reason}" if run.reason else str(run.status)
        amount = [str(live[name]) for name in ("done", "total") if live.get(name) is not None]
        return f"{live.get('phase') or run.status} {' of '.join(amount)}".rstrip()

    def interrupt(self, run: Run) -> None:
        """Ctrl-C stops the run that this command executes, and leaves a server's run to the server."""
        if not self.dispatcher.lock.is_ours:
            raise click.ClickException(f"Run {run.id} goes on in the server.")
        with self.machine.database.writing() as session:
            if existing_run(session, run.id).status == Status.QUEUED:
                cancel(session, run.id)
            else:
                request_stop(session, force=run.stop_requested is not None)
        click.echo("Stopping the run; Ctrl-C again forces it.")
