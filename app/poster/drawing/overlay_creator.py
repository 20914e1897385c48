"""Overlays drawn from a few numbers: border, matte, fade, inner glow, vignette and grain."""

from dataclasses import dataclass, replace
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.poster.colors import Color
from app.poster.drawing.paint import make_noise

BLACK: Color = (0, 0, 0)
WHITE: Color = (255, 255, 255)
# The part of the shorter side over which a glow dies away.
GLOW_WIDTH = 0.12
# From where to where a vignette grows, as parts of the way from the centre to a corner.
VIGNETTE_BEGINS, VIGNETTE_ENDS = 0.4, 1.0
# The higher, the faster a glow dies away near the edge.
GLOW_FALL = 1.6
STRONGEST_GRAIN = 0.5
# Grain repeats after so many pixels, which nobody sees and which keeps the file small.
GRAIN_TILE = 512
SEED = 20_240_229
# Soft parts are drawn at a part of the size, where they look the same.
COARSE = 4
SMOOTH = 2


@dataclass(frozen=True)
class OverlayPlan:
    """What an overlay of that size consists of.

    Lengths are in pixels of a picture that is `drawn_for` wide, heights are parts of the overlay's height,
    and strengths go from 0 to 1. `border` None draws none.
    """

    size: tuple[int, int]
    drawn_for: int
    border: int | None = None
    border_color: Color = BLACK
    corner_radius: int = 0
    matte: float = 0.0
    fade: float = 0.0
    shade_color: Color = BLACK
    glow: float = 0.0
    glow_color: Color = BLACK
    vignette: float = 0.0
    vignette_color: Color = BLACK
    grain: float = 0.0
    grain_size: float = 1.0

    @property
    def scale(self) -> float:
        return self.size[0] / self.drawn_for

    def at_width(self, width: int) -> "OverlayPlan":
        """The same overlay in another size."""
        return replace(self, size=(width, round(self.size[1] * width / self.size[0])))


def draw_overlay(plan: OverlayPlan) -> Image.Image:
    """An RGBA image, the same for the same plan; what has no strength is left transparent."""
    inside = inner_mask(plan)
    layers = (
        (plan.vignette_color, vignette_mask(plan) if plan.vignette else None),
        (plan.shade_color, shade_mask(plan) if plan.matte or plan.fade else None),
        (plan.glow_color, glow_mask(plan, inside) if plan.glow else None),
    )
    overlay = Image.new("RGBA", plan.size)
    for color, mask in layers:
        if mask is not None:
            overlay.alpha_composite(layer_of(color, mask))
    if plan.grain:
        overlay.alpha_composite(grain_layer(plan))
    if plan.border is not None:
        overlay.alpha_composite(layer_of(plan.border_color, ImageChops.invert(inside)))
    return overlay


def layer_of(color: Color, mask: Image.Image) -> Image.Image:
    layer = Image.new("RGBA", mask.size, color)
    layer.putalpha(mask)
    return layer


def inner_mask(plan: OverlayPlan) -> Image.Image:
    """An L mask of what the border leaves free, with smooth round corners."""
    if plan.border is None:
        return Image.new("L", plan.size, 255)
    width, height = plan.size[0] * SMOOTH, plan.size[1] * SMOOTH
    margin = min(round(plan.border * plan.scale * SMOOTH), width // 2 - 1, height // 2 - 1)
    mask = Image.new("L", (width, height))
    place = (margin, margin, width - 1 - margin, height - 1 - margin)
    radius = min(plan.corner_radius * plan.scale * SMOOTH, width / 2 - margin, height / 2 - margin)
    ImageDraw.Draw(mask).rounded_rectangle(place, max(radius, 0), fill=255)
    return mask.reduce(SMOOTH)


def vignette_mask(plan: OverlayPlan) -> Image.Image:
    """Opacity that grows from an ellipse around the centre to the corners."""
    # Its corners have the highest value.
    reach = Image.radial_gradient("L")
    width = VIGNETTE_ENDS - VIGNETTE_BEGINS
    strengths = [eased((value / 255 - VIGNETTE_BEGINS) / width) for value in range(256)]
    return reach.resize(plan.size, Image.Resampling.BICUBIC).point(levels(strengths, plan.vignette))


def shade_mask(plan: OverlayPlan) -> Image.Image:
    """Opaque in the matte at the bottom, and fading above it."""
    height = plan.size[1]
    rows = bytes(round(255 * shade_at((row + 0.5) / height, plan)) for row in range(height))
    return Image.frombytes("L", (1, height), rows).resize(plan.size, Image.Resampling.NEAREST)


def shade_at(part: float, plan: OverlayPlan) -> float:
    above_matte = 1 - plan.matte - part
    if above_matte <= 0:
        return 1.0
    return eased(1 - above_matte / plan.fade) if plan.fade else 0.0


def glow_mask(plan: OverlayPlan, inside: Image.Image) -> Image.Image:
    """Opacity that dies away from the inner edge, along its round corners."""
    small = max(1, plan.size[0] // COARSE), max(1, plan.size[1] // COARSE)
    reach = max(2, round(min(small) * GLOW_WIDTH))
    outside = Image.new("L", (small[0] + 2 * reach, small[1] + 2 * reach), 255)
    outside.paste(ImageChops.invert(inside).resize(small), (reach, reach))
    blurred = outside.filter(ImageFilter.GaussianBlur(reach / 2))
    near = blurred.crop((reach, reach, reach + small[0], reach + small[1]))
    # Halfway through the edge a blur has half its strength.
    strengths = [min(1.0, 2 * value / 255) ** GLOW_FALL for value in range(256)]
    mask = near.resize(plan.size, Image.Resampling.BICUBIC).point(levels(strengths, plan.glow))
    return ImageChops.darker(mask, inside)


def grain_layer(plan: OverlayPlan) -> Image.Image:
    """Dark and light grains of random opacity over the whole overlay."""
    side = max(2, min(GRAIN_TILE, round(GRAIN_TILE / max(plan.grain_size * plan.scale, 0.5))))
    noise = make_noise(Random(SEED), (side, side)).resize((GRAIN_TILE, GRAIN_TILE), Image.Resampling.BILINEAR)
    most = plan.grain * STRONGEST_GRAIN
    grain = noise.point([0 if value < 128 else 255 for value in range(256)])
    mask = noise.point([round(most * abs(2 * value - 255)) for value in range(256)])
    tile = Image.merge("RGBA", (grain, grain, grain, mask))
    layer = Image.new("RGBA", plan.size)
    for left in range(0, plan.size[0], GRAIN_TILE):
        for top in range(0, plan.size[1], GRAIN_TILE):
            layer.paste(tile, (left, top))
    return layer


def mark_area(overlay: Image.Image, place: tuple[int, int, int, int]) -> None:
    """Show on the overlay where a text goes."""
    marked = Image.new("RGBA", overlay.size)
    ImageDraw.Draw(marked).rectangle(place, (*WHITE, 48), (*WHITE, 200), max(1, overlay.width // 250))
    overlay.alpha_composite(marked)


def levels(strengths: list[float], most: float) -> list[int]:
    """Strengths from 0 to 1 as values of an L mask, of which the highest is `most`."""
    return [round(255 * most * strength) for strength in strengths]


def eased(part: float) -> float:
    """A curve from 0 to 1 without a visible start or end."""
    part = min(max(part, 0.0), 1.0)
    return part * part * (3 - 2 * part)
