"""Objects that belong to one application: database, shared state, configuration, API document."""

import threading
from pathlib import Path
from typing import cast

from flask import Flask, current_app

from app.config import Settings
from app.core.assets.roots import AssetRoots
from app.core.config_file import ConfigFile
from app.core.paths import Paths
from app.core.schedule.schedule_file import ScheduleFile
from app.core.state import SharedState
from app.database import Database


class Machine:
    """The objects that views, threads and commands share; creating it opens no connection."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.paths = Paths(settings.app_data)
        self.database = Database(settings.database_url)
        self.config = ConfigFile(self.paths.config)
        self.roots = AssetRoots(chosen_roots(settings), self.config, settings.app_data)
        self.schedules = ScheduleFile(self.paths.scheduler, self.paths.scheduler_lock, settings.tz)
        self._state: SharedState | None = None
        self._state_gate = threading.Lock()

    @property
    def state(self) -> SharedState:
        """The shared state of this process; two objects would overwrite each other's changes."""
        with self._state_gate:
            if self._state is None:
                self._state = SharedState(self.paths.shared_state)
            return self._state

    def close(self) -> None:
        self.database.dispose()


def chosen_roots(settings: Settings) -> dict[str, Path | None]:
    """The roots that the environment names."""
    return {
        "assets": settings.asset_path,
        "manual": settings.manual_asset_path,
        "backup": settings.backup_path,
    }


def init_app(app: Flask, settings: Settings) -> None:
    app.extensions["machine"] = Machine(settings)


def machine() -> Machine:
    """The machine of the application that answers this request."""
    return cast(Machine, current_app.extensions["machine"])
