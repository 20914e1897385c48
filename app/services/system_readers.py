"""Readers and caches of one process, kept between the requests of the reading endpoints."""

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.config import RELEASES, in_container
from app.core import health
from app.core.answer_cache import QueryCache
from app.core.assets.troubles import asset_problems
from app.core.database_probe import DatabaseProbe, query_database
from app.core.errors import ApplicationError
from app.core.exports.library_types import latest_export
from app.core.local_time import zone_or_none
from app.core.releases import latest_version, stored_releases
from app.core.runs import queued_count
from app.core.schedule.scheduler_status import SchedulerStatusReader
from app.core.silenced_problems import Silenced, marked_problems, silenced_problems
from app.core.status import StatusReader
from app.core.system_info import SystemInfo
from app.core.takeover.record import stored_takeover
from app.core.triggers.listing import TriggerFigures, trigger_figures
from app.core.version import ScriptVersion, comparison
from app.extensions import Extension, Machine, machine
from app.models import StoredDocument
from app.models.base import now

NOTHING = {
    "success": False,
    "enabled": False,
    "running": False,
    "is_executing": False,
    "schedules": [],
    "timezone": None,
    "last_run": None,
    "next_run": None,
    "active_jobs": [],
}


class SystemReaders:
    """The readers of one machine; creating them opens nothing."""

    def __init__(self, machine: Machine):
        settings = machine.settings
        self.machine = machine
        self.zone = zone_or_none(settings.tz)
        self.answer_cache = QueryCache(machine.database.engine)
        self.system_info = SystemInfo(in_container())
        self.script_version = ScriptVersion(settings.poster_script)
        self.is_listed = not self.script_version.is_ours or settings.releases_url != RELEASES
        self.database_probe = DatabaseProbe(self.touch_database)
        self.picture_states = machine.picture_states
        self._status: StatusReader | None = None

    @property
    def status_reader(self) -> StatusReader:
        if self._status is None:
            machine = self.machine
            script = machine.settings.poster_script
            hidden = machine.secret_values
            self._status = StatusReader(machine.paths, machine.state, script, self.zone, hidden)
        return self._status

    def status(self) -> dict:
        return self.status_reader.read(self.queued())

    def queued(self) -> int | None:
        """How many runs are queued, None where the database does not answer."""
        try:
            return self.answer_cache.answer("queued", self.count_queued)
        except SQLAlchemyError:
            return None

    def count_queued(self) -> int:
        with self.machine.database.reading() as session:
            return queued_count(session)

    def version(self) -> dict:
        """The versions; a script is compared with the releases of its own project only."""
        remote = self.answer_cache.answer("version", self.remote_version)
        compared = remote if self.is_listed else None
        return comparison(self.script_version.read(), compared) | {"remote": remote}

    def remote_version(self) -> str | None:
        document = self.stored_releases()
        return latest_version(document.body) if document else None

    def stored_releases(self) -> StoredDocument | None:
        with self.machine.database.reading() as session:
            return stored_releases(session)

    def latest_export(self) -> int:
        return self.answer_cache.answer("latest export", self.find_latest_export)

    def find_latest_export(self) -> int:
        with self.machine.database.reading() as session:
            return latest_export(session)

    def triggers(self) -> TriggerFigures:
        with self.machine.database.reading() as session:
            return trigger_figures(session)

    def schedule(self) -> dict:
        settings = self.machine.settings
        schedules, state = self.machine.schedules, self.machine.state
        reader = SchedulerStatusReader(schedules, state, settings.run_time, settings.tz)
        return reader.read(now())

    def touch_database(self) -> None:
        with self.machine.database.reading() as session:
            query_database(session)

    def problems(self, private: bool) -> list[dict]:
        """All problems with advice, code, and whether they are silenced; see `found_problems`."""
        return marked_problems(self.found_problems(private), self.silenced())

    def silenced(self) -> Silenced:
        """What is silenced; nothing while the database does not answer."""
        try:
            return self.answer_cache.answer("silenced", self.read_silenced)
        except SQLAlchemyError:
            return {}

    def read_silenced(self) -> Silenced:
        with self.machine.database.reading() as session:
            return silenced_problems(session)

    def found_problems(self, private: bool) -> list[dict]:
        """All problems with advice; those of the login, and details, only where `private` is set."""
        machine = self.machine
        state = machine.state.read()
        return [
            *health.config_problems(machine.config),
            *health.open_login_problems(machine.config, machine.settings.app_host),
            *self.stored_problems(private),
            *health.folder_problems(machine.paths),
            *health.disk_problems(machine.paths.data),
            *health.script_problems(machine.settings.poster_script),
            *health.leader_problems(state["leader"]),
            *health.published_problems(state["problems"], private),
            *health.schedule_problems(state["scheduler"], private),
            *asset_problems(state.get("assets")),
            *health.upload_problems(self.picture_states.counts()),
            *(health.login_warnings(machine.config, machine.settings.app_admin_password) if private else []),
        ]

    def stored_problems(self, private: bool) -> list[dict]:
        """The problems that are read from the database, or that the database does not answer."""
        try:
            if self.database_probe.answers():
                return [
                    *health.trigger_problems(self.triggers(), private),
                    *self.update_problems(),
                    *self.answer_cache.answer("takeover", self.takeover_problems),
                ]
        except SQLAlchemyError:
            pass  # it failed since its last probe
        return health.database_problems(answers=False)

    def takeover_problems(self) -> list[dict]:
        with self.machine.database.reading() as session:
            return health.takeover_problems(stored_takeover(session))

    def update_problems(self) -> list[dict]:
        """A check that has been switched off since its last failure is no problem."""
        checking = self.machine.settings.update_check
        return health.update_problems(self.stored_releases()) if checking else []


system_readers = Extension[SystemReaders]("system_readers")


def init_app(app: Flask) -> None:
    system_readers.attach(app, SystemReaders(machine.of(app)))


def schedule_part(*names: str) -> dict:
    """The named fields of the scheduler's status, or what stands for them while it cannot be read."""
    try:
        status = system_readers().schedule()
    except (ApplicationError, OSError, SQLAlchemyError):
        status = NOTHING
    return {name: status.get(name, NOTHING[name]) for name in names}
