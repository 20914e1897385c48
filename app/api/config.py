"""config.json as a map to read and edit, its backups, and the design that may be given to others."""

import json
from collections.abc import Callable

import structlog
from flask import Response, jsonify, request

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.schemas.config import (
    BackupChangesSchema,
    BackupMadeSchema,
    BackupsSchema,
    MirrorStatusSchema,
    NestedConfigSchema,
    RestoreSchema,
    RevisionHeader,
    SectionSchema,
    SectionsSchema,
    SettingsChangeSchema,
    SettingsErrorSchema,
    SettingsSavedSchema,
    SettingsSchema,
    ValueSchema,
)
from app.api.schemas.shapes import MessageSchema
from app.core.access.api_keys import key_count
from app.core.settings import backups, editing, mirror
from app.core.settings.backup_changes import changes_by_backup
from app.core.settings.design_export import FILE_NAME, exported_design
from app.core.settings.editing import Saved
from app.core.settings.login_and_folder_checks import LoginAndFolderChecks
from app.core.settings.overview import config_overview
from app.core.settings.store import ANY_REVISION, snapshot
from app.core.settings.webui_settings import is_onboarded
from app.extensions import machine
from app.http.security import current_caller, requires
from app.log.log_level import log_level

MOST_LOGGED = 50

log = structlog.get_logger(__name__)

blueprint = ApiBlueprint("config", __name__, description="The settings in config.json.")


@blueprint.after_request
def not_kept(response: Response) -> Response:
    response.cache_control.no_store = True
    return response


def edits_config(view: Callable) -> Callable:
    """Mark a view that writes config.json: who may, what it answers, and when it refuses."""
    answering = blueprint.response(200, SettingsSavedSchema)(requires("config")(view))
    refusing = blueprint.alt_response(409, schema=ErrorSchema)(answering)
    return blueprint.alt_response(400, schema=SettingsErrorSchema)(refusing)


def reads_config(schema: type) -> Callable:
    """Mark a view that reads config.json, which may be unreadable."""

    def mark(view: Callable) -> Callable:
        answering = blueprint.response(200, schema)(requires("config")(view))
        return blueprint.alt_response(409, schema=ErrorSchema)(answering)

    return mark


@blueprint.get("/config")
@reads_config(SettingsSchema)
def get_config() -> Response:
    """Show every setting by its flat name, with groups, names and explanations."""
    found = snapshot(machine().paths)
    shown = config_overview(found, is_onboarded(log_level().settings.stored, found.values))
    response = jsonify(success=True, **shown)
    response.set_etag(shown["revision"])
    return response


@blueprint.post("/config")
@blueprint.arguments(SettingsChangeSchema)
@blueprint.arguments(RevisionHeader, location="headers")
@edits_config
def save_config(sent: dict, headers: dict) -> Response:
    """Merge settings into the file; nothing is written where one of them is not right."""
    saved = editing.save(machine().paths, sent["config"], edit_checks(), expected(sent))
    return answer_saved("saved", saved)


@blueprint.post("/config/backup")
@reads_config(BackupMadeSchema)
def back_up_config() -> Response:
    """Keep a dated copy of the file as it is now."""
    name = editing.copy_of_config(machine().paths)
    return jsonify(success=True, message=f"Kept as {name}", file=name)


@blueprint.get("/config/backups")
@blueprint.response(200, BackupsSchema)
@requires("config")
def get_backups() -> Response:
    """List the copies that each save leaves, newest first."""
    return jsonify(success=True, backups=backups.list_backups(machine().paths))


