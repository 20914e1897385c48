"""The rows of the catalogue for some folders, or for some choices of which there is no picture."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, false, select
from sqlalchemy.orm import Session

from app.core.assets.batch import FILES
from app.core.assets.naming import join_path
from app.core.assets.recent import item_name
from app.core.assets.removal import sliced
from app.core.catalogue import facts, table
from app.core.catalogue.concerns import concern_digest
from app.core.catalogue.facts import choice_facts
from app.core.catalogue.table import Key, Row
from app.core.catalogue.titles import fold, title_facts, title_sort_key
from app.core.choices.artwork import Tree, artwork_file_name, expected_path, find_artwork
from app.core.choices.rules import choice_kind
from app.core.choices.table import TABLE as CHOICES
from app.core.decisions.picture_states import PictureState

FILE_COLUMNS = tuple(
    FILES.c[name] for name in ("folder_id", "name", "kind", "size", "modified_ns", "created")
)


class Material(NamedTuple):
    """What the rows of one root are made of; only the tree of artwork has choices and states."""

    root_id: int
    tree: Tree | None
    states: Mapping[str, PictureState]


class Part(NamedTuple):
    """Some folders, or of one that is too large the files whose names lie after one and up to another."""

    folders: Mapping[int, Any]
    after: str = ""
    until: str | None = None

    def of(self, table: Table) -> ColumnElement[bool]:
        """The condition that chooses the rows of this part."""
        inside = table.c.folder_id.in_(self.folders)
        if self.after:
            inside &= table.c.name > self.after
        return inside if self.until is None else inside & (table.c.name <= self.until)


class Difference(NamedTuple):
    """The rows to be deleted, and those to be stored, by which the table becomes what it should be."""

    lost: list[Key]
    rows: list[Row]


def part_difference(session: Session, material: Material, part: Part) -> Difference:
    """For the pictures of a part, and for the choices of the same items that have none."""
    files = session.execute(select(*FILE_COLUMNS).where(part.of(FILES))).all()
    choices = choices_of_items(session, material, part.folders, files)
    found = find_artwork(session, material.tree, choices) if choices else {}
    by_path = {found[choice.id].path: choice for choice in choices if choice.id in found}
    wanted = [file_row(material, part.folders[file.folder_id], file, by_path) for file in files]
    wanted += [missing_row(material, choice) for choice in choices if choice.id not in found]
    identities = {choice.identity for choice in choices}
    return difference_of_slices(stored_entries(session, part.of(table.TABLE), identities), wanted)


def missing_difference(session: Session, material: Material, choices: list[Any]) -> Difference:
    """For rows of `facts.COLUMNS`: those of which there is no picture."""
    found = find_artwork(session, material.tree, choices)
    wanted = [missing_row(material, choice) for choice in choices if choice.id not in found]
    return difference_of_slices(
        stored_entries(session, false(), {choice.identity for choice in choices}), wanted
    )


def choices_of_items(
    session: Session, material: Material, folders: Mapping[int, Any], files: list
) -> list[Any]:
    """The choices of the items in some folders, the oldest first: of two for one picture the newer counts."""
    if material.tree is None:
        return []
    items = {folder.name for folder in folders.values()}
    items |= {item_name(folders[file.folder_id].path, file.name) for file in files}
    query = select(*facts.COLUMNS)
    parts = (query.where(CHOICES.c.rootfolder.in_(part)) for part in sliced(items - {""}))
    return sorted((row for part in parts for row in session.execute(part)), key=lambda row: row.id)


def file_row(material: Material, folder: Any, file: Any, choices: Mapping[str, Any]) -> Row:
    path = join_path(folder.path, file.name)
    choice = choices.get(path)
    stem = file.name.rpartition(".")[0]
    item = item_name(folder.path, file.name)
    texts = [folder.top, item, file.name, *([choice.title] if choice else [])]
    made = choice_facts(choice, material.states.get(path))
    return (
        *(file.folder_id, file.name, material.root_id, file.kind, folder.top),
        *title_columns(item, file.kind, folder.top, stem, texts),
        *(file.size, file.modified_ns, file.created),
        *made,
        concern_digest(path),
    )


def missing_row(material: Material, choice: Any) -> Row:
    kind, library = choice_kind(choice.type), choice.library_name[: facts.LONGEST_LIBRARY]
    stem = artwork_file_name(choice.type, choice.title) or choice.title
    item = choice.rootfolder or choice.title
    path = expected_path(material.tree, choice) if material.tree else ""
    made = choice_facts(choice, material.states.get(path), is_missing=True)
    return (
        *(table.NO_FOLDER, choice.identity, material.root_id, kind, library),
        *title_columns(item, kind, library, stem, [library, item, choice.title]),
        *(0, 0, 0.0),
        *made,
        concern_digest(choice.identity),
    )


def title_columns(item: str, kind: str, library: str, stem: str, texts: list[str]) -> tuple:
    known = title_facts(item)
    return title_sort_key(item, kind, library, stem), known.letter, known.year, fold("\n".join(texts))


def stored_entries(session: Session, part: ColumnElement[bool], identities: set[str]) -> dict[Key, Row]:
    """The rows of a part, and those of some choices without a picture."""
    own, query = table.TABLE.c, select(*table.COLUMNS)
    conditions = [
        part,
        *((own.folder_id == table.NO_FOLDER) & own.name.in_(some) for some in sliced(identities)),
    ]
    found = (row for condition in conditions for row in session.execute(query.where(condition)))
    return {(row.folder_id, row.name): tuple(row) for row in found}


def difference_of_slices(stored: Mapping[Key, Row], wanted: list[Row]) -> Difference:
    """What was read from a file stays while the file is the same."""
    length = len(table.MADE)
    changed = [row for row in wanted if stored.get(row[:2], ())[:length] != row]
    gone = stored.keys() - {row[:2] for row in wanted}
    lost = [*gone, *(row[:2] for row in changed if row[:2] in stored)]
    return Difference(lost, [(*row, *kept_reading(stored.get(row[:2]), row)) for row in changed])


def kept_reading(before: Row | None, row: Row) -> tuple:
    is_same = before is not None and before[table.FILE] == row[table.FILE]
    return before[len(table.MADE) :] if is_same else (None,) * len(table.READ)
