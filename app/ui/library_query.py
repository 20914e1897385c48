"""What the address of the library asks for: which artwork, in which order, how large and from where on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from app.core.assets.arrangement import Arrangement
from app.core.assets.naming import KINDS, is_storable
from app.core.catalogue.selection import FLAGS, Selection
from app.ui.page_numbers import wanted_page

PAGE_SIZE = 60
LONGEST = 200
# Each with what the catalogue sorts by, and whether it begins at the end.
ORDERS = {
    "title": ("title", False),
    "title_back": ("title", True),
    "newest": ("modified", True),
    "oldest": ("modified", False),
    "year": ("year", True),
    "year_back": ("year", False),
    "largest": ("size", True),
}
USUAL_ORDER = "title"
JUMP_INDEXES = {"title": "letters", "title_back": "letters", "year": "years", "year_back": "years"}
SIZES = ("small", "medium", "large")
USUAL_SIZE = "medium"
SIZE_COOKIE = "tile_size"
TRUE = "true"
# Filters by one of many values, and filters by what is true of a picture.
VALUES = ("library", "kind", "language", "provider")
SHOWN_FLAGS = ("missing", "textless", "fallback", "truncated", "by_hand")
# What an address shows that asks for nothing, and how one asks for all kinds then.
USUAL_KIND, ALL_KINDS = "poster", "all"
# The shape of these; all others, and a wall of several kinds, have tall cells.
WIDE_KINDS = ("background", "titlecard")


@dataclass(frozen=True)
class WallQuery:
    """The address of the library as far as it has a meaning."""

    search: str
    values: Mapping[str, str]
    flags: tuple[str, ...]
    order: str
    size: str
    page: int
    # Whether the address asks for nothing, so that it shows the usual kind.
    is_plain: bool = field(default=False, compare=False)

    @property
    def is_filtered(self) -> bool:
        return bool(self.search or self.values or self.flags) and not self.is_plain

    @property
    def jump_index(self) -> str | None:
        """The counts by which one jumps in this order, as `facet_counts` names them."""
        return JUMP_INDEXES.get(self.order)

    @property
    def is_wide(self) -> bool:
        return self.values.get("kind") in WIDE_KINDS

    @property
    def filters(self) -> dict[str, str]:
        """The fields of the address that filter, but for the search."""
        return {**self.values, **dict.fromkeys(self.flags, TRUE)}

    def address(self, **changes: str | int | None) -> dict[str, str | int]:
        """The fields of an address with changes, on its first page; None removes a field."""
        usual = {"order": USUAL_ORDER, "search": "", "page": 1}
        found = {"search": self.search, "order": self.order, **self.filters, **changes}
        fields = {
            name: value for name, value in found.items() if value is not None and usual.get(name) != value
        }
        is_filtered = any(name in fields for name in ("search", *VALUES, *SHOWN_FLAGS))
        return fields if is_filtered else {**fields, "kind": ALL_KINDS}

    def without_filters(self) -> dict[str, str | int]:
        return self.address(search=None, **dict.fromkeys(self.filters))

    def toggled(self, name: str, value: str) -> dict[str, str | int]:
        """The fields of the address with that filter, or without it where it is set."""
        return self.address(**{name: None if self.filters.get(name) == value else value})

    def selection(self, root_id: int | None) -> Selection:
        pairs = (*self.values.items(), *((name, True) for name in self.flags))
        return Selection(root_id, tuple(Arrangement(self.search).words), tuple(sorted(pairs)))

    def arrangement(self) -> Arrangement:
        sort, descending = ORDERS[self.order]
        return Arrangement(self.search, sort, descending, PAGE_SIZE, (self.page - 1) * PAGE_SIZE)

    def api_query(self) -> str:
        """The query that lists the same artwork in the same order at /api/assets/catalogue."""
        sort, descending = ORDERS[self.order]
        order = {"sort": sort, "order": "desc" if descending else "asc"}
        return urlencode({"search": self.search, **self.filters, **order})


def library_query(fields: Mapping[str, str], cookies: Mapping[str, str]) -> WallQuery:
    """Read an address; a value that is none of a field counts as absent."""
    values = {name: fields[name] for name in VALUES if is_text(fields.get(name))}
    if values.get("kind") not in (None, *KINDS):
        del values["kind"]
    search = fields.get("search", "")
    return WallQuery(
        search=search if is_text(search) else "",
        values=values,
        flags=tuple(name for name in SHOWN_FLAGS if name in FLAGS and fields.get(name) == TRUE),
        order=one_of_choices(ORDERS, fields.get("order"), USUAL_ORDER),
        size=one_of_choices(
            SIZES, fields.get("size"), one_of_choices(SIZES, cookies.get(SIZE_COOKIE), USUAL_SIZE)
        ),
        page=wanted_page(fields.get("page")),
    )


def opened_library(fields: Mapping[str, str], cookies: Mapping[str, str]) -> WallQuery:
    """Read an address of the library, which shows the usual kind to who asks for nothing."""
    query = library_query(fields, cookies)
    is_plain = not query.is_filtered and "kind" not in fields
    return replace(query, values={"kind": USUAL_KIND}, is_plain=True) if is_plain else query


def is_text(text: str | None) -> bool:
    """Whether a database can hold it and the API takes it."""
    return text is not None and len(text) <= LONGEST and "\0" not in text and is_storable(text)


def one_of_choices(known: Mapping | tuple, value: str | None, usual: str) -> str:
    return value if value in known else usual
