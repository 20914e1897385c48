"""How runs are named in the journal: by the moment of their start, then by the server's run and attempt."""

import re
from datetime import datetime

ATTEMPT = re.compile(r"\d+-(?P<run>.+)-\d+")


def run_name(moment: datetime, given: str) -> str:
    """The name of a run that starts at the moment; `given` is "12-1" for a server's run 12, or ""."""
    return "-".join(filter(None, (f"{moment:%Y%m%d%H%M%S%f}", given)))


def is_named(name: str, number_or_name: str) -> bool:
    """Whether the run has that name, or is an attempt of the server's run of that number."""
    return number_or_name in (name, shown_name(name))


def shown_name(name: str) -> str:
    """The name by which people know the run: the server's number, else its name in the journal."""
    attempt = ATTEMPT.fullmatch(name)
    return attempt["run"] if attempt else name
