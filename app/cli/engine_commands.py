"""Commands that the poster engine answers."""

import click

from app.cli.machines import known_machine, opened_machine, ready_machine, require_config
from app.core.execution.run_offers import require_switch
from app.core.journal_check import check_journal, journal_lines
from app.core.messages import send_test_messages
from app.core.modes import DOCTOR, NO_PREFLIGHT, PREFLIGHT
from app.core.support import make_support_zip
from app.follow import run_to_the_end


@click.group()
def notify() -> None:
    """Messages about runs."""


@notify.command("test")
def notify_test() -> None:
    """Send a test message to every address of the settings; exit 1 where one did not take it."""
    with opened_machine() as machine:
        require_config(machine)
        results = send_test_messages(machine.engine)
    for result in results:
        click.echo(f"{result['receiver'] or 'No receiver'}: {result['detail']}")
    raise SystemExit(0 if all(result["sent"] for result in results) else 1)


@click.command()
def support() -> None:
    """Write logs, settings, versions and counts into a zip, every secret masked, and print its path."""
    with opened_machine() as machine:
        require_config(machine)
        click.echo(make_support_zip(machine.engine, machine.secret_values.own))


@click.command()
@click.option("--repair", "repairs", is_flag=True, help="Also repair what can be proved; not during a run.")
def doctor(repairs: bool) -> None:
    """Check the journal of artwork, its store and the files; exit 1 where a fault is left."""
    with known_machine() as machine:
        require_switch(machine.settings.poster_script, DOCTOR)
        document = check_journal(machine.engine, repairs)
    for line in journal_lines(document):
        click.echo(line)
    raise SystemExit(0 if document["sound"] else 1)


@click.command()
@click.option("--changed", help="Settings beside the present ones, as a JSON object of sections.")
def preflight(changed: str | None) -> None:
    """Draw the hardest titles of the library into a contact sheet. Exit codes are those of run."""
    with ready_machine() as machine:
        if machine.settings.poster_script:
            raise click.ClickException(f"There is no preflight: {NO_PREFLIGHT}.")
        code = run_to_the_end(machine, PREFLIGHT, ["-Changed", changed] if changed else [])
        click.echo(machine.paths.engine / "preflight" / "sheet.jpg" if code == 0 else "No sheet was made.")
    raise SystemExit(code)
