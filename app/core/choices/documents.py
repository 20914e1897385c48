"""Whole responses, written piece by piece: all choices, and the overview of all categories."""

import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.core.choices.overview import BATCH, category_settings, choices_in_batches
from app.core.choices.rules import CATEGORIES, CategoryRules
from app.core.choices.showing import COLUMNS, Showing
from app.core.choices.spool import Spool
from app.core.choices.table import TABLE

compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Entries:
    """The entries of one category, compressed until the document is assembled."""

    def __init__(self, folder: Path):
        self.spool = Spool(folder)
        self.count = 0

    def add(self, texts: list[str]) -> None:
        if texts:
            self.spool.write(("," if self.count else "").encode() + ",".join(texts).encode())
            self.count += len(texts)

    def parts(self) -> Iterator[bytes]:
        yield f'{{"count":{self.count},"assets":['.encode()
        yield from self.spool.close().plain()
        yield b"]}"


def overview_parts(
    session: Session, showing: Showing, grades: ColumnElement[int], rules: CategoryRules, folder: Path
) -> Iterator[bytes]:
    """The overview without any limit; entries are encoded once and stand in several categories."""
    found = {name: Entries(folder) for name in CATEGORIES}
    for batch in choices_in_batches(session, showing, grades):
        texts = [(mask, compact(entry)) for mask, entry in batch]
        for name, bit in CATEGORIES.items():
            found[name].add([text for mask, text in texts if mask & bit])
    yield b'{"categories":{'
    for place, (name, entries) in enumerate(found.items()):
        yield f'{"," if place else ""}"{name}":'.encode()
        yield from entries.parts()
    yield f'}},"config":{compact(category_settings(rules))}}}'.encode()


def choice_list_parts(session: Session, showing: Showing) -> Iterator[bytes]:
    """All choices, the newest first, as one array."""
    query = select(*COLUMNS).order_by(TABLE.c.id.desc()).limit(BATCH)
    opening = "["
    rows = session.execute(query).all()
    while rows:
        yield (opening + ",".join(compact(showing.plain(row)) for row in rows)).encode()
        opening = ","
        rows = session.execute(query.where(TABLE.c.id < rows[-1].id)).all()
    yield b"[]" if opening == "[" else b"]"
