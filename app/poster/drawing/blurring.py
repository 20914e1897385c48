"""A picture of which only colours are left, for what is not to be seen yet."""

from PIL import Image, ImageFilter

# The shorter side of what the picture is made small to: no face and no text is left at that size.
SMALLEST = 54
SPREAD = 3.5


def blurred(picture: Image.Image) -> Image.Image:
    """The picture in its own size, so blurred that nothing in it can be recognised; its colours stay."""
    factor = max(1, min(picture.size) // SMALLEST)
    small = picture.reduce(factor).filter(ImageFilter.GaussianBlur(SPREAD))
    return small.resize(picture.size, Image.Resampling.BICUBIC)
