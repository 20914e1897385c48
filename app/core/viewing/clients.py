"""The geometry of the clients of Plex, Jellyfin and Emby; docs/sofa.md says where each figure is from."""

from dataclasses import dataclass

from app.core.viewing.screens import PHONE, SCREENS, TELEVISION, Screen

PLEX, JELLYFIN, EMBY = "plex", "jellyfin", "emby"
CLIENTS, DEVICES = (PLEX, JELLYFIN, EMBY), (TELEVISION, PHONE)
TALL, WIDE = "tall", "wide"
# Width by height of the pictures that are shown in tiles of these shapes.
PICTURE_SHAPES = {TALL: 2 / 3, WIDE: 16 / 9}
# Pixels down a picture of full size, in which the sizes of its type are given.
FULL_HEIGHTS = {TALL: 3000, WIDE: 2160}
SHAPE_OF_KIND = {"poster": TALL, "season": TALL, "collection": TALL, "background": WIDE, "title_card": WIDE}
UNWATCHED, COUNT, WATCHED, PROGRESS = "unwatched", "count", "watched", "progress"
# left, top, right, bottom
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class ScreenTile:
    """A tile of a row in units of its screen."""

    width: float
    height: float

    @property
    def shape(self) -> float:
        return self.width / self.height


@dataclass(frozen=True)
class Mark:
    """What a client lays over a picture: in its top right corner, or along its foot where no width is set."""

    name: str
    height: float
    width: float | None = None
    inset: float = 0

    def box(self, tile: ScreenTile) -> Box:
        """Its place on a tile, in shares of the tile."""
        if self.width is None:
            top = tile.height - self.inset - self.height
            sides = (self.inset, top, tile.width - self.inset, top + self.height)
        else:
            right = tile.width - self.inset
            sides = (right - self.width, self.inset, right, self.inset + self.height)
        return in_shares(sides, tile)


def in_shares(sides: Box, tile: ScreenTile) -> Box:
    left, top, right, bottom = sides
    return left / tile.width, top / tile.height, right / tile.width, bottom / tile.height


@dataclass(frozen=True)
class View:
    """A client on a device: `across` units make the width of the screen, and all figures are in these."""

    client: str
    device: str
    across: float
    tall: ScreenTile
    wide: ScreenTile
    gap: float
    radius: float
    zoom: float
    caption: float
    marks: tuple[Mark, ...]
    # Whether the figures are those of published code.
    is_known: bool = True

    @property
    def name(self) -> str:
        return f"{self.client}-{self.device}"

    @property
    def screen(self) -> Screen:
        return SCREENS[self.device]

    def tile(self, shape: str) -> ScreenTile:
        return self.tall if shape == TALL else self.wide

    def millimetres(self, length: float) -> float:
        return length * self.screen.width / self.across


def round_badge(name: str, size: float, inset: float) -> Mark:
    return Mark(name, size, size, inset)


VIEWS = (
    View(
        *(PLEX, TELEVISION, 1920, ScreenTile(244, 361), ScreenTile(532, 299)),
        *(43, 0, 1.10, 24),
        (Mark(UNWATCHED, 45, 45), Mark(COUNT, 39, 51), Mark(PROGRESS, 10)),
    ),
    View(
        *(PLEX, PHONE, 390, ScreenTile(112, 168), ScreenTile(240, 135)),
        *(10, 6, 1, 13),
        (Mark(UNWATCHED, 18, 18), Mark(COUNT, 18, 24), Mark(PROGRESS, 4)),
        is_known=False,
    ),
    View(
        *(JELLYFIN, TELEVISION, 960, ScreenTile(100, 150), ScreenTile(231, 130)),
        *(8, 12, 1.14, 14),
        (round_badge(WATCHED, 24, 4), round_badge(COUNT, 24, 4), Mark(PROGRESS, 4, inset=8)),
    ),
    View(
        *(JELLYFIN, PHONE, 390, ScreenTile(138.7, 208.1), ScreenTile(263.5, 148.2)),
        *(17.3, 2.9, 1, 14.4),
        (round_badge(WATCHED, 23, 3.2), round_badge(COUNT, 25.3, 3.2), Mark(PROGRESS, 4)),
    ),
    View(
        *(EMBY, TELEVISION, 1920, ScreenTile(266, 399), ScreenTile(415, 233.4)),
        *(32, 6, 1.18, 20),
        (round_badge(WATCHED, 32, 4.5), round_badge(COUNT, 35.2, 4.5), Mark(PROGRESS, 4.8)),
    ),
    View(
        *(EMBY, PHONE, 390, ScreenTile(118, 177), ScreenTile(280, 157.5)),
        *(11.9, 4.5, 1, 14.9),
        (round_badge(WATCHED, 23.8, 3.4), round_badge(COUNT, 26.2, 3.4), Mark(PROGRESS, 3.6)),
    ),
)


def view_of(client: str, device: str) -> View:
    return next(view for view in VIEWS if (view.client, view.device) == (client, device))
