"""Lists of assets for the poster script: short ones stand in the command line, long ones in a file."""

import json
import re
import time
from collections.abc import Container, Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from app.core.errors import ApplicationError, Invalid, Unavailable, reason_of
from app.core.modes import EXCEPT, ONLY, TAKE
from app.core.paths import file_inside, replacing, untrusted_asset_path

LONGEST_INLINE = 4096
OWN_NAME = re.compile(r"[0-9a-f]{32}\.txt")
FILE = "@"
# The file is there before the run that names it.
KEPT_SECONDS = 3600.0
TYPED_TAKE = "--take"


def asset_list(folder: Path, paths: Iterable[str]) -> str:
    """The value that names assets to the script: a JSON array, or `@` and a file below the folder.

    A file has one path a line, and stays for an hour and as long as a queued or active run names it.
    `Invalid` for a text that is no path of an asset, `Unavailable` where the file cannot be written.
    """
    chosen = list(dict.fromkeys(map(untrusted_asset_path, paths)))
    text = json.dumps(chosen)
    return text if len(text) <= LONGEST_INLINE else f"{FILE}{stored_list(folder, chosen)}"


def listed_inline(arguments: Sequence[str], name: str) -> int | None:
    """As `listed_count`, but reads no file: None for a list that is kept in one."""
    listed = list(arguments)
    is_kept = name in listed[:-1] and listed[listed.index(name) + 1].startswith(FILE)
    return None if is_kept else listed_count(listed, name)


def listed_count(arguments: Sequence[str], name: str) -> int | None:
    """How many assets the arguments list by that name, None where they list none or the file is gone."""
    words = list(arguments)
    value = words[words.index(name) + 1] if name in words[:-1] else ""
    try:
        if value.startswith(FILE):
            return len(Path(value.removeprefix(FILE)).read_text("utf-8").splitlines())
        return len(json.loads(value))
    except (OSError, ValueError, TypeError):
        return None


def stored_list(folder: Path, paths: list[str]) -> Path:
    """The file with these paths; the same list is the same file."""
    content = "".join(f"{path}\n" for path in paths).encode()
    target = folder / f"{sha256(content).hexdigest()[:32]}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(target) as file:
            file.write(content)
    except OSError as error:
        raise Unavailable(f"The list of assets cannot be stored: {reason_of(error)}.") from error
    return target


def require_lists(folder: Path, arguments: Sequence[str]) -> None:
    """Raise ValueError where a run names a list that is not, or no longer, one of the folder's files."""
    for name, value in zip(arguments, arguments[1:], strict=False):
        if name in (ONLY, EXCEPT, TAKE) and value.startswith(FILE):
            require_list(folder, Path(value.removeprefix(FILE)))


def require_list(folder: Path, path: Path) -> None:
    try:
        is_ours = file_inside(folder, path.name) == path.resolve()
    except ApplicationError as error:
        raise ValueError(f"the list of its assets is gone ({path.name}); ask for the run again") from error
    if not is_ours:
        raise ValueError(f"the list of its assets must lie in {folder}")


def prune_lists(folder: Path, needed: Container[str]) -> None:
    """Delete the lists that no run needs; `needed` are the arguments of the queued and active runs."""
    too_old = time.time() - KEPT_SECONDS
    with suppress(FileNotFoundError):
        for path in folder.iterdir():
            is_spare = OWN_NAME.fullmatch(path.name) and f"{FILE}{path}" not in needed
            if is_spare and path.stat().st_mtime < too_old:
                path.unlink(missing_ok=True)


def with_typed_lists(folder: Path, words: Sequence[str], typed_in: Path) -> list[str]:
    """The arguments that a person typed, with every `--take PATH` gathered in one list and files copied.

    A value `@FILE` of the script's own words is read from the folder that the person typed it in.
    """
    taken, rest, waiting = [], [], iter(words)
    for word in waiting:
        if word == TYPED_TAKE:
            taken.append(next(waiting, ""))
        elif word in (ONLY, TAKE):
            rest += [word, typed_list(folder, next(waiting, ""), typed_in)]
        else:
            rest.append(word)
    return [*rest, TAKE, asset_list(folder, taken)] if taken else rest


def typed_list(folder: Path, value: str, typed_in: Path) -> str:
    if not value.startswith(FILE):
        return value
    try:
        lines = (typed_in / value.removeprefix(FILE)).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise Invalid(f"The list {value} cannot be read: {reason_of(error)}.") from error
    return asset_list(folder, filter(None, lines))
