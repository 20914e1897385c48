"""The level of the log as the settings of the page say it, in every worker as soon as it changes."""

import logging

from flask import Flask

from app.core.fingerprint import Fingerprint
from app.core.settings.webui_settings import LOG_LEVEL, WebuiSettings
from app.extensions import Extension, Machine, machine


class LogLevel:
    """Follows the file of the settings; as long as there is none, the level stays as the environment says."""

    def __init__(self, machine: Machine):
        self.settings = WebuiSettings(machine.paths, machine.settings.log_level)
        self.seen: Fingerprint | None = None

    def follow(self) -> None:
        """Set the level where the file has changed; costs one look at the file."""
        found = self.settings.file.fingerprint()
        if found == self.seen:
            return
        self.seen = found
        logging.getLogger().setLevel(self.settings.read()[LOG_LEVEL].upper())


log_level = Extension[LogLevel]("log_level")


def init_app(app: Flask) -> None:
    app.before_request(log_level.attach(app, LogLevel(machine.of(app))).follow)
