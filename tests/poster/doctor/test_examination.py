"""Each kind of fault is named, and repaired where that can be proved; then it is found no more."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from app.poster.doctor.examination import check_artwork, repair_artwork
from app.poster.folders import Folders
from app.poster.journal.journal import Journal
from app.poster.journal.pruning import GONE
from app.poster.journal.tables import VERSION
from app.poster.publish import begun_file
from app.poster.records.library import SourceName
from app.poster.records.reasons import Action
from app.poster.records.server_art import Place, Shown, Slot
from app.poster.script.exits import AlreadyRunning
from app.poster.script.instance import single_instance
from tests.poster.journal.steps import RUN, announced, record, step
from tests.poster.pictures import make_bytes
from tests.poster.undoing.benches import Installation

MARKED = make_bytes(comment=b"created with posterizarr")
ONE, OTHER = "Movies/One (2001)/poster.jpg", "Movies/Other (2002)/poster.jpg"
FIRST, SECOND = b"first bytes", b"second bytes"


@dataclass
class House:
    """An installation in which ONE was made and replaced, and OTHER made; faults are planted in it."""

    place: Installation
    folders: Folders = field(init=False)

    def __post_init__(self):
        data = self.place.data
        self.folders = Folders(data, self.place.assets, data / "manual", data / "backup")
        for path, content in ((ONE, FIRST), (OTHER, b"other"), (ONE, SECOND)):
            with self.place.run() as run:
                run.make(path, content)

    def sql(self, statement: str, *values: object) -> list[tuple]:
        with closing(sqlite3.connect(self.database, isolation_level=None)) as database:
            return database.execute(statement, values).fetchall()

    @property
    def database(self):
        return self.folders.engine / "engine.db"

    def kept(self, content: bytes):
        name = announced(content).sha256
        return self.folders.engine / "store" / name[:2] / name


@pytest.fixture
def house(tmp_path):
    return House(Installation(tmp_path / "data"))


def found(document) -> list[tuple[str, str]]:
    return [(one["what"], one["path"]) for one in document["findings"]]


def state_of(folder) -> dict[str, bytes]:
    """All files without those that SQLite has beside an open database."""
    files = (path for path in folder.rglob("*") if path.is_file() and "engine.db-" not in path.name)
    return {str(path): path.read_bytes() for path in files}


def plant_open_step(house):
    with closing(Journal(house.folders.engine)) as journal:
        journal.intend("3", step(OTHER, announced(b"other")), announced(b"newer"), record(OTHER))
    begun_file(house.folders.assets / OTHER).write_bytes(b"new")


def plant_damaged_bytes(house):
    house.kept(FIRST).write_bytes(b"rotten")


def plant_missing_bytes(house):
    house.kept(FIRST).unlink()


def plant_unused_bytes(house):
    house.place.store.keep_bytes(b"of nobody")


def plant_bad_record(house):
    house.sql("UPDATE assets SET record = x'00' WHERE path = ?", OTHER)


def plant_lost_record(house):
    with house.place.run() as run:
        run.make(OTHER, MARKED)
    house.sql("DELETE FROM assets WHERE path = ?", OTHER)


def plant_begun_store_file(house):
    begun_file(house.kept(FIRST)).write_bytes(b"fir")


NAME_OF_FIRST, NAME_OF_UNUSED = announced(FIRST).sha256, announced(b"of nobody").sha256
FIXED = [
    (plant_open_step, [("begun_file", "Movies/Other (2002)/.poster.jpg.part"), ("open_step", OTHER)]),
    (plant_damaged_bytes, [("bytes_damaged", NAME_OF_FIRST), ("bytes_missing", ONE)]),
    (plant_missing_bytes, [("bytes_missing", ONE)]),
    (plant_unused_bytes, [("bytes_unused", NAME_OF_UNUSED)]),
    (plant_bad_record, [("record", OTHER)]),
    (plant_begun_store_file, [("begun_file", f"store/{NAME_OF_FIRST[:2]}/.{NAME_OF_FIRST}.part")]),
]


@pytest.mark.parametrize(("plant", "expected"), FIXED, ids=lambda value: getattr(value, "__name__", ""))
def test_a_fault_is_named_changing_nothing_then_repaired_and_never_found_again(house, plant, expected):
    plant(house)
    before = state_of(house.folders.data)
    document = check_artwork(house.folders)
    assert (found(document), document["sound"]) == (expected, False)
    assert state_of(house.folders.data) == before
    repaired = repair_artwork(house.folders)
    assert (found(repaired), repaired["sound"]) == (expected, True)
    assert all(one["repaired"] for one in repaired["findings"])
    assert (house.folders.assets / ONE).read_bytes() == SECOND
    again = check_artwork(house.folders)
    assert (again["findings"], again["sound"]) == ([], True)


def test_a_sound_installation_has_no_findings_and_its_counts(house):
    document = check_artwork(house.folders)
    assert document == {
        "sound": True,
        "repairs": False,
        "checked": {"assets": 2, "entries": 3, "files": 2, "kept": 1},
        "counts": [],
        "findings": [],
    }


def test_an_entry_whose_bytes_are_missing_says_so_from_then_on(house):
    plant_missing_bytes(house)
    repair_artwork(house.folders)
    with closing(Journal(house.folders.engine)) as journal:
        assert [entry.why for entry in journal.entries(path=ONE)] == ["", GONE]


def test_a_lost_record_is_taken_from_the_step_that_wrote_these_bytes(house):
    plant_lost_record(house)
    document = check_artwork(house.folders)
    assert (found(document), document["sound"]) == ([("unknown_file", OTHER)], True)
    assert repair_artwork(house.folders)["findings"][0]["repaired"]
    with closing(Journal(house.folders.engine)) as journal:
        known = journal.records([OTHER])[OTHER]
    assert known.file.sha256 == announced(MARKED).sha256
    assert check_artwork(house.folders)["findings"] == []


def test_what_the_next_run_attends_to_is_a_note_and_a_damaged_file_a_fault(house):
    place = Place(SourceName.PLEX, "1", Slot.POSTER)
    with closing(Journal(house.folders.engine)) as journal:
        journal.intend_upload("3", ONE, Action.UPLOAD, place, Shown(), "", record(ONE))
    (house.folders.assets / OTHER).unlink()
    document = repair_artwork(house.folders)
    assert (found(document), document["sound"]) == ([("open_upload", ONE), ("file_gone", OTHER)], True)
    target = house.folders.assets / ONE
    times = (target.stat().st_atime_ns, target.stat().st_mtime_ns)
    target.write_bytes(SECOND[::-1])
    os.utime(target, ns=times)
    document = repair_artwork(house.folders)
    assert ("file_damaged", ONE) in found(document) and not document["sound"]


def damage(path, marker: bytes) -> None:
    """Overwrite the pages that hold the marker, of the table and of its index."""
    content = path.read_bytes()
    pages = [content[start : start + 4096] for start in range(0, len(content), 4096)]
    path.write_bytes(b"".join(b"\xff" * 4096 if marker in page else page for page in pages))


def test_of_a_damaged_journal_all_readable_rows_come_into_a_new_one_and_no_bytes_go(house):
    with closing(Journal(house.folders.engine)) as journal:
        for number in range(300):
            journal.note(record(f"Movies/Film {number:03}/poster.jpg"))
    plant_unused_bytes(house)
    house.sql("PRAGMA wal_checkpoint(TRUNCATE)")
    damage(house.database, b"Movies/Film 150/poster.jpg")
    document = check_artwork(house.folders)
    assert (found(document), document["sound"]) == ([("database", "engine.db")], False)
    repaired = repair_artwork(house.folders)
    assert repaired["findings"][0]["repaired"] and house.kept(b"of nobody").exists()
    assert ("bytes_unused", NAME_OF_UNUSED) in found(repaired)
    paths = {path for (path,) in house.sql("SELECT path FROM assets")}
    assert {ONE, OTHER, "Movies/Film 299/poster.jpg"} <= paths and 200 < len(paths) < 302
    assert house.sql("SELECT count(*) FROM entries") == [(3,)]
    aside = [path for path in house.folders.engine.glob("engine.db.damaged-*") if "-wal" not in path.name]
    assert len([path for path in aside if "-shm" not in path.name]) == 1
    assert house.sql("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("content", [b"", b"no database at all" * 500], ids=["empty", "other bytes"])
def test_a_file_that_is_no_database_is_replaced_by_a_new_one(house, content):
    house.database.write_bytes(content)
    repaired = repair_artwork(house.folders)
    assert house.sql("PRAGMA user_version") == [(VERSION,)]
    assert house.kept(FIRST).exists()
    assert check_artwork(house.folders)["checked"]["assets"] == 0
    assert repaired["checked"]["kept"] == 1


def test_a_repair_is_refused_while_a_run_is_active_and_a_check_passes_over_its_open_steps(house):
    plant_open_step(house)
    with single_instance(house.folders.temp, RUN.mode):
        with pytest.raises(AlreadyRunning):
            repair_artwork(house.folders)
        assert check_artwork(house.folders)["findings"] == []
    assert len(check_artwork(house.folders)["findings"]) == 2


def test_an_empty_data_folder_is_sound_and_stays_empty(tmp_path):
    folders = Folders(tmp_path / "data", tmp_path / "data/assets", tmp_path / "m", tmp_path / "b")
    assert check_artwork(folders)["sound"]
    assert not folders.data.exists()
