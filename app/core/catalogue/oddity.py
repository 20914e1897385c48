"""Which picture of a set stands out, and why: another source, doubled text, title height, or colour."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

# Fewer have no style in common that one could break, and more that break it are a style of their own.
FEWEST, MOST_ODD = 4, 12
MOST_SHARE = 0.25
# A title so much larger or smaller than the set's median, and how far apart those are that agree.
OTHER_HEIGHT, SAME_HEIGHT = 0.4, 0.25
# Distances of average colours, 0 to 441 from black to white; and how many times that of the others.
FAR, TIMES_FARTHER = 110, 3
# A shelf of more has every colour.
MOST_OF_ONE_COLOR = 40
TEXTLESS, TITLED = "textless", "titled"
WEIGHTS = {
    "doubled": 4,
    "provider": 3,
    TEXTLESS: 3,
    TITLED: 3,
    "larger": 2,
    "smaller": 2,
    "color": 1,
}


class PictureFacts(NamedTuple):
    """What is known of one picture of a set; "", 0 and None for what is not known.

    `doubled` says that a title is drawn over a picture that has one, `title_size` is in points.
    """

    provider: str = ""
    text: str = ""
    doubled: bool = False
    title_size: int = 0
    color: int | None = None


class OddReason(NamedTuple):
    """Why a picture stands out: a code of `WEIGHTS`, its own value, and that of the others."""

    code: str
    value: str = ""
    usual: str = ""


class OddOne(NamedTuple):
    """The place of a picture in its set, and why it stands out, the weightiest reason first."""

    index: int
    reasons: tuple[OddReason, ...]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[reason.code] for reason in self.reasons)


def odd_ones(pictures: Sequence[PictureFacts]) -> list[OddOne]:
    """The pictures that break a set, the oddest first; none of a set that has no style in common."""
    found: dict[int, list[OddReason]] = {}
    for check in (doubled_text, other_provider, other_text, other_height, other_color):
        for index, reason in few_enough(list(check(pictures)), len(pictures)):
            found.setdefault(index, []).append(reason)
    ranked = [OddOne(index, tuple(reasons)) for index, reasons in found.items()]
    return sorted(ranked, key=lambda one: (-one.weight, one.index))


Reasons = Iterator[tuple[int, OddReason]]


def few_enough(found: list[tuple[int, OddReason]], size: int) -> list[tuple[int, OddReason]]:
    """What was found, unless it is true of so many that they are a style of their own."""
    return found if len(found) <= min(size * MOST_SHARE, MOST_ODD) else []


def frequent_values(pictures: Sequence[PictureFacts], value: Callable[[PictureFacts], Any]) -> dict[int, Any]:
    """The value of each picture by its place, where it is known, and where it is of enough of them."""
    values = {index: found for index, one in enumerate(pictures) if (found := value(one))}
    return values if len(values) >= FEWEST else {}


def doubled_text(pictures: Sequence[PictureFacts]) -> Reasons:
    if len(pictures) >= FEWEST:
        yield from ((index, OddReason("doubled")) for index, one in enumerate(pictures) if one.doubled)


def other_provider(pictures: Sequence[PictureFacts]) -> Reasons:
    for index, value, usual in minority_of(frequent_values(pictures, lambda one: one.provider)):
        yield index, OddReason("provider", value, usual)


def other_text(pictures: Sequence[PictureFacts]) -> Reasons:
    for index, value, _ in minority_of(frequent_values(pictures, lambda one: one.text)):
        yield index, OddReason(value)


def minority_of(values: dict[int, str]) -> Iterator[tuple[int, str, str]]:
    """(place, value, usual value) of those that differ from what at least three quarters have."""
    if not values:
        return
    usual, count = Counter(values.values()).most_common(1)[0]
    if count >= len(values) * (1 - MOST_SHARE):
        yield from ((index, value, usual) for index, value in values.items() if value != usual)


def other_height(pictures: Sequence[PictureFacts]) -> Reasons:
    sizes = frequent_values(pictures, lambda one: one.title_size)
    if not sizes:
        return
    middle = median(sizes.values())
    apart = {index: size / middle - 1 for index, size in sizes.items()}
    agreeing = sum(abs(part) <= SAME_HEIGHT for part in apart.values())
    if agreeing < len(sizes) * (1 - MOST_SHARE):
        return
    for index, part in apart.items():
        if abs(part) > OTHER_HEIGHT:
            code = "larger" if part > 0 else "smaller"
            yield index, OddReason(code, str(sizes[index]), str(round(middle)))


def other_color(pictures: Sequence[PictureFacts]) -> Reasons:
    # Black is a colour, and not one that is unknown.
    colors = {index: channels(one.color) for index, one in enumerate(pictures) if one.color is not None}
    if not FEWEST <= len(colors) <= MOST_OF_ONE_COLOR:
        return
    middle = tuple(median(channel) for channel in zip(*colors.values(), strict=True))
    distances = {index: distance(color, middle) for index, color in colors.items()}
    usual = median(distances.values())
    for index, far in distances.items():
        if far > max(FAR, TIMES_FARTHER * usual):
            yield index, OddReason("color")


def channels(color: int) -> tuple[int, int, int]:
    return color >> 16, color >> 8 & 0xFF, color & 0xFF


def distance(color: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum((one - two) ** 2 for one, two in zip(color, other, strict=True)) ** 0.5
