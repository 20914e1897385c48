"""Rows of the catalogue, written by themselves, without files and scans."""

from sqlalchemy import insert

from app.core.assets.batch import FOLDERS
from app.core.catalogue.table import TABLE
from app.core.catalogue.titles import by_letter

NO_CONCERN = {"concerns": 0, "offered": ""}


def entry(number: int, **overrides) -> dict:
    """The columns of one picture of the first tree."""
    letter = overrides.get("letter", "A")
    facts = {"folder_id": 1, "name": f"{number}.jpg", "root_id": 1, "kind": "poster", "library": "Films"}
    texts = {
        "letter": letter,
        "sort_key": f"{by_letter(letter)[0]}{letter.lower()}{number:03}",
        "searched": "",
    }
    file = {
        "size": number,
        "modified_ns": number * 10**9,
        "created": float(number),
        "digest": None,
        "color": None,
    }
    choice = {"choice_id": None, "categories": 0, "language": "", "provider": "", "flags": 0}
    return (
        {**facts, **texts, **file, **choice, "year": None, "owner": "", "upload": "", **NO_CONCERN}
        | {"entry": f"{number:016}"}
        | overrides
    )


def fill(session, rows: list[dict], folders: dict[int, str] | None = None) -> None:
    """Write the rows, and the folders in which they lie by their numbers."""
    for number, path in (folders or {1: "Films/A"}).items():
        values = {"id": number, "root_id": 1, "path": path, "top": path.partition("/")[0]}
        needed = {
            column.name: 0
            for column in FOLDERS.c
            if not column.nullable and column.name not in values and column.default is None
        }
        session.execute(insert(FOLDERS).values(**needed | values))
    session.execute(insert(TABLE), rows)
