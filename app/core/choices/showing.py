"""Rows of choices become entries of the API."""

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from app.core.choices.artwork import NO_TREE, Artwork, Tree, find_artwork
from app.core.choices.rules import SHOWN_MANUAL
from app.core.choices.table import NAMES, TABLE
from app.core.decisions.picture_states import PictureState
from app.core.local_time import naive_local

SHOWN = {name: TABLE.c[name] for name in NAMES} | {"manual": SHOWN_MANUAL.label("manual")}
COLUMNS: list[ColumnElement[Any]] = [TABLE.c.id, *SHOWN.values(), TABLE.c.created_at, TABLE.c.updated_at]
NO_STATES: Mapping[str, PictureState] = MappingProxyType({})
CLIENT_NAMES = ("id", *NAMES.values())
NO_ARTWORK = {
    **dict.fromkeys(("poster_url", "image_url", "thumbnail_url", "hash", "color")),
    "has_poster": False,
    "created": None,
    "modified": None,
    "owner": None,
    "upload": None,
}


class Showing:
    """Describes choices, with times of one zone, and images of one tree with their states by path."""

    def __init__(
        self, zone: tzinfo | None, tree: Tree = NO_TREE, states: Mapping[str, PictureState] = NO_STATES
    ):
        self.zone, self.tree, self.states = zone, tree, states
        # An import gives thousands of rows the same moment.
        self.texts: dict[datetime, str] = {}

    def plain(self, row: Any) -> dict[str, Any]:
        """The entry of a row of `COLUMNS`, without its image."""
        *values, created, updated = row[: len(COLUMNS)]
        shown = dict(zip(CLIENT_NAMES, values, strict=True))
        return shown | {"created_at": self.local(created), "updated_at": self.local(updated)}

    def local(self, moment: datetime) -> str:
        if moment not in self.texts:
            self.texts[moment] = (naive_local(moment, self.zone) or "").replace("T", " ")
        return self.texts[moment]

    def with_artwork(self, session: Session, rows: Iterable[Any]) -> list[dict[str, Any]]:
        """The entries of rows of `COLUMNS` with the images that belong to them, in the same order."""
        rows = list(rows)
        found = find_artwork(session, self.tree, rows)
        return [self.plain(row) | self.shown_artwork(found.get(row.id)) for row in rows]

    def shown_artwork(self, artwork: Artwork | None) -> dict[str, Any]:
        if artwork is None:
            return NO_ARTWORK
        state = self.states.get(artwork.path)
        addresses = artwork.addresses
        return {
            "poster_url": addresses.pop("url"),
            **addresses,
            "has_poster": True,
            "created": artwork.created,
            "modified": artwork.modified,
            "owner": state and state.owner,
            "upload": state and (state.upload or None),
        }
