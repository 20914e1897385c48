"""Edits of many pictures: what is edited, what is not and why, where names, engine or database fail."""

import pytest
from sqlalchemy.exc import OperationalError

from app.core.editing.edits import DELETE, HOLD
from app.core.editing.selection import ArtworkFilter
from app.core.engine_calls import EngineCalls
from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from app.models import Run, Status
from app.services import artwork_edits, bulk_edits
from app.services.artwork_edits import undo_edit
from app.services.bulk_edits import delete_artwork, delete_chosen, delete_chosen_one, edit_named, planned_edit
from tests.choices import make_row, stored, take
from tests.driving import row, rows
from tests.edited_artwork import FILM, ODD, TWIN, make_trees


@pytest.fixture
def folder(machine, monkeypatch):
    """Edits are taken in this process; the first choice has a picture, the second has none."""
    folder = make_trees(machine, monkeypatch)
    take(machine, make_row(), make_row(Title="Brazil", Rootfolder="Brazil (1985)"))
    return folder


@pytest.fixture
def failing_engine(folder, monkeypatch):
    def fail(*_):
        raise Unavailable("The poster script cannot be asked: it is broken.")

    monkeypatch.setattr(EngineCalls, "edit", fail)
    return folder


def choice_ids(machine):
    return [choice["id"] for choice in stored(machine)]


NAMES = [
    ("../../etc/passwd.jpg", Forbidden),
    ("Movies/../../manual/notes.txt", Forbidden),
    ("", Invalid),
    ("Movies", Invalid),
    ("Movies/None (2000)/poster.jpg", NotFound),
    ("a\0b.jpg", Invalid),
    ("a\ud800.jpg", NotFound),
    ("x" * 5000 + ".jpg", Invalid),
    ("y" * 300 + ".jpg", NotFound),
]


def test_a_name_that_is_no_picture_of_the_tree_deletes_nothing_and_makes_no_run(machine, folder):
    for name, error in NAMES:
        with pytest.raises(error):
            delete_artwork(machine, "assets", name)
    assert rows(machine) == [] and (folder / "assets" / FILM).exists()


def test_names_that_are_none_fail_alone_and_the_others_are_one_run(machine, folder):
    wrong = [name for name, _ in NAMES]
    outcome = edit_named(machine, "assets", DELETE, [*wrong, FILM, *ODD])
    assert [name for name, _ in outcome.failed] == wrong and all(reason for _, reason in outcome.failed)
    assert sorted(outcome.done) == sorted([FILM, *ODD])
    assert not any((folder / "assets" / name).exists() for name in (FILM, *ODD))
    assert [(run.id, run.notes) for run in rows(machine)] == [(outcome.run, "5 deleted")]


def test_spellings_of_one_picture_are_one_edit_and_each_is_answered(machine, folder):
    backslashes = FILM.replace("/", "\\")
    outcome = edit_named(machine, "assets", DELETE, [FILM, f"/{FILM}", FILM, backslashes])
    assert outcome.done == [FILM, f"/{FILM}", backslashes] and outcome.success
    assert row(machine, outcome.run).notes == "1 deleted"


def test_nothing_to_edit_makes_no_run(machine, folder):
    for names, success in (([], True), (["../x.jpg"], False)):
        outcome = edit_named(machine, "assets", DELETE, names)
        assert (outcome.run, outcome.done, outcome.success) == (None, [], success)
    assert rows(machine) == []


def test_an_engine_that_fails_leaves_pictures_and_choices_and_an_interrupted_run(machine, failing_engine):
    known = choice_ids(machine)
    for edit in (
        lambda: edit_named(machine, "assets", DELETE, [FILM, TWIN]),
        lambda: delete_chosen(machine, known),
        lambda: delete_artwork(machine, "manual", FILM),
    ):
        with pytest.raises(Unavailable, match="broken"):
            edit()
    assert choice_ids(machine) == known and (failing_engine / "assets" / FILM).exists()
    assert {run.status for run in rows(machine)} == {Status.INTERRUPTED}
    assert all("it is broken" in run.reason for run in rows(machine))


