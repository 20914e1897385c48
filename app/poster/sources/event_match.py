"""Which items an import event means: ids before the path, the path before title and year."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import IntEnum

from app.poster.records.ids import Medium
from app.poster.records.import_event import ImportEvent
from app.poster.records.library import Episode, Item, Season
from app.poster.sources.comparison import bare_forms, comparable_name, year_in_title
from app.poster.sources.own_folder import parts_of
from app.poster.sources.source import Note

# Sources differ by a year where a premiere was late.
YEAR_SLACK = 1


class MatchEvidence(IntEnum):
    """What makes an item the one that is meant; the greater is the stronger."""

    NONE = 0
    TITLE = 1
    TITLE_NEAR_YEAR = 2
    TITLE_AND_YEAR = 3
    FOLDER = 4
    PATH = 5
    IDS = 6


@dataclass
class BestMatch:
    """Keeps of many items those with the strongest evidence; offered one by one, so memory stays small."""

    event: ImportEvent
    evidence: MatchEvidence = MatchEvidence.NONE
    items: list[Item] = field(default_factory=list)

    def offer(self, item: Item) -> None:
        evidence = evidence_for(self.event, item)
        if evidence > self.evidence:
            self.evidence, self.items = evidence, []
        is_new = all((known.library, known.key) != (item.library, item.key) for known in self.items)
        if evidence and evidence == self.evidence and is_new:
            self.items.append(item)

    @property
    def is_sure(self) -> bool:
        """Whether ids or the path found it, so that no further search can find anything better."""
        return self.evidence >= MatchEvidence.FOLDER

    def found(self, note: Note) -> list[Item]:
        """The item, in each library that has it; where nothing or several fit, none, and a note says so."""
        name = self.event.title or self.event.path or self.event.key
        if not self.items:
            note(f"{name!r} was not found in any library; nothing is made for this event")
            return []
        if self.evidence is MatchEvidence.IDS or are_one(self.items):
            return self.items
        choices = ", ".join(sorted({f"{item.title} ({item.year or 'no year'})" for item in self.items}))
        note(f"{name!r} fits several items ({choices}) and the event names no id or year; nothing is made")
        return []


def are_one(items: list[Item]) -> bool:
    """Whether the items are one film or show that stands in several libraries or versions."""
    first = items[0]
    return all(
        bare_forms(item.title) & bare_forms(first.title)
        and item.year == first.year
        and not ids_differ(item, first)
        and (item.library != first.library or item.root_folder == first.root_folder)
        for item in items
    )


def ids_differ(one: Item, other: Item) -> bool:
    shared = {own.authority for own in one.ids} & {own.authority for own in other.ids}
    return bool(shared) and not set(one.ids) & set(other.ids)


def evidence_for(event: ImportEvent, item: Item) -> MatchEvidence:
    if item.medium is not (Medium.FILM if event.medium is Medium.FILM else Medium.SHOW):
        return MatchEvidence.NONE
    if set(event.ids) & set(item.ids):
        return MatchEvidence.IDS
    if {own.authority for own in event.ids} & {own.authority for own in item.ids}:
        return MatchEvidence.NONE
    return evidence_of_path(event, item) or evidence_of_title(event, item)


def evidence_of_path(event: ImportEvent, item: Item) -> MatchEvidence:
    """The same path, or the same name of the item's own folder where servers mount the disk elsewhere."""
    paths = [parts for parts in (parts_of(event.path), parts_of(event.file_path)) if parts]
    own = [comparable_name(part) for part in parts_of(item.path)]
    for parts in ([comparable_name(part) for part in path] for path in paths):
        if own[: len(parts)] == parts:
            return MatchEvidence.PATH
    folder = comparable_name(paths[0][-1]) if event.path and paths else ""
    return (
        MatchEvidence.FOLDER if folder and folder == comparable_name(item.root_folder) else MatchEvidence.NONE
    )


def evidence_of_title(event: ImportEvent, item: Item) -> MatchEvidence:
    wanted = bare_forms(event.title)
    if not wanted & (bare_forms(item.title) | bare_forms(item.original_title)):
        return MatchEvidence.NONE
    year = event.year or year_in_title(event.title)
    if year is None or item.year is None:
        return MatchEvidence.TITLE
    if year == item.year:
        return MatchEvidence.TITLE_AND_YEAR
    return MatchEvidence.TITLE_NEAR_YEAR if abs(year - item.year) <= YEAR_SLACK else MatchEvidence.NONE


def cut_to_event(item: Item, event: ImportEvent) -> Item:
    """The item with the event's season and episodes only; all of them where the event names none."""
    seasons = item.seasons
    if event.part_key:
        seasons = tuple(filter(None, (cut_to_part(season, event.part_key) for season in seasons)))
    if event.season is not None:
        seasons = tuple(season for season in seasons if season.number == event.season)
    if event.season is not None and event.episodes:
        wanted = set(event.episodes)
        seasons = tuple(only_rows(season, lambda row: wanted & set(row.numbers)) for season in seasons)
    return replace(item, seasons=seasons)


def cut_to_part(season: Season, key: str) -> Season | None:
    """The season whose own key it is, or its episode of that key; None where it is neither."""
    if season.key == key:
        return season
    cut = only_rows(season, lambda row: key in (row.key, *row.further_keys))
    return cut if cut.episodes else None


def only_rows(season: Season, is_wanted: Callable[[Episode], object]) -> Season:
    return replace(season, episodes=tuple(filter(is_wanted, season.episodes)))
