"""Brings the catalogue up to index, choices and journal, in steps of one short transaction each."""

import json
import time
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, literal, or_, select, update
from sqlalchemy.orm import Session

from app.core.assets.batch import FILES, FOLDERS
from app.core.assets.naming import PLURALS
from app.core.assets.register import marks
from app.core.assets.removal import SLICE, sliced
from app.core.catalogue import facts
from app.core.catalogue.slices import Difference, Material, Part, missing_difference, part_difference
from app.core.catalogue.table import NO_FOLDER, TABLE, publish_entries, source_state, write_catalogue
from app.core.choices.artwork import Tree
from app.core.choices.state import current_state
from app.core.choices.table import TABLE as CHOICES
from app.core.config_file import ConfigFile, truthy
from app.core.decisions.picture_states import StatesByPath
from app.core.sessions import Sessions

# Pictures and choices that are compared at once.
PART_FILES = 2000
SHOWN_SECONDS = 1.0
COUNT = sum((FOLDERS.c[plural] for plural in PLURALS), literal(0))
COLUMNS = tuple(FOLDERS.c[name] for name in ("id", "name", "path", "top", "checksum", "catalogued"))
SEEN = update(FOLDERS).where(FOLDERS.c.id == bindparam("seen_id")).values(catalogued=bindparam("seen_sum"))
CHANGED = or_(
    FOLDERS.c.catalogued.is_(None),
    FOLDERS.c.catalogued != FOLDERS.c.checksum,
    # The checksum of a very large folder is not known after a change.
    (FOLDERS.c.checksum == 0) & (FOLDERS.c.size > 0),
)


class Sources(NamedTuple):
    """The states of what the catalogue is made of; `roots` are (name, id, version)."""

    roots: tuple[tuple[str, int, int], ...]
    flat: bool
    choices: int
    states: StatesByPath

    def __str__(self) -> str:
        return json.dumps([self.roots, *self.beside_the_index()])

    def beside_the_index(self) -> list[Any]:
        return [[each[:2] for each in self.roots], self.flat, self.choices, self.states.digest]

    def only_the_index_changed(self, before: str) -> bool:
        """Whether a former state differs in the versions of the roots alone."""
        beside = json.loads(json.dumps(self.beside_the_index()))
        return bool(before) and json.loads(before)[1:] == beside

    def materials(self) -> Iterator[Material]:
        states = self.states.with_failures()
        for name, root_id, _ in self.roots:
            is_artwork = name == "assets"
            tree = Tree(root_id, self.flat) if is_artwork else None
            yield Material(root_id, tree, states if is_artwork else {})


def present_sources(session: Session, config: ConfigFile, states: StatesByPath) -> Sources:
    """The present states; roots that are being scanned count, too. `ConfigUnreadable` without settings."""
    has_folders = truthy(config.setting("PrerequisitePart", "LibraryFolders", True))
    roots = tuple((name, mark.id, mark.version) for name, mark in sorted(marks(session).items()))
    return Sources(roots, not has_folders, current_state(session).version, states)


class Cataloguing:
    """One pass over what has changed since the last one; what changes meanwhile is left to the next."""

    def __init__(self, database: Sessions, sources: Sources):
        self.database, self.sources = database, sources
        self.changed = self.swept = False
        self.shown = time.monotonic()

    def steps(self) -> Iterator[None]:
        """Between two steps others may write."""
        with self.database.reading() as session:
            before = source_state(session).source
        is_partial = self.sources.only_the_index_changed(before)
        yield from self.sweep()
        for material in self.sources.materials():
            for part in self.parts(material, is_partial):
                self.renew(material, part)
                yield
            if material.tree and (self.swept or not is_partial):
                yield from self.renew_missing(material)
        with self.database.writing() as session:
            publish_entries(session, source=str(self.sources))

    def parts(self, material: Material, is_partial: bool) -> Iterator[Part]:
        query = select(*COLUMNS, COUNT.label("count")).where(FOLDERS.c.root_id == material.root_id)
        query = query.where(CHANGED) if is_partial else query
        with self.database.reading() as session:
            ids = list(session.scalars(query.with_only_columns(FOLDERS.c.id)))
        for some in sliced(ids):
            with self.database.reading() as session:
                folders = session.execute(query.where(FOLDERS.c.id.in_(some))).all()
            for group in groups(folders):
                yield from self.split(group)

    def split(self, group: list[Any]) -> Iterator[Part]:
        """A single folder that is too large, by ranges of names."""
        folders, after = {folder.id: folder for folder in group}, ""
        while group[0].count > PART_FILES and (until := self.name_after(group[0].id, after)):
            yield Part(folders, after, until)
            after = until
        yield Part(folders, after)

    def name_after(self, folder_id: int, after: str) -> str | None:
        names = select(FILES.c.name).where(FILES.c.folder_id == folder_id, FILES.c.name > after)
        with self.database.reading() as session:
            return session.scalar(names.order_by(FILES.c.name).offset(PART_FILES - 1).limit(1))

    def renew(self, material: Material, part: Part) -> None:
        with self.database.reading() as session:
            found = part_difference(session, material, part)
        # A folder counts as seen with its last part.
        ended = part.folders.values() if part.until is None else ()
        seen = [folder for folder in ended if folder.catalogued != folder.checksum]
        if seen or any(found):
            with self.database.writing() as session:
                self.write(session, found)
                if seen:
                    session.execute(SEEN, [{"seen_id": each.id, "seen_sum": each.checksum} for each in seen])

    def write(self, session: Session, found: Difference) -> None:
        write_catalogue(session, *found)
        self.changed |= any(found)
        if self.changed and time.monotonic() - self.shown > SHOWN_SECONDS:
            publish_entries(session)
            self.shown, self.changed = time.monotonic(), False

    def renew_missing(self, material: Material) -> Iterator[None]:
        """The choices of items that have no folder, too."""
        last = 0
        query = select(*facts.COLUMNS).order_by(CHOICES.c.id).limit(PART_FILES)
        while choices := self.rows(query.where(CHOICES.c.id > last)):
            last = choices[-1].id
            with self.database.reading() as session:
                found = missing_difference(session, material, choices)
            if any(found):
                with self.database.writing() as session:
                    self.write(session, found)
            yield

    def rows(self, query: Select) -> list[Any]:
        with self.database.reading() as session:
            return list(session.execute(query))

    def sweep(self) -> Iterator[None]:
        """Delete the rows of folders, roots and choices that are gone."""
        living = [root_id for _, root_id, _ in self.sources.roots]
        folders = select(FOLDERS.c.id).where(FOLDERS.c.root_id.in_(living))
        gone = (TABLE.c.folder_id != NO_FOLDER) & TABLE.c.folder_id.not_in(folders)
        stale = (TABLE.c.folder_id == NO_FOLDER) & (
            TABLE.c.name.not_in(select(CHOICES.c.identity)) | TABLE.c.root_id.not_in(living)
        )
        for condition in (gone, stale):
            keys = select(TABLE.c.folder_id, TABLE.c.name).where(condition).limit(SLICE)
            while found := self.rows(keys):
                self.swept = True
                with self.database.writing() as session:
                    self.write(session, Difference([tuple(key) for key in found], []))
                yield


def groups(folders: Iterable[Any]) -> Iterator[list[Any]]:
    """Folders that together hold so many pictures as are compared at once, a larger one alone."""
    group: list[Any] = []
    for folder in folders:
        if group and sum(each.count for each in group) + folder.count > PART_FILES:
            yield group
            group = []
        group.append(folder)
    if group:
        yield group
