"""Image files, sent by this process or by the nginx in front of it."""

import mimetypes
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Flask, Response, request, send_file

from app.api.content_hashes import FOR_EVER, content_hashes
from app.core.assets.addresses import image_inside
from app.core.assets.roots import PLACES
from app.extensions import machine
from app.http.proxies import OFFLOAD
from app.http.security import requires

# Long enough for a page that shows an image twice, short enough for a new poster to be seen.
FRESH_SECONDS = 60

images = Blueprint("images", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(images)


@images.get("/test/<path:name>")
@requires("read")
def sample(name: str) -> Response:
    """A sample image of the last testing run."""
    # Asked for again each time: the next testing run draws other images under the same names.
    return image(machine().paths.test_images, "test", name, "private, no-cache")


@images.get("/poster_assets/<path:name>")
@requires("read")
def asset_image(name: str) -> Response:
    """An image of the asset tree."""
    return artwork("assets", name)


@images.get("/manual_poster_assets/<path:name>")
@requires("read")
def manual_asset(name: str) -> Response:
    """An image that somebody has put into the manual tree."""
    return artwork("manual", name)


@images.get("/backup_assets/<path:name>")
@requires("read")
def backup_asset(name: str) -> Response:
    """An image of the backup tree."""
    return artwork("backup", name)


def artwork(root: str, name: str) -> Response:
    folder = machine().roots.existing(root)
    return image(folder, PLACES[root].prefix, name, f"private, max-age={FRESH_SECONDS}, must-revalidate")


def image(root: Path, folder: str, name: str, cached: str) -> Response:
    """An image below the root, which an nginx that sends files itself knows by the folder's name."""
    file = image_inside(root, name)
    if prefix := request.environ.get(OFFLOAD):
        path = file.relative_to(root.resolve()).as_posix()
        response = offloaded_response(file, f"{prefix}/{folder}/{quote(path)}")
    else:
        response = send_file(file, conditional=True)
    shown = request.args.get("v", "") if request.environ.get("QUERY_STRING") else ""
    is_fixed = shown and content_hashes().is_present(shown, folder, name, file)
    response.headers["Cache-Control"] = FOR_EVER if is_fixed else cached
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def offloaded_response(file: Path, location: str) -> Response:
    """An answer without a body; nginx sends the file, ranges and conditions included."""
    response = Response(mimetype=mimetypes.guess_type(file.name)[0])
    response.headers["X-Accel-Redirect"] = location
    return response
