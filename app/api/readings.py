"""What the reading endpoints of one process keep in memory between requests."""

from typing import cast

from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from app.config import in_container
from app.core.local_time import zone_named
from app.core.releases import latest_version, stored_releases
from app.core.remembered import Remembered
from app.core.runs import queued_count
from app.core.status import StatusReader
from app.core.system_info import SystemInfo
from app.core.version import ScriptVersion, comparison
from app.extensions import Machine


class Readings:
    """Readers over one machine; making them opens nothing."""

    def __init__(self, machine: Machine):
        settings = machine.settings
        self.machine = machine
        self.zone = zone_named(settings.tz)
        self.remembered = Remembered(machine.database.engine)
        self.system_info = SystemInfo(in_container())
        self.script_version = ScriptVersion(settings.poster_script)
        self._status: StatusReader | None = None

    @property
    def status_reader(self) -> StatusReader:
        if self._status is None:
            machine = self.machine
            script = machine.settings.poster_script
            self._status = StatusReader(machine.paths, machine.state, script, self.zone)
        return self._status

    def status(self) -> dict:
        return self.status_reader.read(self.queued())

    def queued(self) -> int | None:
        """How many runs wait; a status without a database is better than none."""
        try:
            return self.remembered.answer("queued", self.count_queued)
        except OperationalError:
            return None

    def count_queued(self) -> int:
        with self.machine.database.reading() as session:
            return queued_count(session)

    def version(self) -> dict:
        remote = self.remembered.answer("version", self.remote_version)
        return comparison(self.script_version.read(), remote)

    def remote_version(self) -> str | None:
        with self.machine.database.reading() as session:
            document = stored_releases(session)
            return latest_version(document.body) if document else None


def init_app(app: Flask) -> None:
    app.extensions["readings"] = Readings(app.extensions["machine"])


def readings() -> Readings:
    return cast(Readings, current_app.extensions["readings"])
