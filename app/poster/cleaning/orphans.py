"""Pictures of ours that no listed library wants any more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.poster.cleaning.asset_names import PathReading, decision_by_name, readings
from app.poster.cleaning.census import Census, library_folder
from app.poster.planning.ownership import look
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.step import FileState, Step

UNKNOWN_LIBRARY = "nothing says which library had it, and not every library was listed"
# What a person had put back is not taken away again by the next run.
BROUGHT_BACK = (Reason.UNDOING, Reason.RESTORING)


@dataclass(frozen=True, slots=True)
class Left:
    """A file that nobody wants and that may not be judged; `folder` is its first folder, "" for none."""

    folder: str
    why: str


@dataclass(frozen=True, slots=True)
class Orphan:
    """A picture of ours that no listed library wants: the step that deletes it, and what is known of it."""

    step: Step
    record: AssetRecord

    @property
    def size(self) -> int:
        return self.step.before.size


def is_unwanted(path: str, census: Census) -> bool:
    """Whether no listed item wants the file although its kind is made, and its name is one of ours."""
    found = any_layout(path, census)
    return bool(found) and not census.wants(path) and not any(is_spared(one, census) for one in found)


def any_layout(path: str, census: Census) -> tuple[PathReading, ...]:
    """The readings of the present layout, else those of the other one, which earlier runs may have used."""
    now = census.layout.by_library
    return readings(path, now) or readings(path, not now)


def is_spared(reading: PathReading, census: Census) -> bool:
    """Whether the picture may belong to a listed item whose kind is switched off."""
    return census.spares(reading.folder, reading.kind) or (reading.is_cut and not census.makes(reading.kind))


def doubt_about(path: str, record: AssetRecord | None, census: Census) -> str:
    """Why the file may belong to a library that was not listed whole, "" where it cannot.

    In the flat layout every library may have a picture of any name.
    """
    places = library_folders_of(path, record, census)
    own = next(filter(None, map(census.doubt_of, places)), "")
    if census.layout.by_library and places:
        return own
    return own or census.doubt_of_any() or ("" if places or not census.has_excluded else UNKNOWN_LIBRARY)


def library_folders_of(path: str, record: AssetRecord | None, census: Census) -> set[str]:
    """The folders of libraries that the file belongs to, by its path and by what the journal says."""
    by_path = readings(path, by_library=True) if census.layout.by_library else ()
    names = {one.library for one in by_path} | ({record.decision.library} if record else set())
    return {library_folder(name) for name in names if name}


def judge_unwanted(
    assets: Path, paths: Sequence[str], records: Mapping[str, AssetRecord], census: Census, run: str
) -> Iterator[Orphan | Left]:
    """The orphans among the unwanted files, and what is left although nobody wants it.

    Files by hand and of other tools are passed over without a word, and so is what a person had put back.
    """
    for path in paths:
        record = records.get(path)
        if not may_be_ours(path, record, census):
            continue
        folder = path.split("/")[0] if "/" in path else ""
        if doubt := doubt_about(path, record, census):
            yield Left(folder, doubt)
            continue
        try:
            found = look(assets / path, record)
        except OSError as error:
            yield Left(folder, f"{path} cannot be read ({error.strerror or error})")
            continue
        if found.owner is Owner.OURS and found.state:
            yield orphan_of(path, found.state, record, census, run)


def may_be_ours(path: str, record: AssetRecord | None, census: Census) -> bool:
    """Whether the journal or a name of the present layout speaks for it, and no person had it put back."""
    if record is None:
        return bool(readings(path, census.layout.by_library))
    return record.reason not in BROUGHT_BACK


def orphan_of(path: str, before: FileState, record: AssetRecord | None, census: Census, run: str) -> Orphan:
    """The step and the record of the deletion of a picture of ours."""
    decision = record.decision if record else decision_by_name(path, any_layout(path, census)[-1])
    known = record or AssetRecord(path, decision, Action.DELETE, Reason.LIBRARY_GONE)
    gone = replace(
        known,
        action=Action.DELETE,
        reason=Reason.LIBRARY_GONE,
        why=Reason.LIBRARY_GONE.sentence,
        file=None,
        owner=Owner.NOBODY,
        owner_why="",
        run=run,
    )
    step = Step(path, Action.DELETE, Reason.LIBRARY_GONE, decision, before=before, owner=Owner.OURS)
    return Orphan(step, gone)
