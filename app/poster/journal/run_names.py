"""How runs are named in the journal: by the moment of their start, then by the server's run and attempt."""

import re
from datetime import datetime

ATTEMPT = re.compile(r"\d+-(?P<run>.+)-\d+")


def run_name(moment: datetime, given: str) -> str:
    """The name of a run that starts at the moment; `given` is "12-1" for a server's run 12, or ""."""
    return "-".join(filter(None, (f"{moment:%Y%m%d%H%M%S%f}", given)))


def is_named(name: str, number_or_name: str) -> bool:
    """Whether the run has that name, or is an attempt of the server's run of that number."""
    attempt = ATTEMPT.fullmatch(name)
    return name == number_or_name or bool(attempt and attempt["run"] == number_or_name)
