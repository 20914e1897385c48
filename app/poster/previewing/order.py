"""What a preview is asked for."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from app.poster.item_rules.rules_file import ItemRule
from app.poster.kinds import Kind
from app.poster.records.ruling import TitleCorrection

# Kinds by the words of the API.
KINDS = {
    kind.value.replace(" ", "_"): kind
    for kind in (Kind.POSTER, Kind.SEASON, Kind.COLLECTION, Kind.BACKGROUND, Kind.TITLE_CARD, Kind.SQUARE)
}

Share = Annotated[float, Meta(ge=0, le=1)]


class BadOrder(ValueError):
    """An order that cannot be understood; its text says why."""


class PreviewOrder(Struct, frozen=True):
    """One preview: of an asset by its path, of a picture that comes along, or of a sample.

    `title` and `second` stand in place of the asset's texts; None leaves these. `settings` stand over those
    of config.json. `width` None draws the picture as a run publishes it. `upload` names a picture that the
    caller has. `crop` is left, top, width and height in parts of the source. `design` is the
    id of a design, whose settings stand below `settings`. `correct` stands in place of the correction of its
    title that the rules have. `rules` stand in place of those of rules.json. With `small` the picture that
    comes along is a smaller copy of the asset's.
    """

    kind: str
    asset: str | None = None
    sample: bool = False
    upload: str | None = None
    title: str | None = None
    second: str | None = None
    settings: dict[str, dict[str, Any]] = {}
    width: Annotated[int, Meta(ge=16, le=4000)] | None = None
    crop: tuple[Share, Share, Share, Share] | None = None
    design: str | None = None
    small: bool = False
    correct: TitleCorrection | None = None
    rules: tuple[ItemRule, ...] | None = None

    @property
    def drawn_kind(self) -> Kind:
        return KINDS[self.kind]

    @property
    def design_key(self) -> bytes:
        """What the styles depend on."""
        return msgspec.json.encode((self.settings, self.design), order="sorted")


def read_preview_order(header: dict[str, Any]) -> PreviewOrder:
    """BadOrder for anything that is none."""
    try:
        order = msgspec.convert(header, PreviewOrder)
    except msgspec.ValidationError as error:
        raise BadOrder(str(error)) from error
    if order.kind not in KINDS:
        raise BadOrder(f"{order.kind!r:.40} is no kind of picture")
    return order
