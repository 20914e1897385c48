"""The command `posterizarr`: what a person or a cron table does without a browser."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import click

from app import cluster
from app.cli import engine_commands, sync_commands, takeover_commands, undo_commands
from app.cli.machines import errors_in_one_line, known_machine, opened_machine, ready_machine, require_config
from app.cli.plans import show_newest_plan
from app.core import version
from app.core.access import api_keys
from app.core.access.callers import SCOPES
from app.core.assets.walk import count_assets
from app.core.execution.asset_lists import with_typed_lists
from app.core.execution.run_requests import asks_for_help, typed_arguments
from app.core.item_rules.rules_document import rule_findings
from app.core.modes import MODES, NO_PLAN, PLAN
from app.core.settings.config_check import SettingFinding
from app.core.settings.login_and_folder_checks import LoginAndFolderChecks
from app.core.settings.mistakes import findings
from app.core.settings.overlay_checks import missing_files
from app.follow import run_to_the_end
from app.models import ApiKey
from app.models.base import now
from app.services.keys import create_key, revoke_key

SPOKEN = {
    "poster": "posters",
    "background": "backgrounds",
    "season": "seasons",
    "titlecard": "title cards",
    "other": "other",
}
UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version.package_version(), message="Posterizarr Server %(version)s")
def main() -> None:
    """Schedule, launch and follow a poster script.

    Every command reads the same settings from the environment as the server: APP_DATA and its siblings.
    """


@main.command()
def serve() -> None:
    """Serve the API and the pages until Ctrl-C."""
    # A new program, since this one has imported much that the server's first process does without.
    os.execv(sys.executable, [sys.executable, "-m", "app.server.serving"])


main.add_command(cluster.scheduler)
main.add_command(cluster.worker)


@main.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    epilog=f"Modes: {', '.join(MODES)}.",
)
@click.argument("mode", metavar="MODE")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def run(context: click.Context, mode: str, arguments: tuple[str, ...]) -> None:
    """Queue a run, follow it to its end, and exit with its outcome.

    A server that is up takes the run; where none is, this command does the work itself. ARGUMENTS go to the
    poster script as they are; a manual run needs -PicturePath, -FolderName and -LibraryName:

    posterizarr run manual -PicturePath a.jpg -Titletext Alien -FolderName "Alien (1979)" -LibraryName Movies

    A full run makes pictures that are by hand or another tool's only where they are named: --take PATH, once
    for each.

    Exit codes: 0 completed, 1 failed, 3 stopped, 4 interrupted, 5 skipped.
    """
    if asks_for_help(arguments):
        click.echo(context.get_help())
        return
    with errors_in_one_line():
        checked = typed_arguments(mode, arguments, Path.cwd())
    with ready_machine() as machine:
        code = run_to_the_end(machine, mode, with_typed_lists(machine.paths.asset_lists, checked, Path.cwd()))
    raise SystemExit(code)


@main.command()
@click.pass_context
def plan(context: click.Context) -> None:
    """Say what a full run would do, and change nothing. Exit codes are those of run."""
    with ready_machine() as machine:
        if machine.settings.poster_script:
            raise click.ClickException(f"There is no plan: {NO_PLAN}.")
        code = run_to_the_end(machine, PLAN, [])
        show_newest_plan(machine, PLAN)
    context.exit(code)


@main.group()
def key() -> None:
    """Create, list and revoke API keys."""


@key.command("create")
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="May be given several times."
)
@click.option("--expires-days", type=click.IntRange(1, 3650), help="Days until the key stops working.")
def create_api_key(name: str, scopes: tuple[str, ...], expires_days: int | None) -> None:
    """Create a key and print it, once. Without --scope it has every scope but admin."""
    expires = now() + timedelta(days=expires_days) if expires_days else None
    with ready_machine() as machine:
        _, plain = create_key(machine, name, scopes or api_keys.DEFAULT_SCOPES, expires)
    click.echo(plain)


@key.command("list")
def list_all() -> None:
    """List the keys that exist; the keys themselves are not kept."""
    with known_machine() as machine, machine.database.reading() as session:
        for item in api_keys.list_keys(session):
            click.echo(describe_key(item))


def describe_key(item: ApiKey) -> str:
    expires = f"expires {item.expires_at:%Y-%m-%d}" if item.expires_at else "never expires"
    used = f"used {item.last_used_at:%Y-%m-%d %H:%M}" if item.last_used_at else "never used"
    return f"{item.id:>4}  {item.prefix}...  {item.name}  [{', '.join(item.scopes)}]  {expires}, {used}"


@key.command()
@click.argument("key_id", type=int, metavar="ID")
def revoke(key_id: int) -> None:
    """Revoke a key by its number in the list."""
    with known_machine() as machine:
        item = revoke_key(machine, key_id)
    click.echo(f"Revoked {item.name}.")


@main.command()
def scan() -> None:
    """Count the artwork in the asset folder by kind."""
    with opened_machine() as machine:
        if machine.settings.asset_path is None:
            require_config(machine)
        root = machine.roots.existing("assets")
        amounts = count_assets(root)
    click.echo(f"{root}")
    for kind, amount in amounts.items():
        click.echo(f"{SPOKEN[kind]:<12} {amount.files:>8}  {size_text(amount.size)}")


def size_text(size: int) -> str:
    power = min((max(size, 1).bit_length() - 1) // 10, len(UNITS) - 1)
    return f"{size / 1024**power:.{1 if power else 0}f} {UNITS[power]}"


@main.group()
def config() -> None:
    """Check config.json."""


@config.command()
def check() -> None:
    """Say what is wrong with config.json and rules.json, which are only read; exit 1 where something is."""
    with opened_machine() as machine:
        require_config(machine)
        checks = LoginAndFolderChecks(
            machine.paths.data, has_admin_password=bool(machine.settings.app_admin_password)
        )
        values = machine.config.values()
        told = findings(values, checks) + missing_files(values, machine.paths.overlays)
        told += rule_findings(machine.paths)
    for finding in told:
        click.echo(line_of(finding))
    mistakes = sum(not finding.note for finding in told)
    click.echo(f"{machine.paths.config}: {mistakes or 'no'} mistake{'' if mistakes == 1 else 's'}")
    raise SystemExit(1 if mistakes else 0)


def line_of(finding: SettingFinding) -> str:
    place = f"{finding.section}.{finding.key}" if finding.key else finding.section
    return f"{'note' if finding.note else 'mistake'}: {place} {finding.message}"


main.add_command(engine_commands.notify)
main.add_command(sync_commands.sync)
main.add_command(takeover_commands.takeover)
main.add_command(undo_commands.undo)
main.add_command(undo_commands.store)
main.add_command(engine_commands.support)
main.add_command(engine_commands.doctor)
main.add_command(engine_commands.preflight)
