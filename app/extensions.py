"""Objects that belong to one application: database, shared state, configuration, API document."""

import threading
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from flask import Flask, current_app

from app.config import VARIABLES, Settings, child_environment, media_folder
from app.core.access.secret_values import SecretValues
from app.core.assets.roots import AssetRoots
from app.core.config_file import ConfigFile
from app.core.decisions.picture_states import PictureStates
from app.core.engine_calls import EngineCalls
from app.core.live.places import StreamPlaces
from app.core.outgoing.picture_download import PictureDownloads
from app.core.paths import Paths
from app.core.schedule.schedule_file import ScheduleFile
from app.core.settings.own_settings import own_media_folder
from app.core.state import SharedState
from app.database import Database

Kind = TypeVar("Kind")


class Extension(Generic[Kind]):
    """The one way to objects that belong to an application; called, it returns that of the current one."""

    def __init__(self, name: str):
        self.name = name

    def attach(self, app: Flask, value: Kind) -> Kind:
        app.extensions[self.name] = value
        return value

    def of(self, app: Flask) -> Kind:
        return app.extensions[self.name]

    def __call__(self) -> Kind:
        return current_app.extensions[self.name]


class Machine:
    """The objects that views, threads and commands share; creating it opens no connection."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.paths = Paths(settings.app_data)
        self.database = Database(settings.database_url)
        self.config = ConfigFile(self.paths.config)
        self.roots = AssetRoots(chosen_roots(settings), self.config, settings.app_data)
        self.picture_states = PictureStates(self.paths.engine)
        self.schedules = ScheduleFile(self.paths.scheduler, self.paths.scheduler_lock, settings.tz)
        # What no log and no stream may show.
        self.secret_values = SecretValues(self.config, own_secrets(settings))
        self.stream_places = StreamPlaces()
        self.downloads = PictureDownloads()
        self._state: SharedState | None = None
        self._state_gate = threading.Lock()

    @property
    def state(self) -> SharedState:
        """The shared state of this process; two objects would overwrite each other's changes."""
        with self._state_gate:
            if self._state is None:
                self._state = SharedState(self.paths.shared_state)
            return self._state

    @property
    def engine(self) -> EngineCalls:
        """The built-in poster script, for answers without a run."""
        return EngineCalls(self.paths.data, child_environment(self.settings))

    @property
    def media_folder(self) -> Path | None:
        """The folder of libraries, None where the source is a media server or none is set."""
        chosen = self.settings.media_path or own_media_folder(self.paths)
        return chosen or media_folder(self.settings)

    def close(self) -> None:
        self.database.dispose()


def own_secrets(settings: Settings) -> list[str]:
    """The values of secret variables of the environment."""
    return [getattr(settings, variable.name.lower()) for variable in VARIABLES if variable.secret]


def chosen_roots(settings: Settings) -> dict[str, Path | None]:
    """The roots that the environment names."""
    return {
        "assets": settings.asset_path,
        "manual": settings.manual_asset_path,
        "backup": settings.backup_path,
    }


class ApiDocument(Protocol):
    """The OpenAPI document of an application."""

    content: dict
    page: str


machine = Extension[Machine]("machine")
openapi_document = Extension[ApiDocument]("document")


def init_app(app: Flask, settings: Settings) -> None:
    machine.attach(app, Machine(settings))
