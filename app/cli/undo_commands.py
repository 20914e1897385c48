"""Commands that take artwork back, and look at what is kept for that."""

import click

from app.cli.machines import known_machine, ready_machine
from app.cli.plans import show_newest_plan
from app.core.editing.runs import is_edit
from app.core.execution.run_offers import require_mode, require_switch
from app.core.execution.undo_requests import undo_request
from app.core.modes import STORE, UNDO
from app.core.runs import existing_run
from app.core.store_check import store_lines, stored_bytes
from app.follow import run_to_the_end
from app.services.artwork_edits import undo_edit


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
        with machine.database.reading() as session:
            run = existing_run(session, number)
            is_of_hand = is_edit(session, run)
        if is_of_hand and not is_plan:
            outcome = undo_edit(machine, run, assets or None)
            click.echo(f"run {outcome.run}: {outcome.summary}")
            context.exit(int(bool(outcome.failed)))
        require_mode(machine.settings.poster_script, UNDO)
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
