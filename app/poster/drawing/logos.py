"""Logos in place of a title."""

from PIL import Image, ImageChops, ImageStat

from app.poster.colors import parse_color
from app.poster.drawing.canvas import decoding, open_layer
from app.poster.drawing.design import Logo, LogoError, PictureError
from app.poster.drawing.lettering import gravity

# How far apart the channels of a grey logo are at most, on average.
GRAY_SPREAD = 64


def place_logo(canvas: Image.Image, logo: Logo) -> None:
    """Scale the logo into its box and lay it on the canvas; LogoError where it shows nothing."""
    shown = _fit(_read(logo), (logo.width, logo.height))
    horizontal, vertical = gravity(logo.gravity)
    left = (canvas.width - logo.width) // 2 + round((logo.width - shown.width) * horizontal)
    top = canvas.height - logo.offset - logo.height + round((logo.height - shown.height) * vertical)
    canvas.paste(shown.convert("RGB"), (left, top), shown.getchannel("A"))


def _read(logo: Logo) -> Image.Image:
    """The visible part of the logo, in its colours or the wanted one."""
    try:
        with decoding("the logo"):
            layer = open_layer(logo.content)
    except PictureError as error:
        raise LogoError(str(error)) from error
    visible = layer.getchannel("A").getbbox()
    if visible is None:
        raise LogoError("the logo is transparent all over")
    layer = layer.crop(visible)
    if logo.color and _is_gray(layer):
        flat = Image.new("RGB", layer.size, parse_color(logo.color))
        flat.putalpha(layer.getchannel("A"))
        return flat
    return layer


def _is_gray(layer: Image.Image) -> bool:
    red, green, blue, alpha = layer.split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    spread = ImageStat.Stat(ImageChops.subtract(brightest, darkest), alpha.point(lambda value: value // 128))
    return spread.mean[0] < GRAY_SPREAD


def _fit(layer: Image.Image, box: tuple[int, int]) -> Image.Image:
    scale = min(box[0] / layer.width, box[1] / layer.height)
    size = max(1, round(layer.width * scale)), max(1, round(layer.height * scale))
    return layer.resize(size, Image.Resampling.LANCZOS)
