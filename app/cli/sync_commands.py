"""Pictures of one media server for another one, from the command line."""

import json

import click

from app.cli.machines import ready_machine
from app.cli.plans import show_newest_plan
from app.core.execution.asset_lists import asset_list
from app.core.execution.run_offers import require_mode
from app.core.modes import KINDS, LIBRARIES, PLAN, SYNC, SYNC_FROM, SYNC_SWITCH, SYNC_TO, TAKE
from app.follow import run_to_the_end

SERVERS = click.Choice(["plex", "jellyfin", "emby"], case_sensitive=False)
SYNCED_KINDS = click.Choice(["poster", "season", "background", "titlecard"])


@click.command()
@click.argument("origin", type=SERVERS, metavar="FROM")
@click.argument("target", type=SERVERS, metavar="TO")
@click.option("--kind", "kinds", multiple=True, type=SYNCED_KINDS, help="Only this; several are possible.")
@click.option("--library", "libraries", multiple=True, metavar="NAME", help="Only this library of TO.")
@click.option("--take", "taken", multiple=True, metavar="PATH", help="Also over art of others.")
@click.option("--plan", "is_plan", is_flag=True, help="Say what would be done, and change nothing.")
@click.pass_context
def sync(
    context: click.Context,
    origin: str,
    target: str,
    kinds: tuple[str, ...],
    libraries: tuple[str, ...],
    taken: tuple[str, ...],
    is_plan: bool,
) -> None:
    """Have the media server TO show the pictures of FROM. Exit codes are those of run."""
    if origin == target:
        raise click.UsageError("FROM and TO are the same server.")
    words = [SYNC_FROM, origin, SYNC_TO, target]
    words += [KINDS, ",".join(kinds)] if kinds else []
    words += [LIBRARIES, json.dumps(libraries)] if libraries else []
    with ready_machine() as machine:
        require_mode(machine.settings.poster_script, SYNC)
        words += [TAKE, asset_list(machine.paths.asset_lists, taken)] if taken else []
        mode, words = (PLAN, [SYNC_SWITCH, *words]) if is_plan else (SYNC, words)
        code = run_to_the_end(machine, mode, words)
        show_newest_plan(machine, mode)
    context.exit(code)