@blueprint.get("/config/backups/<name>/changes")
@blueprint.alt_response(400, schema=ErrorSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@reads_config(BackupChangesSchema)
def get_backup_changes(name: str) -> Response:
    """Show what restoring a backup would change, secrets as <REDACTED>."""
    changes = [each._asdict() for each in changes_by_backup(machine().paths, name)]
    return jsonify(success=True, changes=changes)


@blueprint.post("/config/restore")
@blueprint.arguments(RestoreSchema)
@blueprint.arguments(RevisionHeader, location="headers")
@edits_config
@blueprint.alt_response(404, schema=ErrorSchema)
def restore_config(wanted: dict, headers: dict) -> Response:
    """Put a backup in the file's place; the state before is backed up first."""
    saved = editing.replace_by_backup(machine().paths, wanted["file"], edit_checks(), expected(wanted))
    return answer_saved("restored", saved)


@blueprint.get("/config/export")
@blueprint.response(200, SectionsSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def export() -> Response:
    """Download the settings of the design, without servers, secrets and folders."""
    content = json.dumps(exported_design(snapshot(machine().paths).values), indent=2, ensure_ascii=False)
    attachment = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(content + "\n", mimetype="application/json", headers=attachment)


@blueprint.post("/config/import")
@blueprint.arguments(SectionsSchema)
@blueprint.arguments(RevisionHeader, location="headers")
@edits_config
def import_config(sent: dict, headers: dict) -> Response:
    """Merge sections of settings, such as an exported design, into the file."""
    saved = editing.import_settings(machine().paths, sent, edit_checks(), expected({}))
    return answer_saved("imported", saved)


def edit_checks() -> LoginAndFolderChecks:
    caller = current_caller()
    return LoginAndFolderChecks(
        data=machine().paths.data,
        may_change_login=caller is not None and "admin" in caller.scopes,
        has_admin_password=bool(machine().settings.app_admin_password),
    )


def expected(sent: dict) -> set[str] | None:
    """The revisions that the caller takes the file to be at; None where it names none."""
    named = {sent["revision"]} if sent.get("revision") else set()
    if "If-Match" in request.headers:
        named |= request.if_match.as_set(include_weak=True)
        return named | {ANY_REVISION} if request.if_match.star_tag else named
    return named or None


def answer_saved(what: str, saved: Saved, **more: object) -> Response:
    count = len(saved.changed)
    if count:
        log.info("config_changed", how=what, count=count, names=saved.changed[:MOST_LOGGED])
    message = f"{count} setting{'' if count == 1 else 's'} {what}" if count else "Nothing to change"
    response = jsonify(
        success=True,
        message=message,
        changes_count=count,
        changed=saved.changed,
        revision=saved.revision,
        backup=saved.backup,
        **more,
    )
    response.set_etag(saved.revision)
    return response


@blueprint.get("/config-db/status")
@reads_config(MirrorStatusSchema)
def mirror_status() -> Response:
    """Count the sections, the settings and the API keys."""
    counts = mirror.mirror_counts(machine().paths)
    with machine().database.reading() as session:
        return jsonify(success=True, api_key_count=key_count(session), **counts)


@blueprint.get("/config-db/section/<section>")
@reads_config(SectionSchema)
def mirror_section(section: str) -> Response:
    """Show one section, switches as true and false, secrets as <REDACTED>."""
    return jsonify(success=True, section=section, data=mirror.typed_section(machine().paths, section))


@blueprint.get("/config-db/value/<section>/<key>")
@reads_config(ValueSchema)
def mirror_value(section: str, key: str) -> Response:
    """Show one setting."""
    value = mirror.typed_value(machine().paths, section, key)
    return jsonify(success=True, section=section, key=key, value=value)


@blueprint.get("/config-db/export")
@reads_config(NestedConfigSchema)
def mirror_export() -> Response:
    """Show the whole file, nested, secrets as <REDACTED>."""
    return jsonify(success=True, config=mirror.masked_sections(snapshot(machine().paths).values))


@blueprint.post("/config-db/sync")
@reads_config(MessageSchema)
def mirror_sync() -> Response:
    """Say that there is no copy to bring up to date, if the file can be read."""
    snapshot(machine().paths)
    return jsonify(success=True, message="The settings are read from config.json itself")
