"""The thread over real folders: what changes on disk shows soon, whatever happens to the disk."""

import json
import threading
import time
from datetime import timedelta

import pytest
import watchfiles

from app.background import root_indexer
from app.background.indexer import Indexer
from app.background.root_indexer import RootIndexer
from app.core.assets import register
from app.core.assets.batch import Numbers
from app.core.assets.scan import Depth
from app.models import Origin, Run, Status
from app.models.base import now
from tests.driving import eventually
from tests.trees import age, index, indexed, make_image, make_tree

IN_PLACE = b"in its place"


@pytest.fixture
def root(machine, tmp_path):
    folder = tmp_path / "assets"
    folder.mkdir()
    configure(machine, AssetPath=str(folder))
    return folder


def configure(machine, **section):
    machine.paths.config.write_text(json.dumps({"PrerequisitePart": section}))


@pytest.fixture
def indexer(machine):
    """A thread that is stopped with the test."""
    indexer = Indexer(machine)
    yield indexer
    indexer.stop()


def mark(machine, name="assets"):
    with machine.database.reading() as session:
        return register.marks(session).get(name)


def images(machine, name="assets"):
    known = mark(machine, name)
    return set(indexed(machine.database, known.id)) if known else None


def problems(client):
    found = client.get("/health").json["problems"]
    return [(one["type"], one["message"]) for one in found if one["source"] == "assets"]


def watches(indexer):
    return [root_indexer.watch for root_indexer in indexer.root_indexers if root_indexer.watch]


def started(indexer, machine):
    """Start it, and wait until it hears of changes."""
    indexer.start()
    eventually(lambda: (known := mark(machine)) and known.scanned_at)
    eventually(lambda: watches(indexer) and not indexer.root_indexers[0].scanning)
    time.sleep(0.8)
    return indexer


def test_a_change_shows_soon(machine, root, indexer):
    make_tree(root, "TV/Dark/poster.jpg")
    started(indexer, machine)
    make_image(root, "TV/Dark/S01E01.jpg")
    eventually(lambda: "TV/Dark/S01E01.jpg" in images(machine))
    make_image(root, "New/Show/Season01.jpg")
    eventually(lambda: "New/Show/Season01.jpg" in images(machine))
    (root / "TV").rename(root / "Series")
    eventually(lambda: "Series/Dark/S01E01.jpg" in images(machine))
    (root / "Series/Dark/poster.jpg").unlink()
    eventually(lambda: "Series/Dark/poster.jpg" not in images(machine))


def test_changes_leave_no_line_each_in_the_log(machine, root, indexer, caplog):
    caplog.set_level("INFO")
    started(indexer, machine)
    make_image(root, "poster.jpg")
    eventually(lambda: images(machine) == {"poster.jpg"})
    assert [record.name for record in caplog.records if record.name.startswith("watchfiles")] == []


def test_an_image_written_in_its_place_shows_soon(machine, root, indexer):
    image = make_image(root, "TV/poster.jpg")
    started(indexer, machine)
    image.write_bytes(b"a much larger picture")
    path = "TV/poster.jpg"
    eventually(lambda: indexed(machine.database, mark(machine).id)[path][0] == 21)


def test_a_folder_in_the_place_of_another_one_shows(machine, root, indexer):
    make_tree(root, "TV/Dark/Extra/poster.jpg", "Other/Extra/background.jpg")
    age(root)
    started(indexer, machine)
    (root / "TV/Dark").rename(root / "Old")
    (root / "Other").rename(root / "TV/Dark")
    expected = {"Old/Extra/poster.jpg", "TV/Dark/Extra/background.jpg"}
    eventually(lambda: images(machine) == expected)


