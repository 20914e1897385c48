"""An asset folder, what a run listed, and what the journal knows, for tests of the clean-up."""

from pathlib import Path

from PIL import Image

from app.poster.cleaning.asset_folder import AssetWalk
from app.poster.cleaning.census import Census
from app.poster.cleaning.orphans import Left, Orphan, is_unwanted, judge_unwanted
from app.poster.journal.store import sha256_of
from app.poster.kinds import Kind
from app.poster.records.decision import Decision
from app.poster.records.ids import Medium
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.library import Item, Library, LibraryContent, SourceName
from app.poster.records.reasons import Action, Reason
from app.poster.records.step import FileState
from app.poster.worklist.layout import Layout
from app.poster.worklist.wanted import WorkRules, wanted_assets

ALL_KINDS = frozenset((Kind.POSTER, Kind.SEASON, Kind.BACKGROUND, Kind.TITLE_CARD))
OUR_MARK = "created with posterizarr"


def library(name: str, key: str = "") -> Library:
    return Library(SourceName.PLEX, key or name, name, LibraryContent.MIXED)


def film_in(of: Library, folder: str, extra: str = "") -> Item:
    return Item(of, f"{of.key}/{folder}", Medium.FILM, folder, root_folder=folder, extra_folder=extra)


def draw(path: Path, mark: str = OUR_MARK, color: str = "navy") -> Path:
    """A small JPEG with that comment."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 12), color).save(path, "JPEG", comment=mark.encode())
    return path


def known(path: Path, name: str, of: str, **facts) -> AssetRecord:
    """What the journal has of a file that a run wrote for a library."""
    found = path.stat()
    decision = Decision(name, Kind.POSTER, Medium.FILM, of, "Alien (1979)", "1", "Alien")
    file = FileState(found.st_size, found.st_mtime_ns, sha256_of(path))
    return AssetRecord(
        name, decision, **{"action": Action.CREATE, "reason": Reason.NEW, "file": file, **facts}
    )


class Yard:
    """`marked` files carry our mark; `recorded` lead from a file to the library that it was made for."""

    def __init__(self, assets: Path, by_library: bool = True, kinds=ALL_KINDS, excluded=()):
        self.assets = assets
        self.rules = WorkRules(kinds=kinds, layout=Layout(by_library))
        self.census = Census(self.rules.layout, kinds, excluded)
        self.records: dict[str, AssetRecord] = {}

    def marked(self, *names: str, mark: str = OUR_MARK) -> None:
        for name in names:
            draw(self.assets / name, mark)

    def recorded(self, of: str, *names: str, **facts) -> None:
        for name in names:
            path = draw(self.assets / name, mark="")
            self.records[name] = known(path, name, of, **facts)

    def lists(self, of: Library, *items: Item, is_whole: bool = True, files_gone: bool = False) -> None:
        self.census.begin(of)
        for item in items:
            self.census.item(item, [one.path for one in wanted_assets(item, self.rules)])
        self.census.end(of, is_whole, files_gone)

    def judged(self) -> list[Orphan | Left]:
        paths = AssetWalk(self.assets).files(lambda path: is_unwanted(path, self.census))
        return list(judge_unwanted(self.assets, paths, self.records, self.census, "run-1"))

    def orphans(self) -> list[str]:
        return [one.step.path for one in self.judged() if isinstance(one, Orphan)]

    def reasons(self) -> set[str]:
        return {one.why for one in self.judged() if isinstance(one, Left)}
