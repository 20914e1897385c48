"""Pictures that can be made again, kept on disk below a number."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.core.paths import replacing

MOST_FILES = 500


class PictureCache:
    """One folder of files by name; beyond `most` the oldest go. A disk that cannot be written is no fault."""

    def __init__(self, folder: Path, most: int = MOST_FILES):
        self.folder = folder
        self.most = most

    def content(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The bytes of that name, made where they are not kept; the name holds all that they depend on."""
        with suppress(OSError):
            return (self.folder / name).read_bytes()
        content = make()
        with suppress(OSError):
            self.keep(name, content)
        return content

    def keep(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with replacing(self.folder / name) as file:
            file.write(content)
        kept = sorted(self.folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
        for file in kept[: -self.most]:
            file.unlink(missing_ok=True)
