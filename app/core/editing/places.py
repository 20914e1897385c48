"""From the names that clients use to the files that may be edited."""

import os
from collections.abc import Iterable
from pathlib import Path

from app.core.assets.browse import safe_relative_path
from app.core.assets.roots import PLACES
from app.core.errors import Invalid, NotFound
from app.core.paths import LONGEST_PATH, NO_PATH, inside
from app.core.samples import is_image

ASSETS = "assets"


def journal_path(root: str, path: str) -> str:
    """How the journal names a file of the tree: trees other than that of the assets by their address."""
    return path if root == ASSETS else f"/{PLACES[root].prefix}/{path}"


def by_root(paths: Iterable[str]) -> dict[str, dict[str, str]]:
    """The journal's paths by the root in which they lie: {root: {journal's path: path below the root}}."""
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        root = next((name for name in PLACES if path.startswith(f"/{PLACES[name].prefix}/")), ASSETS)
        below = path if root == ASSETS else path.removeprefix(f"/{PLACES[root].prefix}/")
        found.setdefault(root, {})[path] = below
    return found


def editable_path(folder: Path, untrusted: str, follow_links: bool = False) -> str:
    """The path below the folder of an image that is there, in whichever separators it is written.

    `Forbidden` where it lies outside, `NotFound` where there is none, `Invalid` where it is no image. With
    `follow_links` a link may lead outside.
    """
    if len(untrusted) > LONGEST_PATH:
        raise Invalid("A path has 4096 characters at most.")
    # A backslash may also be part of a name.
    own = untrusted.lstrip("/")
    is_own = is_plain(own) and is_file_there(folder, own, follow_links)
    path = own if is_own else safe_relative_path(untrusted)
    if path and not is_file_there(folder, path, follow_links):
        raise refusal(folder, path)
    if not is_image(path.rpartition("/")[2]):
        raise Invalid(f"{untrusted[:200]!r} is no image.")
    return path


def is_plain(path: str) -> bool:
    return "\0" not in path and not any(part in ("", ".", "..") for part in path.split("/"))


def is_file_there(folder: Path, path: str, follow_links: bool) -> bool:
    try:
        return (folder / path if follow_links else inside(folder, path)).is_file()
    except (OSError, UnicodeEncodeError):
        return False


def refusal(folder: Path, path: str) -> Invalid | NotFound:
    if is_plain(path) and os.path.lexists(folder / path):
        return Invalid(f"{path[:200]!r} is no file.")
    return NotFound(f"There is no file {path[:200]!r}.")


def new_path(untrusted: str) -> str:
    """The path of an image that may be there or not; `Invalid` or `Forbidden` for what is none."""
    path = safe_relative_path(untrusted)
    if NO_PATH.search(path) or len(path) > LONGEST_PATH or not is_image(path.rpartition("/")[2]):
        raise Invalid(f"{untrusted[:200]!r} is no path of an image.")
    return path
