"""A previewer over a data folder, whose pictures are sent along as the server would."""

import io
from pathlib import Path

from PIL import Image, ImageChops

from app.core.decisions.record import decision_of
from app.poster.folders import read_folders
from app.poster.previewing.order import read_preview_order
from app.poster.previewing.pictures import PartWanted
from app.poster.previewing.previewer import Preview, Previewer
from app.poster.settings import read_settings

# Two pixels are different where a channel differs by more than compression does.
VISIBLE = 24


def make_previewer(data: Path) -> Previewer:
    return Previewer(read_folders(data, read_settings(data / "config.json"), {"ASSET_PATH": "assets"}))


def drawn(previewer: Previewer, data: Path, given: dict | None = None, **order) -> Preview:
    """The preview of the order; what it asks for is read from where the journal says that it lies."""
    contents = dict(given or {})
    while True:
        try:
            return previewer.draw(read_preview_order(order), contents)
        except PartWanted as wanted:
            assert wanted.part not in contents
            contents[wanted.part] = part_of(data, order["asset"], wanted.part)


def part_of(data: Path, asset: str, part: str) -> bytes:
    decision = decision_of(data / "engine", asset)["decision"]
    return Path(decision["logo" if part == "logo" else "chosen"]["address"]).read_bytes()


def different_share(one: bytes, other: bytes) -> float:
    """The share of the pixels that differ visibly; the second picture is made as small as the first."""
    first = Image.open(io.BytesIO(one)).convert("RGB")
    second = Image.open(io.BytesIO(other)).convert("RGB").resize(first.size, Image.Resampling.BOX)
    strongest = ImageChops.difference(first, second).split()
    worst = ImageChops.lighter(ImageChops.lighter(*strongest[:2]), strongest[2])
    return sum(worst.histogram()[VISIBLE + 1 :]) / (first.width * first.height)
