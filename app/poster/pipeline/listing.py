"""The work of a run, item by item, as the source lists it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app.poster.kinds import Kind
from app.poster.names import BadName
from app.poster.pipeline.engine import Engine
from app.poster.pipeline.planned import Work
from app.poster.records.import_event import ImportEvent
from app.poster.records.library import Item, Library, LibraryContent
from app.poster.records.reasons import Reason
from app.poster.sources.source import SourceTrouble
from app.poster.worklist.claims import Claim, Claims
from app.poster.worklist.wanted import wanted_assets

# Their records name the film or show itself, those of other kinds a season or an episode.
OF_THE_ITEM = (Kind.POSTER, Kind.BACKGROUND, Kind.COLLECTION)


@dataclass(frozen=True, slots=True)
class Listed:
    """A library begins or ends: `size` is what it holds if known, `trouble` why it ended early.

    `files_gone` counts the rows that were left out because their files are gone at the moment.
    """

    library: Library
    size: int | None = None
    trouble: str = ""
    has_ended: bool = False
    files_gone: int = 0


@dataclass(frozen=True)
class Listing:
    """Lists libraries or the items of one event."""

    engine: Engine
    claims: Claims

    def whole(self, libraries: Sequence[Library]) -> Iterator[Work | Listed]:
        """All items of the libraries; one that cannot be listed to its end says so, and the next follows."""
        for library in libraries:
            yield Listed(library, self._size(library))
            yield from self._library(library)
        if Kind.COLLECTION in self._kinds and self.engine.scope.first is None:
            yield from self._collections(libraries)

    def event(self, event: ImportEvent) -> Iterator[Work | Listed]:
        """The items of the event; SourceTrouble where the source cannot be asked."""
        yield from self._owned(self.engine.source.find(event, self._kinds))

    def _library(self, library: Library) -> Iterator[Work | Listed]:
        count, trouble = 0, ""
        listed = islice(self.engine.source.items(library, self._kinds), self.engine.scope.first)
        items = self._owned(listed)
        try:
            for work in items:
                count += 1
                yield work
        except SourceTrouble as error:
            trouble = str(error)
        gone = self.engine.source.files_gone(library)
        yield Listed(library, count, trouble, has_ended=True, files_gone=gone)

    def _size(self, library: Library) -> int | None:
        first = self.engine.scope.first
        return library.size if first is None else min(first, library.size or first)

    def _collections(self, libraries: Sequence[Library]) -> Iterator[Work | Listed]:
        """The collections of all libraries; trouble is that of a library of their own."""
        every = Library(self.engine.source.name, "collections", "Collections", LibraryContent.COLLECTIONS)
        count, trouble = 0, ""
        try:
            for work in self._owned(self.engine.source.collections(libraries)):
                count += 1
                yield work
        except SourceTrouble as error:
            trouble = str(error)
        yield Listed(every, count, trouble, has_ended=True)

    @property
    def _kinds(self) -> frozenset[Kind]:
        return self.engine.work_rules.kinds

    def _owned(self, items: Iterable[Item]) -> Iterator[Work]:
        """The work of each item; those whose folder an earlier run gave to another item come last."""
        waiting = []
        for item in items:
            work = self._work(item)
            claim = self._claim(work, remembered=owner_of(work))
            if claim is Claim.OPEN:
                waiting.append(work)
            else:
                yield work if claim is Claim.OWNED else shared(work)
        for work in waiting:
            yield work if self._claim(work) is Claim.OWNED else shared(work)

    def _work(self, item: Item) -> Work:
        wanted = wanted_assets(item, self.engine.work_rules)
        return Work(item, wanted, self.engine.journal.records([one.path for one in wanted if not one.skip]))

    def _claim(self, work: Work, remembered: str = "") -> Claim:
        try:
            folder = self.engine.work_rules.layout.folder(work.item)
        except BadName:
            return Claim.OWNED
        return self.claims.claim(folder, work.item.key, remembered)


def owner_of(work: Work) -> str:
    """The key of the item that an earlier run made these files for, "" where the journal has none."""
    decisions = (record.decision for record in work.records.values())
    return next((decision.item_key for decision in decisions if decision.kind in OF_THE_ITEM), "")


def shared(work: Work) -> Work:
    """The work of an item whose files belong to another one: nothing is made."""
    left = (replace(wanted, skip=wanted.skip or Reason.SHARED_FOLDER) for wanted in work.wanted)
    return replace(work, wanted=tuple(left))
