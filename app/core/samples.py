"""The sample images that a testing run writes to test/."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

KINDS = (".jpg", ".jpeg", ".png", ".webp")


class SamplePicture(NamedTuple):
    """A sample image: its path below the folder, its address, and the file itself."""

    path: str
    name: str
    size: int
    url: str
    modified: float
    file: Path


def sample_images(root: Path) -> list[SamplePicture]:
    """All samples by path."""
    base = root.resolve()
    described = (describe_sample(base, file) for file in sorted(image_files(base)))
    return [sample for sample in described if sample]


def image_files(base: Path) -> Iterator[Path]:
    for folder, _, names in os.walk(base):
        yield from (Path(folder, name) for name in names if is_image(name))


def is_image(name: str) -> bool:
    """Hidden files are ones that a script still writes."""
    return not name.startswith(".") and name.lower().endswith(KINDS)


def describe_sample(base: Path, file: Path) -> SamplePicture | None:
    """The sample of a file, None for a link that leads out, and for a file that was just deleted."""
    try:
        target = file.resolve(strict=True)
        size, modified = target.stat().st_size, target.stat().st_mtime
    except (OSError, RuntimeError):
        return None
    if not (target.is_relative_to(base) and target.is_file()):
        return None
    path = file.relative_to(base)
    url = "/test/" + quote(os.fsencode(path.as_posix()))
    return SamplePicture(decode_name(path), decode_name(path.name), size, url, modified, target)


def decode_name(path: Path | str) -> str:
    """Bytes that are no UTF-8 would make the JSON unreadable to strict clients."""
    return os.fsencode(path).decode("utf-8", "replace")
