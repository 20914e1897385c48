"""Commands that the poster engine answers."""

import click

from app.cli.machines import opened_machine, require_config
from app.core.messages import send_test_messages
from app.core.support import make_support_zip
from app.log.logs import own_secrets


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
        click.echo(make_support_zip(machine.engine, own_secrets(machine.settings)))
