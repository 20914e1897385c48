"""Which pictures a bulk edit changes."""

import pytest

from app.core.decisions.picture_states import PictureState
from app.core.editing.edits import DELETE, HOLD, RELEASE
from app.core.editing.selection import (
    EXCEPTED,
    HELD_ALREADY,
    NOT_HELD,
    ArtworkFilter,
    edit_plan,
    filtered_paths,
)
from app.core.errors import Conflict, Forbidden
from tests.core.catalogue.entries import entry, fill


@pytest.mark.parametrize(
    ("folder", "paths"),
    [
        (None, ["Films/A/1.jpg", "Films/A B/2.jpg", "Films/a_/3.jpg"]),
        ("Films/A", ["Films/A/1.jpg"]),
        ("\\Films/./A/", ["Films/A/1.jpg"]),
        ("Films/a_", ["Films/a_/3.jpg"]),
        ("Films", ["Films/A/1.jpg", "Films/A B/2.jpg", "Films/a_/3.jpg"]),
        ("Film", []),
        ("%", []),
    ],
)
def test_a_bulk_edit_takes_the_pictures_below_a_folder_and_none_of_its_namesakes(session, folder, paths):
    folders = {1: "Films/A", 2: "Films/A B", 3: "Films/a_"}
    fill(session, [entry(number, folder_id=number) for number in folders], folders)
    assert sorted(filtered_paths(session, 1, ArtworkFilter(folder=folder))) == sorted(paths)
    assert filtered_paths(session, 2, ArtworkFilter(folder=folder)) == []
    with pytest.raises(Forbidden):
        filtered_paths(session, 1, ArtworkFilter(folder="../x"))


@pytest.mark.parametrize(
    ("action", "edited", "reasons"),
    [
        (HOLD, ["ours", "unknown", "nobody"], {HELD_ALREADY: ["held"], EXCEPTED: ["but/this"]}),
        (RELEASE, ["held", "unknown", "nobody"], {NOT_HELD: ["ours"], EXCEPTED: ["but/this"]}),
        (DELETE, ["held", "ours", "unknown", "nobody"], {EXCEPTED: ["but/this"]}),
    ],
)
def test_a_plan_skips_what_needs_no_change_and_names_each_path_once(action, edited, reasons):
    owners = {"held": "a person", "ours": "ours", "nobody": "nobody", "but/this": "ours"}
    states = {path: PictureState(owner, "") for path, owner in owners.items()}
    paths = ["held", "ours", "unknown", "nobody", "but/this", "held", "unknown"]
    plan = edit_plan(action, paths, ["\\but//this"], states)
    assert (plan.paths, plan.skipped) == (edited, reasons)
    plan.require_count(None)
    plan.require_count(len(edited))
    with pytest.raises(Conflict, match=f"{len(edited)} pictures would be changed, not 0"):
        plan.require_count(0)
