"""From a picture of any kind and size to a canvas of exactly the wanted size."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from app.poster.drawing.design import PictureError
from app.poster.drawing.resizing import resize

LARGEST_PICTURE = 89_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")

_DECODE_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)

Picture = bytes | Path | Image.Image


def open_canvas(picture: Picture, size: tuple[int, int]) -> tuple[Image.Image, dict | None]:
    """A fresh RGB image that the picture covers, and the quantisation tables of a JPEG source."""
    with decoding(_name(picture)):
        opened = open_picture(picture.copy() if isinstance(picture, Image.Image) else picture)
        return _cover_canvas(opened, size), getattr(opened, "quantization", None)


@contextmanager
def decoding(name: str) -> Iterator[None]:
    """Turn whatever a decoder throws at broken bytes into a PictureError that names the picture."""
    try:
        yield
    except PictureError:
        raise
    except _DECODE_ERRORS as error:
        raise PictureError(f"{name} cannot be decoded: {cause(error)}") from error


def cause(error: Exception) -> str:
    """What a decoder complains of, without the address in memory that Pillow names instead of a file."""
    if isinstance(error, UnidentifiedImageError):
        return "it is no picture of a known format"
    return str(error) or type(error).__name__


def open_picture(picture: Picture) -> Image.Image:
    """Open a picture by its content, whatever its name says, and refuse one with too many pixels."""
    opened = picture if isinstance(picture, Image.Image) else Image.open(_source(picture), formats=FORMATS)
    width, height = opened.size
    if not 0 < width * height <= LARGEST_PICTURE:
        raise PictureError(
            f"{_name(picture)} has {width}x{height} pixels: between 1 and {LARGEST_PICTURE} are drawn"
        )
    return opened


def flatten(image: Image.Image) -> Image.Image:
    """The image in RGB or L: transparent parts on black, CMYK and wide-gamut colours as sRGB."""
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    if image.has_transparency_data:
        return _on_black(image.convert("RGBA"))
    if image.mode in ("RGB", "CMYK") and image.info.get("icc_profile"):
        return _in_srgb(image)
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def _source(picture: bytes | Path) -> BytesIO:
    return BytesIO(picture if isinstance(picture, bytes) else Path(picture).read_bytes())


def _name(picture: Picture) -> str:
    return f"the picture {picture}" if isinstance(picture, Path) else "the picture"


def _cover_canvas(opened: Image.Image, size: tuple[int, int]) -> Image.Image:
    turn = opened.getexif().get(ExifTags.Base.Orientation, 1)
    shown = size[::-1] if turn in _SIDEWAYS else size
    # A JPEG decodes to a half, a quarter or an eighth at once; the draft stays at least as large as needed.
    opened.draft(None, shown)
    opened.load()
    covered = _cover(flatten(opened), shown)
    canvas = covered.transpose(_TURNS[turn]) if turn in _TURNS else covered
    if canvas.mode != "RGB":
        canvas = canvas.convert("RGB")
    canvas.info.clear()
    return canvas


def _cover(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    shrink = min(image.width / size[0], image.height / size[1])
    # Rounding may end a little beyond the picture, and a box that begins before it is refused.
    kept_width, kept_height = min(size[0] * shrink, image.width), min(size[1] * shrink, image.height)
    left, top = (image.width - kept_width) / 2, (image.height - kept_height) / 2
    kept = (left, top, min(left + kept_width, image.width), min(top + kept_height, image.height))
    if shrink == 1:
        return image.crop((int(left), int(top), int(left) + size[0], int(top) + size[1]))
    return resize(image, size, kept)


def _on_black(image: Image.Image) -> Image.Image:
    flat = Image.new("RGB", image.size)
    flat.paste(image, mask=image.getchannel("A"))
    return flat


def _eight_bits(image: Image.Image) -> Image.Image:
    values = image.convert("F")
    _, brightest = values.getextrema()
    scale = 255 / 65535 if brightest > 255 else 1.0
    return values.point(lambda value: value * scale + 0.0).convert("L")


def _in_srgb(image: Image.Image) -> Image.Image:
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(image.info["icc_profile"]))
        if "sRGB" in ImageCms.getProfileDescription(profile):
            return image.convert("RGB")
        return ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")
