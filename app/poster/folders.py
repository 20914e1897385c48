"""Where things lie below the data root, and the picture folders that lie elsewhere."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Folders:
    """The data root and the folders of the assets; all are absolute."""

    data: Path
    assets: Path
    manual_assets: Path
    backup: Path

    @property
    def config(self) -> Path:
        return self.data / "config.json"

    @property
    def logs(self) -> Path:
        return self.data / "Logs"

    @property
    def rotated_logs(self) -> Path:
        return self.data / "RotatedLogs"

    @property
    def temp(self) -> Path:
        return self.data / "temp"

    @property
    def test(self) -> Path:
        return self.data / "test"

    @property
    def overlays(self) -> Path:
        return self.data / "Overlayfiles"

    @property
    def uploads(self) -> Path:
        return self.data / "uploads"

    @property
    def engine(self) -> Path:
        """Journal, store, plans and the cache of answers."""
        return self.data / "engine"
