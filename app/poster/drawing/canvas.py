"""From a picture of any kind and size to a canvas of exactly the wanted size."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import ExifTags, Image, ImageChops, ImageCms, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from app.poster.drawing.design import PictureError
from app.poster.drawing.resizing import resize

LARGEST_PICTURE = 89_000_000
# The most pixels of a JPEG that is decoded at a part of its size.
LARGEST_REDUCED = 500_000_000
SMALLEST_SIDE = 16
LOOK = (64, 64)
# The most levels between the parts of a flat picture.
EVEN = 6
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


def open_canvas(
    picture: Picture, size: tuple[int, int], refuse_empty: bool = False
) -> tuple[Image.Image, dict | None]:
    """A fresh RGB image that the picture covers, and the quantisation tables of a JPEG source.

    `refuse_empty` raises PictureError for a picture that is tiny or of one flat colour, as placeholders are.
    """
    with decoding(_name(picture)):
        opened = open_picture(picture.copy() if isinstance(picture, Image.Image) else picture, size)
        if refuse_empty and min(opened.size) < SMALLEST_SIDE:
            raise PictureError(f"{_name(picture)} is only {opened.width}x{opened.height} pixels large")
        canvas = _cover_canvas(opened, size)
    if refuse_empty and is_flat(canvas):
        raise PictureError(f"{_name(picture)} is one flat color")
    return canvas, getattr(opened, "quantization", None)


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
    if isinstance(error, (Image.DecompressionBombError, Image.DecompressionBombWarning)):
        return f"it has more than {LARGEST_PICTURE} pixels"
    return str(error) or type(error).__name__


def open_picture(picture: Picture, size: tuple[int, int] | None = None) -> Image.Image:
    """Open a picture by its content, whatever its name says, and refuse one with too many pixels.

    A JPEG is decoded at a half, a quarter or an eighth where that still covers the size, whichever way up it
    is; only what is decoded counts as too many.
    """
    opened = picture if isinstance(picture, Image.Image) else _open_source(_source(picture))
    width, height = opened.size
    # A progressive JPEG is held in memory as a whole, at whichever size it is decoded.
    if size and not opened.info.get("progressive"):
        opened.draft(None, size[::-1] if _turn(opened) in _SIDEWAYS else size)
    decoded = opened.width * opened.height
    if not 0 < decoded <= LARGEST_PICTURE or width * height > LARGEST_REDUCED:
        raise PictureError(
            f"{_name(picture)} has {width}x{height} pixels: between 1 and {LARGEST_PICTURE} are drawn"
        )
    return opened


def upright(opened: Image.Image) -> Image.Image:
    """A picture of `open_picture` in RGB or L, turned as its Exif data say."""
    loaded = _load(opened)
    return _turned(_flatten(loaded), _turn(opened))


def open_layer(picture: Picture) -> Image.Image:
    """An overlay or logo as RGBA in sRGB, turned as its Exif data say, in its own size."""
    opened = open_picture(picture)
    layer = in_screen_colors(_load(opened))
    return _turned(layer, _turn(opened)).convert("RGBA")


def in_screen_colors(image: Image.Image) -> Image.Image:
    """The image in 8-bit sRGB: L, RGB, or RGBA where parts of it are transparent."""
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        if profile and image.mode == "RGBA":
            colors = _in_srgb(layer.convert("RGB"), profile)
            colors.putalpha(layer.getchannel("A"))
            return colors
        return layer
    if profile and image.mode in ("RGB", "CMYK"):
        return _in_srgb(image, profile)
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def _flatten(image: Image.Image) -> Image.Image:
    """The image in RGB or L: in sRGB, transparent parts on black."""
    colors = in_screen_colors(image)
    return _on_black(colors) if colors.mode == "RGBA" else colors


def is_flat(image: Image.Image) -> bool:
    """Whether an RGB image is of one colour, but for what compression makes of that."""
    # Single pixels of most pictures differ, which saves reading all of them.
    for kernel in (Image.Resampling.NEAREST, Image.Resampling.BOX):
        if any(high - low > EVEN for low, high in image.resize(LOOK, kernel).getextrema()):
            return False
    return True


def _open_source(source: BytesIO) -> Image.Image:
    if source.getbuffer()[:3] == b"\xff\xd8\xff":
        # Pillow's own limit does not know that a large JPEG can be decoded small.
        return JpegImageFile(source)
    return Image.open(source, formats=FORMATS)


def _source(picture: bytes | Path) -> BytesIO:
    return BytesIO(picture if isinstance(picture, bytes) else Path(picture).read_bytes())


def _name(picture: Picture) -> str:
    return f"the picture {picture}" if isinstance(picture, Path) else "the picture"


def _load(opened: Image.Image) -> Image.Image:
    opened.load()
    if opened.mode == "CMYK" and opened.format == "JPEG" and "adobe" not in opened.info:
        # Pillow takes the values for inverted, as Adobe stores them; without its marker they are not.
        return ImageChops.invert(opened)
    return opened


def _turn(opened: Image.Image) -> int:
    return opened.getexif().get(ExifTags.Base.Orientation, 1)


def _turned(image: Image.Image, turn: int) -> Image.Image:
    return image.transpose(_TURNS[turn]) if turn in _TURNS else image


def _cover_canvas(opened: Image.Image, size: tuple[int, int]) -> Image.Image:
    loaded = _load(opened)
    # Pillow turns a TIFF while it is loaded, and removes the turn from its Exif data.
    turn = _turn(opened)
    canvas = _turned(_cover(_flatten(loaded), size[::-1] if turn in _SIDEWAYS else size), turn)
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
    deep = image.mode.startswith("I;16") or values.getextrema()[1] > 255
    scale = 255 / 65535 if deep else 1.0
    return values.point(lambda value: value * scale + 0.0).convert("L")


def _in_srgb(image: Image.Image, content: bytes) -> Image.Image:
    """An RGB or CMYK image in sRGB; a profile that cannot be used is ignored."""
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(content))
        if image.mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(profile):
            return image
        return ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")
