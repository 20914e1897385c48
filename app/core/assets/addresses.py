"""The addresses of images, and the files behind them: only images, and only those inside of their folder."""

from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from app.core.assets.naming import address, is_passed_over, is_storable
from app.core.assets.roots import PLACES, AssetRoots
from app.core.errors import Invalid, NotFound
from app.core.paths import Paths, file_inside
from app.core.samples import is_image

SAMPLES = "test"
ROOTS = {place.prefix: name for name, place in PLACES.items()}


def picture_addresses(prefix: str, path: str, digest: str | None, color: int | None) -> dict[str, str | None]:
    """{"url", "image_url", "thumbnail_url", "hash", "color"} of a picture below the folder of a prefix.

    Clients append a query to `url`. The two others carry the digest of the content, with which they are kept
    for ever; as long as it is not known they are as short-lived as `url`.
    """
    return address_fields(address(prefix, path), digest, color)


def address_fields(url: str, digest: str | None, color: int | None) -> dict[str, Any]:
    small = f"/api/thumbnail?path={quote(url)}"
    return {
        "url": url,
        "image_url": f"{url}?v={digest}" if digest else url,
        "thumbnail_url": f"{small}&v={digest}" if digest else small,
        "hash": digest or None,
        "color": None if color is None else f"#{color:06x}",
    }


def image_inside(root: Path, name: str) -> Path:
    """An image below the root; `NotFound` for anything else, `Forbidden` for what lies outside."""
    if any(map(is_passed_over, name.split("/"))):
        raise NotFound(f"There is no image {name!r}.")
    file = file_inside(root, name)
    # A link can lead to a name that is no text, which no header can hold.
    if not (is_image(file.name) and is_storable(str(file))):
        raise NotFound(f"There is no image {name!r}.")
    return file


class AddressedImage(NamedTuple):
    """The prefix of an address, the name below its folder, and the file."""

    prefix: str
    name: str
    file: Path


def addressed_image(roots: AssetRoots, paths: Paths, address: str) -> AddressedImage:
    """The image of an address such as /poster_assets/Films/Dune%20(2021)/poster.jpg?t=1, encoded or not.

    `Invalid` for an address that is no image's, else as `image_inside`.
    """
    prefix, _, name = address.removeprefix("/").partition("/")
    if not (address.startswith("/") and prefix in (*ROOTS, SAMPLES) and name):
        known = ", ".join(f"/{prefix}/" for prefix in (*ROOTS, SAMPLES))
        raise Invalid(f"path: an image's address begins with one of {known}.")
    folder = paths.test_images if prefix == SAMPLES else roots.existing(ROOTS[prefix])
    for spelling in spellings(name):
        with suppress(NotFound):
            return AddressedImage(prefix, spelling, image_inside(folder, spelling))
    raise NotFound(f"There is no image {unquote(name)!r}.")


def spellings(name: str) -> dict[str, None]:
    """The names that may be meant, in order: a plain one can hold "%41" or "?", others carry a query."""
    return dict.fromkeys([unquote(name), name, unquote(name.partition("?")[0])])
