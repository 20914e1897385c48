"""Files that others read appear whole or not at all."""

import os
from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """Put the content in place of `target`; a reader sees the old file or the new one, also after a crash."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    try:
        write_synced(beside, content)
        beside.replace(target)
    except OSError as error:
        error.filename = error.filename or str(target)
        raise
    finally:
        beside.unlink(missing_ok=True)


def write_synced(path: Path, content: bytes) -> None:
    # What a killed run left, or a link that was laid in the way, is not written through.
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