def test_without_a_watch_changes_are_polled_for(machine, root, indexer, monkeypatch):
    monkeypatch.setattr(root_indexer, "may_change_unnoticed", lambda path: True)
    monkeypatch.setattr(RootIndexer, "mind_watch", lambda self: None)
    make_tree(root, "TV/Dark/poster.jpg")
    indexer.start()
    eventually(lambda: images(machine) == {"TV/Dark/poster.jpg"})
    make_image(root, "TV/Dark/S01E01.jpg")
    eventually(lambda: "TV/Dark/S01E01.jpg" in images(machine))


def refuse(*arguments, **options):
    raise OSError("OS file watch limit reached.")


def end_by_itself(*arguments, **options):
    return iter([set()])


@pytest.mark.parametrize("watch", [refuse, end_by_itself])
def test_a_watch_that_cannot_be_had_is_replaced_by_polling(
    machine, root, indexer, client, monkeypatch, watch
):
    monkeypatch.setattr("watchfiles.watch", watch)
    make_tree(root, "TV/poster.jpg")
    indexer.start()
    eventually(lambda: indexer.root_indexers and indexer.root_indexers[0].unwatchable)
    make_image(root, "TV/S01E01.jpg")
    eventually(lambda: "TV/S01E01.jpg" in images(machine))
    eventually(lambda: [kind for kind, text in problems(client) if "polling" in text] == ["note"])
    monkeypatch.undo()
    indexer.root_indexers[0].look(Depth.DEEP)
    eventually(lambda: watches(indexer) and not problems(client))


def test_changes_that_were_forgotten_among_very_many_are_found(machine, root, indexer, monkeypatch):
    real, begun = watchfiles.watch, []

    def forgets_at_first(*arguments, **options):
        begun.append(arguments)
        is_first = len(begun) == 1
        for changes in real(*arguments, **options):
            yield {change for change in changes if not (is_first and "New" in change[1])}

    monkeypatch.setattr("watchfiles.watch", forgets_at_first)
    monkeypatch.setattr(root_indexer, "BURST", 20)
    make_tree(root, "TV/poster.jpg")
    started(indexer, machine)
    make_tree(root, "New/poster.jpg", *(f"TV/S01E{number}.jpg" for number in range(30)))
    eventually(lambda: len(images(machine)) == 32)
    eventually(lambda: len(begun) == 2 and watches(indexer))
    time.sleep(0.8)
    make_image(root, "New/background.jpg")
    eventually(lambda: "New/background.jpg" in images(machine))


def test_a_link_that_leads_out_is_told_and_not_watched(machine, root, indexer, client, tmp_path):
    (root / "TV").mkdir()
    (root / "TV/way out").symlink_to(tmp_path)
    indexer.start()
    eventually(lambda: problems(client))
    assert [kind for kind, _ in problems(client)] == ["note"]
    make_image(root, "TV/poster.jpg")
    eventually(lambda: images(machine) == {"TV/poster.jpg"})
    assert indexer.root_indexers[0].watch is None


def test_the_end_of_a_run_asks_for_a_scan(machine, root, indexer, monkeypatch):
    monkeypatch.setattr(RootIndexer, "mind_watch", lambda self: None)
    indexer.start()
    eventually(lambda: (known := mark(machine)) and known.scanned_at and indexer.occasions)
    make_image(root, "TV/poster.jpg")
    with machine.database.writing() as session:
        session.add(Run(mode="normal", origin=Origin.API, status=Status.COMPLETED, ended_at=now()))
    eventually(lambda: images(machine) == {"TV/poster.jpg"})


def write_in_place_after_the_scan(machine, root, indexer):
    image = make_image(root, "TV/poster.jpg")
    age(root)
    indexer.start()
    eventually(lambda: (known := mark(machine)) and known.scanned_at and indexer.occasions)
    with image.open("r+b") as file:
        file.write(IN_PLACE)


