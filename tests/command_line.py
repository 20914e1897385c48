"""The command `posterizarr`, in processes that are forked with everything loaded."""

import atexit
import subprocess
from collections.abc import Mapping
from functools import cache

from tests.forked import ROOT, Forge, serve


@cache
def command_forge() -> Forge:
    """The one for all tests of this process; it ends with the process."""
    forge = Forge(__name__)
    atexit.register(forge.close)
    return forge


def run_command(
    *arguments: str, environment: Mapping[str, str], limit: float = 90
) -> subprocess.CompletedProcess:
    """The command run to its end in the folder of the project."""
    words = [str(word) for word in arguments]
    run = command_forge().run(ROOT, *words, environment=environment, limit=limit)
    return subprocess.CompletedProcess(["posterizarr", *words], run.code, run.output, run.errors)


def main() -> None:
    from app import cli

    serve(cli.main)


if __name__ == "__main__":
    main()
