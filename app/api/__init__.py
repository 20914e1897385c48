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
from app.api.api_blueprint import Document, document_options

OPENAPI = {
    "API_TITLE": "Posterizarr Server",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.0.3",
    "OPENAPI_URL_PREFIX": "/api",
    "OPENAPI_JSON_PATH": "openapi.json",
}
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
)


def init_app(app: Flask) -> None:
    base_path = app.extensions["machine"].settings.app_base_path
    app.config.update(OPENAPI, API_SPEC_OPTIONS=document_options(base_path))
    app.json.sort_keys = False
    system_readers.init_app(app)
    asset_answers.init_app(app)
    choice_answers.init_app(app)
    document = Document(app)
    app.extensions["api"] = document
    for chapter in CHAPTERS:
        document.register_blueprint(chapter, url_prefix="/api")
    document.register_blueprint(health.chapter)
    images.init_app(app)
