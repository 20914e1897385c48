"""The screens on which pictures are looked at, and the visual angle of a capital on each."""

from dataclasses import dataclass
from math import atan, degrees

TELEVISION, PHONE = "television", "phone"
INCH = 25.4


@dataclass(frozen=True)
class Screen:
    """A screen of so many millimetres across, seen from so many; `least` is the smallest readable capital.

    `least` is in the `unit` in which people judge such a screen: minutes of arc, or millimetres.
    """

    width: float
    distance: float
    unit: str
    least: float

    def judged(self, height: float) -> float:
        """A height in millimetres in the unit of this screen."""
        return minutes_of_arc(height, self.distance) if self.unit == "arc" else height


def minutes_of_arc(height: float, distance: float) -> float:
    """The visual angle of something so high that is seen from so far, both in one unit."""
    return degrees(atan(height / distance)) * 60


def width_of_diagonal(inches: float, across: int = 16, down: int = 9) -> float:
    """Millimetres across a screen of that diagonal and shape."""
    return inches * INCH * across / (across**2 + down**2) ** 0.5


SCREENS = {
    # 55 inches from 2.5 m. Ten minutes of arc are what display standards accept where reading is incidental.
    TELEVISION: Screen(width_of_diagonal(55), 2500, "arc", 10),
    # 6.1 inches, held upright at 35 cm, where a capital of one millimetre has the same ten minutes.
    PHONE: Screen(64.6, 350, "millimetres", 1.0),
}
