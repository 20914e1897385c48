"""The command `posterizarr`."""

from app.cli.commands import main

__all__ = ["main"]
