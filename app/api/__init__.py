"""The HTTP API: one blueprint a module, schemas beside them."""

from flask import Flask

from app.api import (
    artwork_edits,
    asset_answers,
    asset_galleries,
    asset_index,
    asset_originals,
    asset_redraws,
    asset_versions,
    attention,
    auth,
    bulk_choices,
    candidate_previews,
    catalogue,
    choice_answers,
    config,
    content_hashes,
    days,
    designs,
    doctor,
    duels,
    exchange_runs,
    exports,
    frontend_log,
    gallery,
    glances,
    health,
    history,
    image_choices,
    images,
    import_status,
    libraries,
    made_pictures,
    manual_runs,
    notifications,
    overlay_creator,
    overlays,
    overview,
    passport,
    preflight,
    previews,
    price,
    problems,
    replacement_queue,
    replacing,
    rules,
    runs,
    scheduler,
    streams,
    support,
    system,
    takeover,
    thumbnails,
    title_corrections,
    triggers,
    validation,
    viewing,
    webhooks,
    webui,
)
from app.api.document import Document
from app.extensions import machine, openapi_document

BLUEPRINTS = (
    system.blueprint,
    history.blueprint,
    glances.blueprint,
    frontend_log.blueprint,
    import_status.blueprint,
    runs.blueprint,
    manual_runs.blueprint,
    made_pictures.blueprint,
    exchange_runs.blueprint,
    preflight.blueprint,
    previews.blueprint,
    passport.blueprint,
    days.blueprint,
    gallery.blueprint,
    thumbnails.blueprint,
    candidate_previews.blueprint,
    overlays.blueprint,
    overlay_creator.blueprint,
    asset_galleries.blueprint,
    asset_index.blueprint,
    asset_originals.blueprint,
    asset_redraws.blueprint,
    title_corrections.blueprint,
    duels.blueprint,
    artwork_edits.blueprint,
    catalogue.blueprint,
    asset_versions.blueprint,
    overview.blueprint,
    attention.blueprint,
    image_choices.blueprint,
    bulk_choices.blueprint,
    replacing.blueprint,
    replacement_queue.blueprint,
    exports.blueprint,
    auth.blueprint,
    scheduler.blueprint,
    webhooks.blueprint,
    triggers.blueprint,
    config.blueprint,
    designs.blueprint,
    webui.blueprint,
    rules.blueprint,
    price.blueprint,
    notifications.blueprint,
    validation.blueprint,
    libraries.blueprint,
    support.blueprint,
    doctor.blueprint,
    takeover.blueprint,
    health.blueprint,
    problems.blueprint,
    streams.blueprint,
    viewing.blueprint,
)


def init_app(app: Flask) -> None:
    app.json.sort_keys = False
    asset_answers.init_app(app)
    choice_answers.init_app(app)
    content_hashes.init_app(app)
    thumbnails.init_app(app)
    candidate_previews.init_app(app)
    asset_originals.init_app(app)
    passport.init_app(app)
    days.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    document = openapi_document.attach(app, Document(BLUEPRINTS, machine.of(app).settings.app_base_path))
    app.add_url_rule("/api/openapi.json", "openapi_json", document.answer)
    images.init_app(app)
    streams.init_app(app)
