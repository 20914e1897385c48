"""The files behind the addresses of images: only images, and only those inside of their folder."""

from pathlib import Path
from urllib.parse import unquote

from app.core.assets.naming import is_passed_over, is_storable
from app.core.assets.roots import PLACES, AssetRoots
from app.core.errors import Invalid, NotFound
from app.core.paths import Paths, file_inside
from app.core.samples import is_image

SAMPLES = "test"
ROOTS = {place.prefix: name for name, place in PLACES.items()}


def image_inside(root: Path, name: str) -> Path:
    """An image below the root; `NotFound` for anything else, `Forbidden` for what lies outside."""
    if any(map(is_passed_over, name.split("/"))):
        raise NotFound(f"There is no image {name!r}.")
    file = file_inside(root, name)
    # A link can lead to a name that is no text, which no header can hold.
    if not (is_image(file.name) and is_storable(str(file))):
        raise NotFound(f"There is no image {name!r}.")
    return file


def addressed_image(roots: AssetRoots, paths: Paths, address: str) -> Path:
    """The file of an address such as /poster_assets/Films/Dune%20(2021)/poster.jpg, encoded or not.

    `Invalid` for an address that is no image's, else as `image_inside`.
    """
    prefix, _, name = address.removeprefix("/").partition("/")
    if not (address.startswith("/") and prefix in (*ROOTS, SAMPLES) and name):
        known = ", ".join(f"/{prefix}/" for prefix in (*ROOTS, SAMPLES))
        raise Invalid(f"path: an image's address begins with one of {known}.")
    folder = paths.test_images if prefix == SAMPLES else roots.existing(ROOTS[prefix])
    try:
        return image_inside(folder, unquote(name))
    except NotFound:
        # A name that was not encoded can hold what looks like an encoded character.
        if unquote(name) == name:
            raise
    return image_inside(folder, name)
