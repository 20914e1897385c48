"""The files that pages are made of, at addresses that hold the version of all of them together."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from flask import Response, send_from_directory

PARTS = Path(__file__).parent / "static"
FRAME_SCRIPT = "frame.js"
KEPT_FOR_EVER = "public, max-age=31536000, immutable"
IMPORTED = re.compile(r"""(?:from|^import) "\./([\w-]+\.js)";""", re.MULTILINE)
LOADED = re.compile(r'src="[^"]*/([\w-]+\.js)"')


@dataclass(frozen=True)
class StaticParts:
    """What the folder had when it was read: a digest of all, what identifies each file, scripts' imports."""

    version: str
    stamps: dict[str, tuple[int, int]]
    imports: dict[str, tuple[str, ...]]

    def imported_by(self, scripts: Iterable[str]) -> list[str]:
        """All scripts that these import, and that those import, without these themselves."""
        found = dict.fromkeys(scripts)
        own = tuple(found)
        waiting = list(own)
        while waiting:
            fresh = [name for name in self.imports.get(waiting.pop(0), ()) if name not in found]
            found |= dict.fromkeys(fresh)
            waiting += fresh
        return list(found)[len(own) :]

    def is_present(self, version: str | None, name: str) -> bool:
        """Whether the file is the one of that version; an update may replace files before it restarts us."""
        known = self.stamps.get(name) if version == self.version else None
        return known is not None and known == stamp_of(PARTS / name)


@cache
def static_parts() -> StaticParts:
    names = sorted(path.relative_to(PARTS).as_posix() for path in PARTS.rglob("*") if path.is_file())
    stamps = {name: stamp_of(PARTS / name) for name in names}
    content = {name: (PARTS / name).read_bytes() for name in names}
    digest = blake2b(digest_size=6)
    for name, part in content.items():
        digest.update(f"{name}\n{len(part)}\n".encode() + part)
    imports = {
        name: tuple(IMPORTED.findall(part.decode()))
        for name, part in content.items()
        if name.endswith(".js") and "/" not in name
    }
    return StaticParts(digest.hexdigest(), stamps, imports)


def stamp_of(path: Path) -> tuple[int, int] | None:
    """(bytes, time of change), None where there is no such file."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


def modules_behind(scripts: str) -> list[str]:
    """The scripts to fetch at once with those of the page's markup, instead of one import after another."""
    return static_parts().imported_by((FRAME_SCRIPT, *LOADED.findall(scripts)))


def part_answer(name: str, version: str | None) -> Response:
    """The file of that name; a browser keeps what has the present version and asks for all others again."""
    response = send_from_directory(PARTS, name)
    is_kept = static_parts().is_present(version, name)
    response.headers["Cache-Control"] = KEPT_FOR_EVER if is_kept else "no-cache"
    return response
