"""The support zip: logs, settings, versions and counts without any secret, gathered by the poster engine."""

import json
from collections.abc import Iterable
from pathlib import Path

from app.core.engine_calls import EngineCalls
from app.core.errors import Unavailable
from app.core.paths import file_inside

SWITCH = "-GatherLogs"
LONGEST = 300.0


def make_support_zip(engine: EngineCalls, secrets: Iterable[object]) -> Path:
    """The path of a new zip; `secrets` are those that no file of the data folder holds."""
    told = json.dumps([secret for secret in secrets if isinstance(secret, str) and secret])
    made = engine.ask(SWITCH, seconds=LONGEST, secret={"SUPPORT_SECRETS": told})
    if not isinstance(made, dict) or "file" not in made:
        raise Unavailable("The poster engine made no support zip.")
    return file_inside(engine.folder, str(Path(made["file"]).relative_to(engine.folder)))
