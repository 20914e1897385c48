"""Where the trees of artwork are: a variable of the environment, else the entry in config.json."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from app.core.config_file import ConfigFile, truthy
from app.core.errors import ConfigUnreadable, NotFound

SECTION = "PrerequisitePart"


class RootPlace(NamedTuple):
    """The key of a root in config.json, and the address below which its images are served."""

    setting: str
    prefix: str


PLACES = {
    "assets": RootPlace("AssetPath", "poster_assets"),
    "manual": RootPlace("ManualAssetPath", "manual_poster_assets"),
    "backup": RootPlace("BackupPath", "backup_assets"),
}


class AssetRoots:
    """The three roots as they are configured at this moment."""

    def __init__(self, overrides: Mapping[str, Path | None], config: ConfigFile, data: Path):
        self.overrides = overrides
        self.config = config
        self.data = data

    def path(self, name: str) -> Path | None:
        """The root's folder, None where none is configured; a relative one lies below the data folder."""
        return self.overrides.get(name) or self.configured(name)

    def configured(self, name: str) -> Path | None:
        entry = self.config.setting(SECTION, PLACES[name].setting, "")
        return self.data / entry if isinstance(entry, str) and entry.strip() else None

    def overridden(self) -> list[str]:
        """The settings in whose place the environment names another folder than config.json does."""
        try:
            return [
                PLACES[name].setting
                for name, chosen in self.overrides.items()
                if chosen and self.configured(name) not in (None, chosen)
            ]
        except ConfigUnreadable:
            return []

    def existing(self, name: str) -> Path:
        path = self.path(name)
        if path is None:
            raise NotFound(f"No {PLACES[name].setting} is configured.")
        return path

    def follow_links(self) -> bool:
        return truthy(self.config.setting(SECTION, "FollowSymlink", False))
