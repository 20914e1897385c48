"""config.json section by section, where earlier clients look for a copy of it in a database."""

from flask import Response, jsonify

from app.api.config import chapter, reads_config
from app.api.schemas.config import (
    MirrorStatusSchema,
    NestedConfigSchema,
    SectionSchema,
    ValueSchema,
)
from app.api.schemas.shapes import MessageSchema
from app.core.settings import mirror
from app.core.settings.store import snapshot
from app.extensions import machine


@chapter.get("/config-db/status")
@reads_config(MirrorStatusSchema)
def mirror_status() -> Response:
    """Count the sections and settings."""
    return jsonify(success=True, **mirror.status(machine().paths))


@chapter.get("/config-db/section/<section>")
@reads_config(SectionSchema)
def mirror_section(section: str) -> Response:
    """Show one section, switches as true and false, secrets as <REDACTED>."""
    return jsonify(success=True, section=section, data=mirror.typed_section(machine().paths, section))


@chapter.get("/config-db/value/<section>/<key>")
@reads_config(ValueSchema)
def mirror_value(section: str, key: str) -> Response:
    """Show one setting."""
    value = mirror.typed_value(machine().paths, section, key)
    return jsonify(success=True, section=section, key=key, value=value)


@chapter.get("/config-db/export")
@reads_config(NestedConfigSchema)
def mirror_export() -> Response:
    """Show the whole file, nested, secrets as <REDACTED>."""
    return jsonify(success=True, config=mirror.sections(snapshot(machine().paths).values))


@chapter.post("/config-db/sync")
@reads_config(MessageSchema)
def mirror_sync() -> Response:
    """Say that there is no copy to bring up to date, if the file can be read."""
    snapshot(machine().paths)
    return jsonify(success=True, message="The settings are read from config.json itself")
