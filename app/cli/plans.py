"""Plans as a terminal shows them."""

from contextlib import suppress
from pathlib import Path

import click

from app.core.errors import NotFound
from app.core.execution.plans import newest_plan, plan_lines
from app.core.runs import list_runs
from app.extensions import Machine


def show_newest_plan(machine: Machine, mode: str, with_skipped: bool = False) -> None:
    """Print the plan of the newest run in that mode, nothing where it has none."""
    with machine.database.reading() as session:
        number = list_runs(session, limit=1, mode=mode)[0][0].id
    with suppress(NotFound):
        show_plan(newest_plan(machine.paths.engine, number), with_skipped)


def show_plan(path: Path, with_skipped: bool) -> None:
    """Print the steps that change something, or all, and what all of them come to."""
    for step in plan_lines(path):
        if "totals" in step:
            counted = ", ".join(f"{amount} {name}" for name, amount in step["totals"].items())
            click.echo(counted or "nothing to do")
        elif with_skipped or step["action"] != "skip":
            click.echo(f"{step['action']:<8} {step['path']}  ({step['why']})")
