"""Posterizarr Server: schedules, launches and follows a poster script, and keeps its history."""

from flask import Flask

from app import api, errors, extensions, metrics, proxies, security, ui
from app.config import load_settings


def create_app(**overrides) -> Flask:
    """Build the application from the environment and the overrides; nothing starts here."""
    app = Flask(__name__, static_folder=None)
    settings = load_settings(**overrides)
    extensions.init_app(app, settings)
    errors.init_app(app)
    metrics.init_app(app)
    proxies.init_app(app, settings)
    security.init_app(app)
    api.init_app(app)
    ui.init_app(app)
    return app
