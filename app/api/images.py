"""Image files, sent by this process or by the nginx in front of it."""

import mimetypes
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Flask, Response, request, send_file

from app.core.errors import NotFound
from app.core.paths import file_inside
from app.core.samples import is_image
from app.extensions import machine
from app.proxies import OFFLOAD
from app.security import requires

images = Blueprint("images", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(images)


@images.get("/test/<path:name>")
@requires("read")
def sample(name: str) -> Response:
    """A sample image of the last testing run."""
    return image(machine().paths.test_images, "test", name)


def image(root: Path, folder: str, name: str) -> Response:
    """An image below the root, which an nginx that sends files itself knows by the folder's name."""
    file = file_inside(root, name)
    if not is_image(file.name):
        raise NotFound(f"There is no image {name!r}.")
    if prefix := request.environ.get(OFFLOAD):
        path = file.relative_to(root.resolve()).as_posix()
        response = handed_over(file, f"{prefix}/{folder}/{quote(path)}")
    else:
        response = send_file(file, conditional=True)
    # Asked for again each time: the next testing run draws other images under the same names.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def handed_over(file: Path, location: str) -> Response:
    """An answer without a body; nginx sends the file, ranges and conditions included."""
    response = Response(mimetype=mimetypes.guess_type(file.name)[0])
    response.headers["X-Accel-Redirect"] = location
    return response
