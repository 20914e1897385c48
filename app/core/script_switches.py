"""Which switches the poster script takes: the built-in one is asked, the file of another one is read."""

import re
from functools import lru_cache
from pathlib import Path

from app.core.modes import MODES, script_command, script_environment
from app.core.runner import output_of

HELP_SECONDS = 20.0
LARGEST_SCRIPT = 8 * 1024 * 1024
SWITCH = re.compile(r"(?<![\w-])-[A-Za-z]+")


def takes_mode(script: str, mode: str) -> bool | None:
    """Whether the script has a mode; None where it does not say, as most scripts but PowerShell's do not.

    OSError where it can neither be asked nor read.
    """
    switch = MODES[mode].switches[0]
    if not script:
        return switch in built_in_switches()
    if not script.lower().endswith(".ps1"):
        return None
    with Path(script).open("rb") as file:
        text = file.read(LARGEST_SCRIPT).decode(errors="replace")
    parameter = rf"\${switch.removeprefix('-')}\b"
    return re.search(parameter, text, re.IGNORECASE) is not None


@lru_cache(maxsize=1)
def built_in_switches() -> frozenset[str]:
    """The switches that the help of the built-in script lists, which stay the same while this server runs."""
    text = output_of([*script_command(""), "-Help"], script_environment("", {}), HELP_SECONDS)
    return frozenset(SWITCH.findall(text))