def test_what_a_run_wrote_in_place_is_found_also_where_nobody_tells_of_it(
    machine, root, indexer, monkeypatch
):
    monkeypatch.setattr(RootIndexer, "mind_watch", lambda self: None)
    write_in_place_after_the_scan(machine, root, indexer)
    with machine.database.writing() as session:
        session.add(Run(mode="normal", origin=Origin.API, status=Status.COMPLETED, ended_at=now()))
    eventually(lambda: indexed(machine.database, mark(machine).id)["TV/poster.jpg"][0] == len(IN_PLACE))


def test_a_person_can_ask_for_a_scan_of_everything(machine, root, indexer, client, monkeypatch):
    monkeypatch.setattr(RootIndexer, "mind_watch", lambda self: None)
    write_in_place_after_the_scan(machine, root, indexer)
    answer = client.post("/api/refresh-cache")
    assert (answer.status_code, answer.json["posters"], answer.json["folders"]) == (200, 1, 1)
    eventually(lambda: indexed(machine.database, mark(machine).id)["TV/poster.jpg"][0] == len(IN_PLACE))


def test_another_folder_in_the_config_counts_at_once(machine, root, indexer, tmp_path):
    make_tree(root, "TV/poster.jpg")
    other = make_tree(tmp_path / "other", "Movies/poster.jpg")
    started(indexer, machine)
    old = mark(machine).id
    configure(machine, AssetPath=str(other))
    eventually(lambda: images(machine) == {"Movies/poster.jpg"})
    eventually(lambda: indexed(machine.database, old) == {})
    configure(machine, AssetPath="")
    eventually(lambda: mark(machine) is None)


def test_links_are_followed_as_soon_as_the_config_says_so(machine, root, indexer):
    make_tree(root, "Movies/Alien/poster.jpg")
    (root / "Favourites").mkdir()
    (root / "Favourites/Alien").symlink_to(root / "Movies/Alien")
    started(indexer, machine)
    configure(machine, AssetPath=str(root), FollowSymlink="true")
    eventually(lambda: "Favourites/Alien/poster.jpg" in images(machine))


def test_a_disk_that_goes_takes_nothing_along_and_comes_back(machine, root, indexer, client, tmp_path):
    make_tree(root, "TV/Dark/poster.jpg", "Movies/Alien/poster.jpg")
    started(indexer, machine)
    before = images(machine)
    root.rename(tmp_path / "away")
    eventually(lambda: ("error", "AssetPath") in [(kind, text.split()[3]) for kind, text in problems(client)])
    root.mkdir()
    time.sleep(1.5)
    assert images(machine) == before and mark(machine).missing_since
    root.rmdir()
    (tmp_path / "away").rename(root)
    eventually(lambda: not problems(client))
    make_image(root, "TV/Dark/S01E01.jpg")
    eventually(lambda: images(machine) == before | {"TV/Dark/S01E01.jpg"})


def test_a_mark_in_the_place_of_a_disk_takes_nothing_along(machine, root, indexer, tmp_path):
    make_tree(root, "TV/Dark/poster.jpg")
    started(indexer, machine)
    root.rename(tmp_path / "away")
    make_tree(root, ".not_mounted", "lost+found/#12", "READ ME.txt")
    time.sleep(2.5)
    assert images(machine) == {"TV/Dark/poster.jpg"} and mark(machine).missing_since
    make_image(root, "Movies/Alien/poster.jpg")
    eventually(lambda: images(machine) == {"Movies/Alien/poster.jpg"})


def test_after_a_day_without_its_disk_a_tree_is_given_up(machine, root, indexer, tmp_path):
    make_tree(root, "TV/Dark/poster.jpg")
    started(indexer, machine)
    root.rename(tmp_path / "away")
    eventually(lambda: mark(machine).missing_since)
    with machine.database.writing() as session:
        register.update_root(session, mark(machine).id, missing_since=now() - timedelta(days=2))
    eventually(lambda: images(machine) == set())


def test_a_folder_that_is_made_later_is_found(machine, root, indexer):
    root.rmdir()
    indexer.start()
    eventually(lambda: (known := mark(machine)) and known.missing_since)
    make_image(root, "TV/poster.jpg")
    eventually(lambda: images(machine) == {"TV/poster.jpg"})


