"""Commands that take artwork back, and look at what is kept for that."""

import click

from app.cli.machines import known_machine, ready_machine
from app.cli.plans import show_newest_plan
from app.core.execution.run_offers import require_mode, require_switch
from app.core.execution.undo_requests import undo_request
from app.core.modes import STORE, UNDO
from app.core.runs import existing_run
from app.core.store_check import store_lines, stored_bytes
from app.follow import run_to_the_end


@click.command()
@click.argument("number", type=click.IntRange(1), metavar="RUN")
@click.option(
    "--asset", "assets", multiple=True, metavar="PATH", help="Only this; may be given several times."
)
@click.option("--plan", "is_plan", is_flag=True, help="Say what would be done, and change nothing.")
@click.pass_context
def undo(context: click.Context, number: int, assets: tuple[str, ...], is_plan: bool) -> None:
    """Take back what a run did to artwork, on disk and where it was uploaded. Exit codes are those of run."""
    with ready_machine() as machine:
        require_mode(machine.settings.poster_script, UNDO)
        with machine.database.reading() as session:
            run = existing_run(session, number)
        wanted = undo_request(machine.paths, run, assets or None, is_plan)
        code = run_to_the_end(machine, wanted.mode, wanted.arguments, wanted.undoes)
        show_newest_plan(machine, wanted.mode, with_skipped=True)
    context.exit(code)


@click.command()
def store() -> None:
    """Say what is kept of replaced artwork, and check it; exit 1 where something is damaged."""
    with known_machine() as machine:
        require_switch(machine.settings.poster_script, STORE)
        document = stored_bytes(machine.engine)
    for line in store_lines(document):
        click.echo(line)
    raise SystemExit(1 if document["problems"] else 0)
