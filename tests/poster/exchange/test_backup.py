"""The backup has what the server shows, and brings it back."""

import shutil

import pytest

from app.poster.records.server_art import Slot
from app.poster.script.exits import ExitCode
from tests.doubles.shown_pictures import HAND, TOOL

POSTER = "Movies/Alien (1979)/poster.jpg"


@pytest.fixture(
    params=[("Jellyfin", "Plex"), ("Plex", "Jellyfin"), ("Plex", "Emby")], ids=lambda pair: pair[1]
)
def pair(request, open_pair):
    return open_pair(*request.param)


def test_a_backup_has_every_picture_and_the_next_one_fetches_only_what_changed(pair):
    assert pair.backup() == ExitCode.DONE, pair.log()
    files = pair.files(pair.shown(pair.target))
    assert pair.backed_up() == files
    assert pair.outcome("backup")["Posters"] == len(files)
    pair.forget()
    assert pair.backup() == ExitCode.DONE
    assert (pair.moved_bytes(), pair.outcome("backup")["Pictures Unchanged"]) == (0, len(files))
    changed = pair.target.show(pair.target.world.items()[0].key, Slot.POSTER)
    pair.backup()
    assert pair.moved_bytes() == len(changed) and pair.backed_up() == {**files, POSTER: changed}
    assert files[POSTER] in [path.read_bytes() for path in (pair.data / "engine" / "store").glob("*/*")]
    (pair.data / "engine" / "fingerprints.db").unlink()
    (pair.data / "backup" / POSTER).unlink()
    pair.backup()
    assert pair.backed_up() == {**files, POSTER: changed}
    assert pair.outcome("backup")["Posters"] == 1, "what is there already is compared, not written"


def test_a_picture_of_ours_takes_the_place_of_no_earlier_one(pair):
    pair.backup("-Kinds", "poster")
    first = pair.backed_up()
    pair.sync()
    for _ in range(2):
        pair.forget()
        assert pair.backup() == ExitCode.DONE
        own = {**pair.files(pair.shown(pair.target)), **first}
        assert pair.backed_up() == own
        assert pair.outcome("backup")["Pictures Left"] == len(first)
    assert pair.moved_bytes() == 0


def test_a_backup_brings_back_what_was_shown_and_that_can_be_undone(pair):
    own = pair.shown(pair.target)
    pair.backup()
    pair.sync()
    ours = pair.shown(pair.target)
    assert pair.restore("-Plan") == ExitCode.DONE
    assert pair.shown(pair.target) == ours and set(pair.plan()[-1]["totals"]) == {"upload"}
    assert pair.restore() == ExitCode.DONE
    assert pair.shown(pair.target) == own
    assert pair.outcome("restore")["Images Uploaded"] == len(pair.backed_up())
    pair.forget()
    assert pair.restore() == ExitCode.DONE and pair.moved_bytes() == 0
    pair.restore("-RestoreItem", "nothing of that name")
    assert pair.plan()[-1]["totals"] == {}


def test_a_restore_is_undone_and_done_again(pair):
    own = pair.shown(pair.target)
    pair.backup()
    pair.sync()
    ours = pair.shown(pair.target)
    pair.restore()
    for expected in (ours, own):
        assert pair.undo() == ExitCode.DONE
        assert pair.shown(pair.target) == expected


@pytest.mark.parametrize(
    ("arguments", "restored"),
    [
        (("-RestoreLibrary", "movies"), {POSTER, "Movies/Alien (1979)/background.jpg"}),
        (("-RestoreItem", "Alien (1979)", "-RestoreType", "poster"), {POSTER}),
        (("-RestoreItem", "dark", "-RestoreType", "titlecard"), {"TV Shows/Dark (2017)/S01E01.jpg"}),
    ],
)
def test_library_item_and_type_are_chosen(open_pair, arguments, restored):
    pair = open_pair("Plex", "Jellyfin")
    pair.backup()
    pair.sync()
    pair.restore(*arguments)
    assert {line["path"] for line in pair.plan()[:-1]} == restored
    shown = pair.files(pair.shown(pair.target))
    assert {path for path, content in shown.items() if content == pair.backed_up()[path]} == restored


def test_without_a_backup_the_store_brings_back_what_we_uploaded_over(open_pair):
    pair = open_pair("Jellyfin", "Plex")
    own = pair.shown(pair.target)
    pair.sync()
    assert pair.restore() == ExitCode.DONE
    assert pair.shown(pair.target) == own
    shutil.rmtree(pair.data / "engine" / "store")
    assert pair.restore() == ExitCode.DONE, "nothing is there to be restored"


@pytest.mark.parametrize("by", [HAND, TOOL])
def test_art_of_others_stays_unless_all_is_to_go(open_pair, by):
    pair = open_pair("Jellyfin", "Plex")
    pair.backup()
    film = pair.target.world.items()[0]
    theirs = pair.target.show(film.key, Slot.POSTER, by=by)
    pair.restore()
    assert pair.target.shown_bytes(film.key, Slot.POSTER) == theirs
    pair.restore("-ForceReplace")
    assert pair.target.shown_bytes(film.key, Slot.POSTER) == pair.backed_up()[POSTER]


def test_a_picture_that_is_none_replaces_nothing_and_stops_no_other(open_pair):
    pair = open_pair("Plex", "Jellyfin")
    pair.backup()
    before = pair.backed_up()
    film, show = pair.target.world.items()
    pair.target.show(film.key, Slot.POSTER, b"<html>sign in</html>")
    pair.target.show(show.key, Slot.POSTER, b"\xff\xd8\xff\xe0 cut short")
    changed = pair.target.show(film.key, Slot.BACKGROUND)
    pair.target.fail("read", 503, key=film.key)
    assert pair.backup() == ExitCode.SOME_PICTURES_FAILED
    assert pair.backed_up() == {**before, "Movies/Alien (1979)/background.jpg": changed}
    assert pair.outcome("backup")["Errors"] == 2


def test_nothing_is_written_through_a_link_that_leads_out_of_the_backup(open_pair, tmp_path):
    pair = open_pair("Plex", "Jellyfin")
    outside = tmp_path / "outside"
    outside.mkdir()
    (pair.data / "backup").mkdir(parents=True)
    (pair.data / "backup" / "Movies").symlink_to(outside)
    assert pair.backup() == ExitCode.SOME_PICTURES_FAILED
    assert not list(outside.iterdir())


@pytest.mark.parametrize("arguments", [("-RestoreType", "logo"), ("-To", "kodi"), ("-Kinds", "clear art")])
def test_words_that_mean_nothing_are_refused(open_pair, arguments):
    pair = open_pair("Plex", "Jellyfin")
    assert pair.restore(*arguments) == ExitCode.BAD_ARGUMENTS
    assert not pair.target.asked
