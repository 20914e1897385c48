"""engine.json: the settings of this engine that Posterizarr.ps1 would delete from config.json."""

import json
from pathlib import Path

FILE = "engine.json"


class BadEnvironment(ValueError):
    """A value outside of config.json that cannot be used; its text is one sentence that says what to set."""


def read_own_settings(data: Path) -> dict[str, str]:
    """The settings as stripped texts, none where there is no file; BadEnvironment for a damaged one."""
    try:
        stored = json.loads((data / FILE).read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise BadEnvironment(f"{FILE} cannot be read ({error}); correct the file, or delete it") from error
    if not isinstance(stored, dict):
        raise BadEnvironment(f"{FILE} must hold one object between {{ and }}; correct the file, or delete it")
    return {name: value.strip() for name, value in stored.items() if isinstance(value, str)}