def test_a_config_that_cannot_be_read_changes_nothing(machine, root, indexer):
    make_tree(root, "TV/poster.jpg")
    started(indexer, machine)
    machine.paths.config.write_text("{")
    make_image(root, "TV/S01E01.jpg")
    eventually(lambda: len(images(machine)) == 2)


def test_a_config_that_cannot_be_read_at_the_start_takes_nothing_out_of_the_index(machine, root, indexer):
    make_tree(root, "TV/poster.jpg")
    index(machine)
    content = machine.paths.config.read_text()
    machine.paths.config.write_text("{")
    indexer.start()
    time.sleep(1.0)
    assert images(machine) == {"TV/poster.jpg"}
    machine.paths.config.write_text(content)
    make_image(root, "TV/S01E01.jpg")
    eventually(lambda: len(images(machine)) == 2)


def test_a_folder_of_the_environment_waits_for_a_config_that_can_be_read(machine, root, indexer, monkeypatch):
    monkeypatch.setattr(machine.roots, "overrides", {"assets": make_tree(root, "TV/poster.jpg")})
    machine.paths.config.write_text("{")
    indexer.start()
    time.sleep(0.5)
    assert indexer.thread.is_alive()
    configure(machine)
    eventually(lambda: images(machine) == {"TV/poster.jpg"})


def test_a_database_that_is_locked_is_waited_for(machine, root, indexer, monkeypatch):
    monkeypatch.setattr("app.background.root_indexer.REST_SECONDS", 0.1)
    monkeypatch.setattr("app.database.BUSY_SECONDS", 0.1)
    if not machine.database.is_sqlite:
        pytest.skip("one writer at a time is SQLite's rule")
    make_tree(root, "TV/poster.jpg")
    with machine.database.engine.execution_options(writes=True).begin():
        indexer.start()
        time.sleep(0.5)
        assert mark(machine) is None
    eventually(lambda: images(machine) == {"TV/poster.jpg"}, 25)


def test_the_three_roots_are_kept_apart(machine, tmp_path, indexer):
    roots = {name: make_tree(tmp_path / name, f"{name}/poster.jpg") for name in ("a", "m", "b")}
    configure(machine, AssetPath=str(roots["a"]), ManualAssetPath=str(roots["m"]), BackupPath=str(roots["b"]))
    indexer.start()
    eventually(lambda: images(machine, "backup"))
    assert [images(machine, name) for name in ("assets", "manual", "backup")] == [
        {"a/poster.jpg"},
        {"m/poster.jpg"},
        {"b/poster.jpg"},
    ]


def test_a_large_scan_is_done_in_slices_between_which_changes_show(machine, root, monkeypatch):
    monkeypatch.setattr("app.core.assets.root_scan.SLICE_SECONDS", 0.0)
    monkeypatch.setattr("app.core.assets.scan.CHUNK", 1)
    make_tree(root, *(f"TV/Show {number:02}/poster.jpg" for number in range(20)))
    with machine.database.reading() as session:
        root_indexer = RootIndexer(machine, "assets", Numbers(session), lambda: None)
    assert root_indexer.tick() and root_indexer.tick() and root_indexer.tick()
    make_image(root, "TV/S01E01.jpg")
    root_indexer.receive({str(root / "TV/S01E01.jpg")})
    assert root_indexer.tick()
    assert "TV/S01E01.jpg" in images(machine) and len(images(machine)) < 20
    while root_indexer.tick():
        pass
    root_indexer.close()
    assert len(images(machine)) == 21


def test_stopping_leaves_no_thread(machine, root):
    indexer = Indexer(machine)
    started(indexer, machine)
    indexer.stop()
    names = [thread.name for thread in threading.enumerate()]
    assert "indexer" not in names and not [name for name in names if name.startswith("watch ")]
