"""The machine that a command works on, and errors as one line."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import click

from app.config import Settings, SettingsError, load_settings
from app.core.errors import ApplicationError, NotFound
from app.extensions import Machine
from app.server.startup import StartupError, introduction, open_machine, prepare_machine


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    try:
        yield
    except (SettingsError, StartupError) as error:
        raise click.ClickException(str(error)) from error
    except ApplicationError as error:
        raise click.ClickException(error.detail) from error


@contextmanager
def opened_machine() -> Iterator[Machine]:
    """A machine over the data folder as it is: nothing is created or changed in it."""
    with errors_in_one_line(), closing(open_machine(load_settings())) as machine:
        yield machine


@contextmanager
def ready_machine() -> Iterator[Machine]:
    """A machine whose folders and tables exist; they are created where they do not."""
    with opened_machine() as machine:
        if first := prepare_machine(machine, least_shown(machine.settings)):
            click.echo(introduction(first, machine.paths.data), err=True)
        yield machine


@contextmanager
def known_machine() -> Iterator[Machine]:
    """A machine over a data folder that a server has set up; one error line where there is none."""
    with opened_machine() as machine:
        require_config(machine)
        prepare_machine(machine, least_shown(machine.settings))
        yield machine


def require_config(machine: Machine) -> None:
    if not machine.paths.config.exists():
        raise NotFound(
            f"{machine.paths.config} does not exist: set APP_DATA to the data folder of your server,"
            " or start the server once, which creates the file."
        )


def least_shown(settings: Settings) -> str:
    """The least level that is printed: a terminal shows results, and the log file the details."""
    return "DEBUG" if settings.log_level == "DEBUG" else "WARNING"
