"""Where things lie below the data root, and the picture folders that lie elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.poster.settings import Settings

# What begins the path of a file outside of the asset folder in the journal: the address at which the server
# shows its tree. No path below the asset folder begins with a slash.
MANUAL, BACKUP = "/manual_poster_assets/", "/backup_assets/"


@dataclass(frozen=True)
class Trees:
    """The folders whose files the journal names; of a tree that is None there are no files."""

    assets: Path
    manual_assets: Path | None = None
    backup: Path | None = None

    def root(self, path: str) -> Path:
        """The folder of the tree in which the journal's path lies; FileNotFoundError where there is none."""
        root = self.manual_assets if path.startswith(MANUAL) else self.backup
        if is_asset(path):
            return self.assets
        if root is None or not path.startswith((MANUAL, BACKUP)):
            raise FileNotFoundError(f"{path} lies in no folder of pictures")
        return root

    def file(self, path: str) -> Path:
        """Where the file of the journal's path lies."""
        return self.root(path) / path_in_tree(path)


def is_asset(path: str) -> bool:
    """Whether the journal's path lies below the asset folder."""
    return not path.startswith("/")


def path_in_tree(path: str) -> str:
    """The journal's path as it is below the folder of its tree."""
    return path if is_asset(path) else path.removeprefix(MANUAL).removeprefix(BACKUP)


@dataclass(frozen=True)
class Folders:
    """The data root and the folders of the assets; all are absolute."""

    data: Path
    assets: Path
    manual_assets: Path
    backup: Path

    @property
    def trees(self) -> Trees:
        return Trees(self.assets, self.manual_assets, self.backup)

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

    @property
    def locks(self) -> Path:
        """Locks between processes, see applying/file_locks.py."""
        return self.engine / "locks"


def data_folder(environment: Mapping[str, str]) -> Path:
    return Path(environment.get("APP_DATA") or Path.cwd()).absolute()


def read_folders(data: Path, settings: Settings, environment: Mapping[str, str]) -> Folders:
    """The folders of the settings, where the environment names no others."""

    def folder(variable: str, key: str) -> Path:
        return data / (environment.get(variable) or settings.folder("PrerequisitePart", key))

    assets = folder("ASSET_PATH", "AssetPath")
    manual_assets = folder("MANUAL_ASSET_PATH", "ManualAssetPath")
    return Folders(data, assets, manual_assets, folder("BACKUP_PATH", "BackupPath"))
