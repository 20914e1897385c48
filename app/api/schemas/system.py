from marshmallow import Schema, fields

from app.api.schemas.shapes import SuccessSchema


class ServiceSchema(Schema):
    message = fields.String(required=True)
    status = fields.String(required=True)


class SystemInfoSchema(Schema):
    platform = fields.String(required=True)
    os_version = fields.String(required=True)
    cpu_model = fields.String(required=True)
    cpu_cores = fields.Integer(required=True)
    total_memory = fields.String(required=True, metadata={"example": "63931 MB"})
    used_memory = fields.String(required=True)
    free_memory = fields.String(required=True)
    memory_percent = fields.Float(required=True)
    is_docker = fields.Boolean(required=True)


class VersionSchema(Schema):
    local = fields.String(required=True, allow_none=True)
    remote = fields.String(required=True, allow_none=True)
    is_update_available = fields.Boolean(required=True)


class ServerVersionSchema(Schema):
    local = fields.String(required=True)
    remote = fields.String(required=True, allow_none=True)


class ReleaseSchema(Schema):
    version = fields.String(required=True)
    name = fields.String(required=True)
    published_at = fields.String(required=True, allow_none=True)
    days_ago = fields.Integer(required=True)
    is_prerelease = fields.Boolean(required=True)
    is_draft = fields.Boolean(required=True)
    html_url = fields.String(required=True)
    body = fields.String(required=True)


class ReleasesSchema(SuccessSchema):
    releases = fields.List(fields.Nested(ReleaseSchema), required=True)
    error = fields.String()
