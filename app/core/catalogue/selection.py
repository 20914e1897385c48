"""Which entries of the catalogue are asked for."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String

from app.core.assets.naming import OTHER
from app.core.catalogue.facts import Flag
from app.core.catalogue.table import NO_FOLDER, TABLE
from app.core.choices.rules import CATEGORIES

# Columns that a filter compares, and words for what is true of a picture or not.
COMPARED = ("root_id", "kind", "library", "language", "provider", "owner", "upload", "letter", "year")
FLAGS = {flag.name.lower(): flag for flag in Flag}
CATEGORY = "category"
MISSING = Flag.MISSING.name.lower()


class Selection(NamedTuple):
    """The words that an entry holds, and the (name, value) of each facet that it is filtered by."""

    root_id: int | None
    words: tuple[str, ...] = ()
    filters: tuple[tuple[str, Any], ...] = ()

    def condition(self, without: str | None = None, is_scan: bool = False) -> list[ColumnElement[bool]]:
        """The conditions of all filters but one, whose other values are to be counted.

        A scan reads the table from end to end, since an index would lead to most of its rows one by one.
        """
        own, is_scan = TABLE.c, is_scan or bool(self.words)
        found = [filter_condition("root_id", self.root_id, is_scan)]
        # What players show beside the title is in no gallery; who asks for it names its kind.
        if without != "kind" and "kind" not in dict(self.filters):
            found.append(own.kind != OTHER)
        found += [own.searched.contains(word, autoescape=True) for word in self.words]
        return found + [
            filter_condition(name, value, is_scan) for name, value in self.filters if name != without
        ]


def filter_condition(name: str, value: Any, is_scan: bool) -> ColumnElement[bool]:
    if name in COMPARED:
        return (without_index(TABLE.c[name]) if is_scan else TABLE.c[name]) == value
    if name == CATEGORY:
        return TABLE.c.categories.bitwise_and(CATEGORIES[value]) != 0
    if name == MISSING:
        # In every index, as the flag is not.
        return TABLE.c.folder_id == NO_FOLDER if value else TABLE.c.folder_id != NO_FOLDER
    bit = TABLE.c.flags.bitwise_and(int(FLAGS[name]))
    return bit != 0 if value else bit == 0


def without_index(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column as an expression, for which no index is used."""
    return column + ("" if isinstance(column.type, String) else 0)
