"""The HTTP API: one chapter a module, schemas beside them."""

from flask import Flask

from app.api import (
    asset_answers,
    asset_galleries,
    asset_index,
    auth,
    choice_answers,
    config,
    dashboard,
    exports,
    frontend_log,
    gallery,
    health,
    history,
    image_choices,
    images,
    import_status,
    overlays,
    overview,
    runs,
    scheduler,
    system,
    system_readers,
    triggers,
    webhooks,
)
from app.api.document import Document

CHAPTERS = (
    system.chapter,
    history.chapter,
    dashboard.chapter,
    frontend_log.chapter,
    import_status.chapter,
    runs.chapter,
    gallery.chapter,
    overlays.chapter,
    asset_galleries.chapter,
    asset_index.chapter,
    overview.chapter,
    image_choices.chapter,
    exports.chapter,
    auth.chapter,
    scheduler.chapter,
    webhooks.chapter,
    triggers.chapter,
    config.chapter,
    health.chapter,
)


def init_app(app: Flask) -> None:
    app.json.sort_keys = False
    system_readers.init_app(app)
    asset_answers.init_app(app)
    choice_answers.init_app(app)
    for chapter in CHAPTERS:
        app.register_blueprint(chapter)
    document = Document(CHAPTERS, app.extensions["machine"].settings.app_base_path)
    app.extensions["document"] = document
    app.add_url_rule("/api/openapi.json", "openapi_json", document.answer)
    images.init_app(app)
