"""An order on its way to another machine: the design by itself, and each file and picture by its content."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from app.poster.applying.draw_order import DrawOrder, draw_order
from app.poster.drawing.design import Design, Drawing, PictureError
from app.poster.records.candidate import Typography
from app.poster.text.fonts import FOLDER

PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class PackedOrder:
    """An order without bytes, which are sent apart: `digests` are the SHA-256 of each content, in order.

    Each path in `design` and `picture` is DIGEST/NAME, or package/NAME for a font that every machine has.
    A picture that was given as bytes is its digest, and so is the logo. `places` maps each path to the one
    that it stands for.
    """

    picture: str | Path | Typography
    design: Design
    digests: tuple[str, ...]
    places: Mapping[Path, str]
    logo: str = ""


class Packer:
    """Collects the contents of one order."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.places: dict[Path, str] = {}

    def add(self, content: bytes) -> str:
        digest = sha256(content).hexdigest()
        self.contents[digest] = content
        return digest

    def file(self, path: Path | str | None) -> Path | None:
        """The path on the way; OSError where the file cannot be read."""
        if path is None:
            return None
        here = Path(path)
        if here.parent == FOLDER:
            return Path(PACKAGE) / here.name
        packed = Path(self.add(here.read_bytes())) / here.name
        self.places[packed] = str(here)
        return packed


def pack(order: DrawOrder) -> tuple[PackedOrder, dict[str, bytes]]:
    """The order for the way, and what belongs to it by SHA-256; OSError where a file cannot be read."""
    packer, design, picture = Packer(), order.design, order.picture
    letterings = tuple(replace(one, font=packer.file(one.font)) for one in design.letterings)
    overlay = packer.file(design.overlay)
    logo = packer.add(design.logo.content) if design.logo else ""
    bare = replace(design.logo, content=b"") if design.logo else None
    if isinstance(picture, bytes):
        picture = packer.add(picture)
    elif isinstance(picture, Path):
        picture = packer.file(picture)
    design = replace(design, letterings=letterings, overlay=overlay, logo=bare)
    return PackedOrder(picture, design, tuple(packer.contents), packer.places, logo), packer.contents


def draw_packed(packed: PackedOrder, contents: tuple[bytes, ...], folder: Path) -> Drawing:
    """What `draw_order` gives for the order that was packed; files are laid below `folder` once and kept.

    PictureError as there, with the paths of the machine that packed.
    """
    by_digest = dict(zip(packed.digests, contents, strict=True))

    def laid(path: Path | None) -> Path | None:
        return path and lay(path, by_digest, folder)

    try:
        return draw_order(unpack_order(packed, by_digest, laid))
    except PictureError as error:
        raise type(error)(with_places(str(error), packed.places, folder)) from None
    finally:
        # A picture is drawn once, while fonts and overlays serve all pictures.
        if isinstance(packed.picture, Path):
            (folder / packed.picture).unlink(missing_ok=True)


def unpack_order(
    packed: PackedOrder, contents: Mapping[str, bytes], laid: Callable[[Path | None], Path | None]
) -> DrawOrder:
    design, picture = packed.design, packed.picture
    letterings = tuple(replace(one, font=laid(one.font)) for one in design.letterings)
    logo = replace(design.logo, content=contents[packed.logo]) if design.logo else None
    if isinstance(picture, Path):
        picture = laid(picture)
    elif isinstance(picture, str):
        picture = contents[picture]
    return DrawOrder(picture, replace(design, letterings=letterings, overlay=laid(design.overlay), logo=logo))


def lay(path: Path, contents: Mapping[str, bytes], folder: Path) -> Path:
    """Where the file of that content lies on this machine; it is written where it does not yet."""
    origin, name = path.parts
    if origin == PACKAGE:
        return FOLDER / name
    target = folder / origin / name
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, delete=False) as file:
            file.write(contents[origin])
        Path(file.name).replace(target)
    return target


def with_places(sentence: str, places: Mapping[Path, str], folder: Path) -> str:
    for packed, place in places.items():
        sentence = sentence.replace(str(folder / packed), place)
    return sentence
