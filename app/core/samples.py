"""The sample images that a testing run writes to test/."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.parse import quote

KINDS = (".jpg", ".jpeg", ".png", ".webp")
LIMIT = 200


def sample_images(root: Path) -> list[dict]:
    """[{path, name, size, url, modified}], at most 200 by path; bytes and epoch seconds."""
    base = root.resolve()
    described = (describe_sample(base, file) for file in sorted(image_files(base)))
    return list(islice(filter(None, described), LIMIT))


def image_files(base: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(base):
        yield from (Path(folder, name) for name in names if is_image(name))


def is_image(name: str) -> bool:
    """Hidden files are ones that a script still writes."""
    return not name.startswith(".") and name.lower().endswith(KINDS)


def describe_sample(base: Path, file: Path) -> dict | None:
    """The entry of a file, None for a link that leads out, and for a file that was just deleted."""
    try:
        target = file.resolve(strict=True)
        size, modified = target.stat().st_size, target.stat().st_mtime
    except (OSError, RuntimeError):
        return None
    if not (target.is_relative_to(base) and target.is_file()):
        return None
    path = file.relative_to(base)
    return {
        "path": decode_name(path),
        "name": decode_name(path.name),
        "size": size,
        "url": "/test/" + quote(os.fsencode(path.as_posix())),
        "modified": modified,
    }


def decode_name(path: Path | str) -> str:
    """Bytes that are no UTF-8 would make the JSON unreadable to strict clients."""
    return os.fsencode(path).decode("utf-8", "replace")
