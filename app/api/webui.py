"""What the existing web page keeps on the server, and what it asks of it beside artwork and runs."""

import logging

import structlog
from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.shapes import MessageSchema
from app.api.schemas.webui import (
    SavedWebuiSettingsSchema,
    ShownWebuiSettingsSchema,
    UploadDiagnosticsSchema,
    WebuiSettingsChangeSchema,
)
from app.config import handed_on, in_container
from app.core.settings.webui_settings import LEVELS, ONBOARDED
from app.core.upload_diagnostics import upload_diagnostics
from app.extensions import machine
from app.http.security import requires
from app.log.log_level import log_level

log = structlog.get_logger(__name__)

blueprint = ApiBlueprint("webui", __name__, description="What the existing web page keeps on the server.")


@blueprint.get("/webui-settings")
@blueprint.response(200, ShownWebuiSettingsSchema)
@requires("read")
def get_webui_settings() -> Response:
    """Return the settings of the page and the level of the log."""
    return jsonify(
        success=True,
        settings=shown_settings(),
        available_log_levels=LEVELS,
        config_file=str(machine().paths.webui_settings),
    )


@blueprint.post("/webui-settings")
@blueprint.arguments(WebuiSettingsChangeSchema)
@blueprint.response(200, SavedWebuiSettingsSchema)
@requires("config")
def save_webui_settings(sent: dict) -> Response:
    """Merge settings of the page; a level of the log counts at once, in every worker."""
    log_level().settings.merge(sent["settings"])
    log_level().follow()
    log.info("webui_settings_saved", names=list(sent["settings"])[:20])
    return jsonify(success=True, message="The settings are saved", settings=shown_settings())


def shown_settings() -> dict:
    current = logging.getLevelName(logging.getLogger().level)
    return log_level().settings.read() | {"current_log_level": current}


@blueprint.post("/onboarding/complete")
@blueprint.response(200, MessageSchema)
@requires("config")
def complete_onboarding() -> Response:
    """Record that the introduction was seen, so that no page shows it again."""
    log_level().settings.merge({ONBOARDED: True})
    return jsonify(success=True, message="The introduction is completed")


@blueprint.get("/upload-diagnostics")
@blueprint.response(200, UploadDiagnosticsSchema)
@requires("read")
def get_upload_diagnostics() -> Response:
    """Return which folders the server may read and write; nothing is written for it."""
    assets = machine().roots.path("assets")
    shown = handed_on(machine().settings)
    return jsonify(upload_diagnostics(machine().paths, assets, shown, in_container()))
