"""The command that takes over an existing data folder, or says what there is to take."""

import click

from app.cli.machines import known_machine, opened_machine
from app.core.takeover.part_outcome import PartState
from app.core.takeover.record import TakeoverRecord
from app.core.takeover.takeover_report import report_lines
from app.services.takeover import planned_takeover, take_over_again


@click.command()
@click.option("--plan", "is_plan", is_flag=True, help="Say what would be taken over, and change nothing.")
def takeover(is_plan: bool) -> None:
    """Take over an existing Posterizarr data folder, or try again what failed; exit 1 where a part fails.

    The first start of the server does so by itself. The files of the old program are not changed.
    """
    with opened_machine() if is_plan else known_machine() as machine:
        record = planned_takeover(machine) if is_plan else take_over_again(machine, fetches=True)
        data = machine.paths.data
    if record is None:
        raise click.ClickException(f"{data} holds no database of Posterizarr: there is nothing to take over.")
    for line in report_lines(record):
        click.echo(line)
    raise SystemExit(1 if has_failed(record) else 0)


def has_failed(record: TakeoverRecord) -> bool:
    return any(part["state"] == PartState.FAILED for part in record["parts"])
