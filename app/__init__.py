"""Posterizarr Server: schedules, launches and follows a poster script, and keeps its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def create_app(**overrides) -> Flask:
    """Build the application from the environment and the overrides; nothing starts here."""
    # Imported here, because the poster script lives in this package too and must not load a web server.
    from flask import Flask

    from app import api, extensions, ui
    from app.config import load_settings
    from app.http import errors, metrics, proxies, security
    from app.log import frontend_log, log_level
    from app.services import inbox, previews, prices, system_readers, title_corrections

    app = Flask(__name__, static_folder=None)
    # Flask looks before each call whether a function is a coroutine; here none is.
    app.ensure_sync = lambda function: function
    settings = load_settings(**overrides)
    extensions.init_app(app, settings)
    errors.init_app(app)
    metrics.init_app(app)
    proxies.init_app(app, settings)
    security.init_app(app)
    inbox.init_app(app)
    system_readers.init_app(app)
    previews.init_app(app)
    prices.init_app(app)
    title_corrections.init_app(app)
    frontend_log.init_app(app)
    log_level.init_app(app)
    api.init_app(app)
    ui.init_app(app)
    return app
