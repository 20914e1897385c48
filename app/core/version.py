"""Versions: of the script that runs, and how two of them compare."""

import re
from functools import lru_cache
from pathlib import Path

from app.core.fingerprint import fingerprint
from app.core.state_cache import StateCache

PACKAGE_VERSION = Path(__file__).resolve().parents[1] / "VERSION"
ASSIGNMENT = re.compile(
    rb"^[ \t]*\$(?:\w+:)?CurrentScriptVersion[ \t]*=[ \t]*['\"]([^'\"\r\n]{1,64})['\"]", re.MULTILINE | re.I
)
NUMBERS = re.compile(r"v?(\d{1,9}(?:\.\d{1,9}){0,5})(?!\d)(.*)", re.IGNORECASE | re.DOTALL)
# A larger file is no script.
SCRIPT_LIMIT = 16 * 1024 * 1024
UNKNOWN_VERSION = {"local": None, "remote": None, "is_update_available": False}


class ScriptVersion:
    """The version of the poster script: written in a .ps1 file, else this package's own."""

    def __init__(self, script: str):
        self.script = Path(script) if script.lower().endswith(".ps1") else None
        self.cache = StateCache()

    @property
    def is_ours(self) -> bool:
        return self.script is None

    def read(self) -> str | None:
        """The version, None where the file has none; the file is read again only when it has changed."""
        if self.script is None:
            return package_version()
        seen = fingerprint(self.script)
        if seen is None:
            return None
        script = self.script
        return self.cache.value("version", lambda: assigned_version(script), seen)


def assigned_version(script: Path) -> str | None:
    try:
        with script.open("rb") as file:
            found = ASSIGNMENT.search(file.read(SCRIPT_LIMIT))
    except OSError:
        return None
    return found[1].decode("utf-8", "replace").strip() if found else None


@lru_cache(maxsize=1)
def package_version() -> str:
    return PACKAGE_VERSION.read_text(encoding="utf-8").strip()


def is_newer(version: str | None, other: str | None) -> bool:
    """Whether the first version comes after the second; False where one of them cannot be read."""
    ours, theirs = rank(version), rank(other)
    return ours is not None and theirs is not None and ours > theirs


def rank(version: str | None) -> tuple | None:
    """A sortable form: numbers first, and what is marked as a pre-release comes before what is not."""
    matched = NUMBERS.fullmatch((version or "").strip())
    if matched is None:
        return None
    numbers = [int(number) for number in matched[1].split(".")]
    mark = matched[2].partition("+")[0].strip(" .-").lower()
    return (*numbers, *[0] * (6 - len(numbers)), mark == "", natural(mark))


def natural(mark: str) -> list[tuple[int, str]]:
    """beta10 comes after beta9."""
    return [(int(number or -1), word) for word, number in re.findall(r"([a-z]+)|(\d{1,9})", mark)]


def comparison(local: str | None, remote: str | None) -> dict:
    """{local, remote, is_update_available}; `-dev` marks a local version that is ahead."""
    ahead = is_newer(local, remote)
    shown = f"{local}-dev" if ahead and not (local or "").endswith("-dev") else local
    return {"local": shown, "remote": remote, "is_update_available": is_newer(remote, local)}
