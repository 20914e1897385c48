"""The path of an imported file: the item's folder and the path below it, in the sender's notation."""

import re

from app.core.senders.parts import harmless_text, raw_text

WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")


def file_path(folder: str, file: dict) -> str:
    """The file's path in the library, or "" where that is missing; never the path of its download."""
    relative, path = raw_text(file, "relativePath"), raw_text(file, "path")
    if relative:
        return harmless_text(join_library_path(folder, relative)) if folder and stays_below(relative) else ""
    # `path` is the download's in old versions.
    return harmless_text(path) if folder and path.startswith(with_separator(folder)) else ""


def join_library_path(folder: str, relative: str) -> str:
    return with_separator(folder) + relative.lstrip("/\\" if is_windows(folder) else "/")


def with_separator(folder: str) -> str:
    if is_windows(folder):
        separator = "/" if "/" in folder and "\\" not in folder else "\\"
        return folder.rstrip("\\/") + separator
    return folder.rstrip("/") + "/"


def is_windows(folder: str) -> bool:
    return bool(WINDOWS.match(folder))


def stays_below(relative: str) -> bool:
    return ".." not in re.split(r"[\\/]", relative)
