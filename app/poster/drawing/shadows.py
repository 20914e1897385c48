"""A soft shadow around text, which keeps it readable on bright and busy pictures."""

from PIL import Image, ImageFilter

COLOR = (0, 0, 0)
# How far the shadow reaches, as a share of the ink's height, and at most as one of the canvas' shorter side.
REACH, FARTHEST = 0.22, 0.045
# The shadow is blurred at a part of its size, where it looks the same.
COARSE = 6
# A blur halves what lies at an edge, so that the mask is strengthened before it is weakened to its share.
GAIN = 1.7


def cast_shadow(canvas: Image.Image, ink: Image.Image, place: tuple[int, int], strength: int) -> None:
    """Darken the canvas softly around the ink that will lie at that place; strength is per cent."""
    reach = max(COARSE, round(min(ink.height * REACH, min(canvas.size) * FARTHEST)))
    mask = Image.new("L", (ink.width + 4 * reach, ink.height + 4 * reach))
    mask.paste(ink, (2 * reach, 2 * reach))
    small = mask.reduce(COARSE).filter(ImageFilter.GaussianBlur(reach / COARSE))
    share = min(strength, 100) / 100
    small = small.point([round(min(255, value * GAIN) * share) for value in range(256)])
    shade = small.resize(mask.size, Image.Resampling.BICUBIC)
    canvas.paste(COLOR, (place[0] - 2 * reach, place[1] - 2 * reach), shade)
