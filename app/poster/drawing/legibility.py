"""How well text can be read on what lies below it."""

from PIL import Image, ImageFilter

# Text is hardest to read on this share of the ground, which decides.
HARDEST = 0.2
# The ground is measured on so many pixels of its shorter side.
MEASURED = 48
SPREAD = 5
# Which levels of the mask count as text.
BESIDE = [0] * 64 + [255] * 192


def contrast_on(ground: Image.Image, letters: Image.Image, color: tuple[int, ...]) -> float:
    """The contrast of text in a color to the ground below and right beside it, 0 where there is none.

    `letters` is the mask of the letters in the size of the ground. The result is a ratio from 1 to 21.
    """
    factor = max(1, min(ground.size) // MEASURED)
    near = letters.reduce(factor).filter(ImageFilter.MaxFilter(SPREAD)).point(BESIDE)
    counts = ground.convert("L").reduce(factor).histogram(near)
    own = luminance_of(color)
    ratios = sorted((ratio_of(own, LUMINANCES[level]), count) for level, count in enumerate(counts) if count)
    return hardest_ratio(ratios, sum(counts) * HARDEST)


def hardest_ratio(ratios: list[tuple[float, int]], share: float) -> float:
    """The ratio up to which so many pixels are harder to read on."""
    passed = 0
    for ratio, count in ratios:
        passed += count
        if passed >= share:
            return round(ratio, 1)
    return 0.0


def linear(level: int) -> float:
    part = level / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


LUMINANCES = tuple(map(linear, range(256)))


def luminance_of(color: tuple[int, ...]) -> float:
    """The relative luminance of red, green and blue."""
    red, green, blue = (LUMINANCES[channel] for channel in color[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio_of(one: float, other: float) -> float:
    """The contrast ratio of two luminances."""
    darker, lighter = sorted((one, other))
    return (lighter + 0.05) / (darker + 0.05)
