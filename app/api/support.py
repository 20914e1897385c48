"""The support zip."""

from flask import Response, send_file

from app.api.api_blueprint import ApiBlueprint
from app.core.support import make_support_zip
from app.extensions import machine
from app.http.security import requires

blueprint = ApiBlueprint("support", __name__, description="What a person who helps needs to see.")


@blueprint.post("/admin/support-zip")
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/zip")
@requires("admin")
def support_zip() -> Response:
    """Download logs, settings, versions and counts as a zip, with every secret masked."""
    path = make_support_zip(machine().engine, machine().secret_values.own)
    return send_file(path, mimetype="application/zip", as_attachment=True, download_name=path.name)