def test_an_index_that_cannot_be_written_does_not_undo_the_edit(machine, folder, monkeypatch):
    def locked(*_):
        raise OperationalError("", {}, Exception("database is locked"))

    monkeypatch.setattr(artwork_edits, "index_edits", locked)
    outcome = delete_artwork(machine, "assets", FILM)
    assert outcome.done == [FILM] and not (folder / "assets" / FILM).exists()
    assert row(machine, outcome.run).status == Status.COMPLETED


def test_a_plan_counts_what_a_filter_means_and_changes_nothing(machine, folder):
    by_name = planned_edit(machine, "manual", DELETE, [FILM, FILM, "Movies/x.jpg"], ["Movies/x.jpg"])
    assert by_name.paths == [FILM]
    everything = planned_edit(machine, "assets", DELETE, ArtworkFilter(), ODD)
    assert FILM in everything.paths and not set(ODD) & set(everything.paths)
    unknown = planned_edit(machine, "assets", HOLD, ArtworkFilter(words=("100% _ nothing",)), [])
    assert unknown.paths == [] and rows(machine) == []


def test_a_root_without_an_index_has_nothing_that_a_filter_means(machine):
    assert planned_edit(machine, "backup", DELETE, ArtworkFilter(), []).paths == []


def test_choices_go_with_their_pictures_and_those_without_go_alone(machine, folder):
    with_picture, without = choice_ids(machine)
    outcome, files = delete_chosen(machine, [with_picture, without, with_picture, 2**62])
    assert sorted(outcome.done) == sorted([str(with_picture), str(without)]) and files == 1
    assert [number for number, _ in outcome.failed] == [str(2**62)]
    assert choice_ids(machine) == [] and not (folder / "assets" / FILM).exists()


def test_undo_brings_back_the_picture_and_its_choice(machine, folder):
    before = stored(machine)
    outcome, _ = delete_chosen_one(machine, before[0]["id"])
    undo_edit(machine, row(machine, outcome.run), None)
    assert (folder / "assets" / FILM).read_bytes() == FILM.encode()
    assert sorted(choice["title"] for choice in stored(machine)) == ["Alien", "Brazil"]


def test_an_edit_is_not_undone_where_there_is_nothing_or_another_file_is_named(machine, folder):
    outcome = delete_artwork(machine, "assets", FILM)
    edited = row(machine, outcome.run)
    with pytest.raises((Invalid, NotFound, Conflict)):
        undo_edit(machine, edited, [TWIN])
    with pytest.raises(Invalid, match="nothing to undo"):
        undo_edit(machine, Run(id=77, queued_at=edited.queued_at), None)
    assert [run.id for run in rows(machine)] == [edited.id] and not (folder / "assets" / FILM).exists()


def test_a_choice_whose_picture_stays_stays_and_says_why(machine, folder, monkeypatch):
    number = choice_ids(machine)[0]

    def refuse(*_):
        return {"done": [], "failed": [{"path": FILM, "error": "the disk is read-only", "code": "EROFS"}]}

    monkeypatch.setattr(EngineCalls, "edit", refuse)
    with pytest.raises(Unavailable, match="not deleted: the disk is read-only"):
        delete_chosen_one(machine, number)
    assert number in choice_ids(machine) and (folder / "assets" / FILM).exists()
    for missing in (0, -1, 2**62):
        with pytest.raises(NotFound):
            delete_chosen_one(machine, missing)


def test_a_choice_that_another_caller_deleted_meanwhile_counts_as_deleted(machine, folder):
    number = choice_ids(machine)[1]
    with machine.database.writing() as session:
        bulk_edits.forget_choice(session, number)
        bulk_edits.forget_choice(session, number)
    assert number not in choice_ids(machine)
