"""The command `posterizarr`: what a person or a cron table does without a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import click

from app.config import Settings, SettingsError, load_settings
from app.core import version
from app.core.access import api_keys
from app.core.access.callers import SCOPES
from app.core.assets.walk import count_assets
from app.core.errors import ApplicationError
from app.core.modes import MODES
from app.core.settings.config_check import Finding
from app.core.settings.login_and_folder_checks import LoginAndFolderChecks
from app.core.settings.mistakes import findings
from app.extensions import Machine
from app.follow import run_to_the_end
from app.models import ApiKey
from app.models.base import now
from app.server import serving
from app.server.startup import StartupError, introduction, open_machine, prepare
from app.services.keys import create_key, revoke_key

SPOKEN = {
    "poster": "posters",
    "background": "backgrounds",
    "season": "seasons",
    "titlecard": "title cards",
}
UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")


@contextmanager
def ready_machine() -> Iterator[Machine]:
    """A machine whose folders and tables exist; what goes wrong becomes one line."""
    try:
        machine = open_machine(load_settings())
        first = prepare(machine, least_shown(machine.settings))
    except (SettingsError, StartupError) as error:
        raise click.ClickException(str(error)) from error
    if first:
        click.echo(introduction(first, machine.paths.data), err=True)
    try:
        yield machine
    except ApplicationError as error:
        raise click.ClickException(error.detail) from error
    finally:
        machine.close()


def least_shown(settings: Settings) -> str:
    """A person at a terminal is told results; what the log says of the way there is kept in its file."""
    return "DEBUG" if settings.log_level == "DEBUG" else "WARNING"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version.package_version(), message="Posterizarr Server %(version)s")
def main() -> None:
    """Schedule, launch and follow a poster script.

    Every command reads the same settings from the environment as the server: APP_DATA and its siblings.
    """


@main.command()
def serve() -> None:
    """Serve the API and the pages until Ctrl-C."""
    serving.serve()


@main.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
    epilog=f"Modes: {', '.join(MODES)}.",
)
@click.argument("mode", metavar="MODE")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def run(mode: str, arguments: tuple[str, ...]) -> None:
    """Queue a run, follow it to its end, and exit with its outcome.

    A server that is up takes the run; where none is, this command does the work itself. ARGUMENTS go to the
    poster script as they are: posterizarr run manual -PicturePath poster.jpg -Titletext Alien

    Exit codes: 0 completed, 1 failed, 3 stopped, 4 interrupted, 5 skipped.
    """
    with ready_machine() as machine:
        code = run_to_the_end(machine, mode, arguments)
    raise SystemExit(code)


@main.group()
def key() -> None:
    """Create, list and revoke API keys."""


@key.command("create")
@click.argument("name")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="May be given several times."
)
@click.option("--expires-days", type=click.IntRange(1, 3650), help="Days until the key stops working.")
def create(name: str, scopes: tuple[str, ...], expires_days: int | None) -> None:
    """Create a key and print it, once. It has every scope but admin unless told otherwise."""
    expires = now() + timedelta(days=expires_days) if expires_days else None
    with ready_machine() as machine:
        _, plain = create_key(machine, name, scopes or api_keys.DEFAULT_SCOPES, expires)
    click.echo(plain)


@key.command("list")
def list_all() -> None:
    """List the keys that exist; the keys themselves are not kept."""
    with ready_machine() as machine, machine.database.reading() as session:
        for item in api_keys.list_keys(session):
            click.echo(described(item))


def described(item: ApiKey) -> str:
    expires = f"expires {item.expires_at:%Y-%m-%d}" if item.expires_at else "never expires"
    used = f"used {item.last_used_at:%Y-%m-%d %H:%M}" if item.last_used_at else "never used"
    return f"{item.id:>4}  {item.prefix}...  {item.name}  [{', '.join(item.scopes)}]  {expires}, {used}"


@key.command()
@click.argument("key_id", type=int, metavar="ID")
def revoke(key_id: int) -> None:
    """Take a key away by its number in the list."""
    with ready_machine() as machine:
        item = revoke_key(machine, key_id)
    click.echo(f"Revoked {item.name}.")


@main.command()
def scan() -> None:
    """Count the artwork in the asset folder by kind."""
    with ready_machine() as machine:
        root = machine.roots.existing("assets")
        amounts = count_assets(root)
    click.echo(f"{root}")
    for kind, amount in amounts.items():
        click.echo(f"{SPOKEN[kind]:<12} {amount.files:>8}  {readable(amount.size)}")


def readable(size: int) -> str:
    power = min((max(size, 1).bit_length() - 1) // 10, len(UNITS) - 1)
    return f"{size / 1024**power:.{1 if power else 0}f} {UNITS[power]}"


@main.group()
def config() -> None:
    """Look after config.json."""


@config.command()
def check() -> None:
    """Say what is wrong with config.json; exit 1 where something is."""
    with ready_machine() as machine:
        checks = LoginAndFolderChecks(
            machine.paths.data, has_admin_password=bool(machine.settings.app_admin_password)
        )
        told = findings(machine.config.values(), checks)
    for finding in told:
        click.echo(line_of(finding))
    mistakes = sum(not finding.note for finding in told)
    click.echo(f"{machine.paths.config}: {mistakes or 'no'} mistake{'' if mistakes == 1 else 's'}")
    raise SystemExit(1 if mistakes else 0)


def line_of(finding: Finding) -> str:
    place = f"{finding.section}.{finding.key}" if finding.key else finding.section
    return f"{'note' if finding.note else 'mistake'}: {place} {finding.message}"
