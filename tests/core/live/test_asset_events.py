"""A picture that changes on disk is one event, once the index shows it."""

import hashlib

import pytest

from app.core.assets import change_log
from app.core.live import asset_events
from app.core.live.asset_events import HASH_SECONDS, AssetEvents
from tests.trees import age, catalogue, make_image, make_tree, make_upkeep, scan

POSTER, BACKGROUND = "Movies/Dune (2021)/poster.jpg", "Movies/Dune (2021)/background.jpg"
SEASON = "TV/Dark (2017)/Season01.jpg"


class Library:
    """A tree with its index, and the events that follow from what is done to it."""

    def __init__(self, database, root):
        self.database, self.root = database, root
        self.upkeep = make_upkeep(database, root)
        self.time = 0.0
        self.events = AssetEvents(lambda: self.time)

    def read_at_once(self):
        with self.database.reading() as session:
            return self.events.read(session)

    def read(self):
        """The events, those included that wait for a hash in vain."""
        found = self.read_at_once()
        self.time += HASH_SECONDS
        return [(event.kind, *event.fields.values()) for event in (*found, *self.read_at_once())]

    def look_at(self, *paths):
        self.upkeep.take_in([str(self.root / path) for path in paths])
        return [event[:4] for event in self.read()]


@pytest.fixture
def overrides(overrides, tmp_path):
    return overrides | {"ASSET_PATH": tmp_path / "assets"}


@pytest.fixture
def database(machine):
    return machine.database


@pytest.fixture
def library(database, machine):
    root = make_tree(machine.roots.path("assets"), POSTER, SEASON)
    age(root)
    library = Library(database, root)
    scan(library.upkeep)
    assert library.read() == []
    return library


def updated(path, kind="poster"):
    return ("asset_updated", "assets", path, kind)


def removed(path, kind="poster"):
    return ("asset_removed", "assets", path, kind)


def test_an_image_that_is_added_changed_and_removed_is_an_event_each_time(library):
    make_image(library.root, BACKGROUND, b"new")
    assert library.look_at(BACKGROUND) == [updated(BACKGROUND, "background")]
    make_image(library.root, BACKGROUND, b"another one")
    assert library.look_at(BACKGROUND) == [updated(BACKGROUND, "background")]
    (library.root / BACKGROUND).unlink()
    assert library.look_at(BACKGROUND) == [removed(BACKGROUND, "background")]
    assert library.look_at(BACKGROUND) == []


def test_an_event_waits_for_the_hash_of_the_new_content_and_for_no_other(library, machine):
    catalogue(machine)
    library.read()  # the other trees are new
    file = make_image(library.root, POSTER, b"another one")
    library.upkeep.take_in([str(file)])
    assert library.read_at_once() == []
    catalogue(machine)
    [event] = library.read_at_once()
    told = event.fields
    assert (told["root"], told["path"], told["kind"], told["change"]) == (
        "assets",
        POSTER,
        "poster",
        "changed",
    )
    assert (told["size"], told["modified"]) == (11, pytest.approx(file.stat().st_mtime))
    assert told["hash"] == hashlib.sha256(b"another one").hexdigest()[:16]
    assert told["url"] == "/poster_assets/Movies/Dune%20%282021%29/poster.jpg"
    assert told["image_url"] == f"{told['url']}?v={told['hash']}"
    assert library.read() == []


def test_an_event_whose_hash_does_not_come_is_sent_without(library):
    library.upkeep.take_in([str(make_image(library.root, POSTER, b"another one"))])
    library.time += HASH_SECONDS - 1
    assert library.read_at_once() == []
    library.time += HASH_SECONDS
    [event] = library.read_at_once()
    assert (event.fields["hash"], event.fields["image_url"]) == (None, event.fields["url"])


def test_an_image_that_goes_while_its_event_waits_is_removed_and_nothing_else(library):
    library.upkeep.take_in([str(make_image(library.root, BACKGROUND))])
    assert library.read_at_once() == []
    (library.root / BACKGROUND).unlink()
    assert library.look_at(BACKGROUND) == [removed(BACKGROUND, "background")]


def test_a_folder_that_goes_is_an_event_for_each_image(library):
    (library.root / SEASON).unlink()
    (library.root / SEASON).parent.rmdir()
    assert library.look_at("TV/Dark (2017)") == [removed(SEASON, "season")]


def test_of_an_image_that_changed_twice_the_last_state_is_sent(library):
    for content in (b"second", b"the third"):
        library.upkeep.take_in([str(make_image(library.root, POSTER, content))])
    [(_, *fields)] = library.read()
    assert 9 in fields


def test_a_change_waits_until_the_index_shows_it(library, monkeypatch):
    make_image(library.root, POSTER, b"another one")
    with monkeypatch.context() as patch:
        patch.setattr(library.upkeep, "show", lambda scan: None)
        assert library.look_at(POSTER) == []
    make_image(library.root, SEASON, b"another one")
    assert library.look_at(SEASON) == [updated(POSTER), updated(SEASON, "season")]


@pytest.mark.parametrize(("module", "limit"), [(change_log, "MOST_LISTED"), (asset_events, "MOST_AT_ONCE")])
@pytest.mark.parametrize("are_removed", [False, True])
def test_many_changes_at_once_are_one_event(library, monkeypatch, module, limit, are_removed):
    paths = [f"TV/Dark (2017)/S01E{number:02}.jpg" for number in range(5)]
    if are_removed:
        make_tree(library.root, *paths)
        library.look_at(*paths)
        for path in (*paths, SEASON):
            (library.root / path).unlink()
        (library.root / SEASON).parent.rmdir()
    else:
        make_tree(library.root, *paths)
    monkeypatch.setattr(module, limit, 3)
    library.upkeep.take_in([str(library.root / path) for path in (*paths, "TV/Dark (2017)")])
    assert [(kind, subject) for kind, subject, _ in library.read()] == [("reset", "assets")]
    make_image(library.root, POSTER, b"another one")
    assert library.look_at(POSTER) == [updated(POSTER)]


def test_another_tree_and_one_that_is_read_for_the_first_time_are_loaded_anew(library, tmp_path):
    other = Library(library.database, make_tree(tmp_path / "other", POSTER))
    assert [(kind, subject) for kind, subject, _ in library.read()] == [("reset", "assets")]
    scan(other.upkeep)
    assert [(kind, subject) for kind, subject, _ in library.read()] == [("reset", "assets")]


def test_the_log_of_changes_stays_short(library, monkeypatch):
    monkeypatch.setattr(change_log, "KEPT", 2)
    for number in range(4):
        make_image(library.root, POSTER, b"x" * number)
        library.upkeep.take_in([str(library.root / POSTER)])
    with library.database.reading() as session:
        assert len(session.execute(change_log.CHANGES.select()).all()) == 2
