"""UILogs/FrontendUI.log: the log of the web page, a line an entry, without secrets."""

import logging
import re
from collections.abc import Iterable
from datetime import datetime

from flask import Flask

from app.core.access.redaction import redact
from app.core.local_time import zone_or_none
from app.core.unified_log import FRONTEND
from app.extensions import Extension, Machine, machine
from app.log.logs import LEVEL_WIDTH, one_line
from app.log.shared_log_file import SharedLogFile

LONGEST_MESSAGE = 2000
# Beyond the cut, so that a secret across it is recognised as a whole.
LONGEST_READ = 2 * LONGEST_MESSAGE
LEVELS = {"warn": "WARNING", "warning": "WARNING", "error": "ERROR", "debug": "DEBUG", "critical": "CRITICAL"}
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")
COMPONENT = re.compile(r"[A-Za-z0-9_.-]{1,40}")
USUAL_COMPONENT = "ui"


class FrontendLog:
    """Writes entries in the format of the server's log; creating it opens nothing."""

    def __init__(self, machine: Machine):
        self.file = SharedLogFile(machine.paths.interface_logs / FRONTEND)
        self.hidden = machine.secret_values
        self.zone = zone_or_none(machine.settings.tz)

    def write(self, entries: Iterable[dict]) -> None:
        for entry in entries:
            self.file.handle(logging.makeLogRecord({"msg": self.line(entry)}))

    def line(self, entry: dict) -> str:
        level = f"[{LEVELS.get((entry['level'] or '').lower(), 'INFO')}]".ljust(LEVEL_WIDTH)
        message = one_line(redact((entry["message"] or "")[:LONGEST_READ], self.hidden()))[:LONGEST_MESSAGE]
        return f"[{self.moment(entry['timestamp'])}] {level} |{entry_component(entry)}| {message}"

    def moment(self, given: str | None) -> str:
        """The time of the entry by the page, else now."""
        known = given is not None and MOMENT.fullmatch(given)
        return given if known else f"{datetime.now(self.zone):%Y-%m-%d %H:%M:%S}"


def entry_component(entry: dict) -> str:
    given = entry["component"] or entry["source"] or ""
    return given if COMPONENT.fullmatch(given) else USUAL_COMPONENT


frontend_log = Extension[FrontendLog]("frontend_log")


def init_app(app: Flask) -> None:
    frontend_log.attach(app, FrontendLog(machine.of(app)))
