"""Deletions and other edits as clients ask for them: by the names that they use, or by a filter."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.core.assets.addresses import picture_addresses
from app.core.assets.recent import image_title, item_name
from app.core.assets.roots import PLACES
from app.core.catalogue.contents import Content, contents_by_path
from app.core.choices.artwork import find_artwork
from app.core.choices.editing import existing_choice, remove_choice
from app.core.editing.edits import DELETE, ArtworkEdit, EditOutcome
from app.core.editing.places import ASSETS, editable_path, journal_path
from app.core.editing.selection import ArtworkFilter, EditPlan, edit_plan, filtered_paths
from app.core.errors import ApplicationError, NotFound, Unavailable
from app.extensions import Machine
from app.services.artwork_edits import artwork_tree, edit_artwork, root_mark

NOT_READ = Content("")


@dataclass
class BulkOutcome:
    """What became of many names, as the client gave them: [(name, why)] for those that failed.

    `run` is the number of the run that did it, None where there was nothing to do.
    """

    run: int | None = None
    done: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def success(self) -> bool:
        return bool(self.done) or not self.failed


def delete_artwork(machine: Machine, root: str, untrusted: str) -> EditOutcome:
    """Delete one picture; an error says why it cannot be."""
    path = editable_path(machine.roots.existing(root), untrusted, machine.roots.follow_links())
    outcome = edit_artwork(machine, [ArtworkEdit(DELETE, journal_path(root, path))])
    outcome.require_done()
    return outcome


def edit_named(machine: Machine, root: str, action: str, names: Iterable[str]) -> BulkOutcome:
    """Edit many pictures as one run; those whose names are none fail, and the others are edited."""
    folder, follows, found = machine.roots.existing(root), machine.roots.follow_links(), BulkOutcome()
    by_path: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        try:
            by_path.setdefault(journal_path(root, editable_path(folder, name, follows)), []).append(name)
        except ApplicationError as error:
            found.failed.append((name, error.detail))
    if not by_path:
        return found
    outcome = edit_artwork(machine, [ArtworkEdit(action, path) for path in by_path])
    found.run = outcome.run
    found.done = [name for path in outcome.done for name in by_path[path]]
    found.failed += [(name, one.error) for one in outcome.failed for name in by_path[one.path]]
    return found


def planned_edit(
    machine: Machine, root: str, action: str, names: Sequence[str] | ArtworkFilter, excepted: Sequence[str]
) -> EditPlan:
    """What a bulk edit would do; nothing is changed."""
    states = machine.picture_states.by_path().states if root == ASSETS else {}
    if not isinstance(names, ArtworkFilter):
        return edit_plan(action, names, excepted, states)
    mark = root_mark(machine, root)
    with machine.database.reading() as session:
        paths = filtered_paths(session, mark and mark.id, names)
    return edit_plan(action, paths, excepted, states)


def sample_pictures(machine: Machine, root: str, plan: EditPlan) -> list[dict[str, str | None]]:
    """{"path", "title", "thumbnail_url", "color"} of some pictures that the plan changes."""
    mark, prefix = root_mark(machine, root), PLACES[root].prefix
    with machine.database.reading() as session:
        known = contents_by_path(session, mark and mark.id, plan.sample)
    found = []
    for path in plan.sample:
        folder, _, name = path.rpartition("/")
        read = known.get(path, NOT_READ)
        addresses = picture_addresses(prefix, path, read.digest, read.color)
        shown = {key: addresses[key] for key in ("thumbnail_url", "color")}
        found.append({"path": path, "title": image_title(item_name(folder, name), name), **shown})
    return found


def delete_chosen(machine: Machine, numbers: Iterable[int]) -> tuple[BulkOutcome, int]:
    """Delete the pictures of these image choices, and the choices; (outcome by number, deleted files).

    A choice whose picture cannot be deleted stays; one that has no picture is only taken out of the list.
    """
    found, files = chosen_files(machine, [*dict.fromkeys(numbers)])
    deleted = edit_named(machine, ASSETS, DELETE, filter(None, files.values()))
    reasons = dict(deleted.failed)
    with machine.database.writing() as session:
        for number, path in files.items():
            if path in reasons:
                found.failed.append((str(number), reasons[path]))
                continue
            # The edit has deleted the choices of the files.
            forget_choice(session, number)
            found.done.append(str(number))
    found.run = deleted.run
    return found, len(deleted.done)


def delete_chosen_one(machine: Machine, number: int) -> tuple[BulkOutcome, int]:
    """The same for one choice; `NotFound` where there is none, `Unavailable` where its picture stays."""
    with machine.database.reading() as session:
        existing_choice(session, number)
    outcome, files = delete_chosen(machine, [number])
    if outcome.failed:
        raise Unavailable(f"The picture was not deleted: {outcome.failed[0][1]}.")
    return outcome, files


def chosen_files(machine: Machine, numbers: Sequence[int]) -> tuple[BulkOutcome, dict[int, str]]:
    """(failures of those that there are not, {number: path of its picture or ""})."""
    found, choices, tree = BulkOutcome(), {}, artwork_tree(machine)
    with machine.database.reading() as session:
        for number in numbers:
            try:
                choices[number] = existing_choice(session, number)
            except NotFound as error:
                found.failed.append((str(number), error.detail))
        artwork = find_artwork(session, tree, choices.values())
    folder = machine.roots.path(ASSETS)
    paths = {number: one.path for number, one in artwork.items() if folder and (folder / one.path).is_file()}
    return found, {number: paths.get(number, "") for number in choices}


def forget_choice(session: Session, number: int) -> None:
    """Delete the choice where it is still there."""
    with suppress(NotFound):
        remove_choice(session, number)
