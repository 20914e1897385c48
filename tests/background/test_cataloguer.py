"""The thread keeps the catalogue up to date by itself, and survives what its tick may meet."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.background.cataloguer import Cataloguer
from app.core.catalogue.table import TABLE
from tests.driving import eventually
from tests.trees import index, make_image


@pytest.fixture
def root(machine, tmp_path):
    folder = tmp_path / "assets"
    folder.mkdir()
    machine.paths.config.write_text(json.dumps({"PrerequisitePart": {"AssetPath": str(folder)}}))
    return folder


@pytest.fixture
def cataloguer(machine):
    thread = Cataloguer(machine)
    yield thread
    thread.stop()


def digests(machine):
    with machine.database.reading() as session:
        return dict(session.execute(select(TABLE.c.name, TABLE.c.digest)).all())


def test_what_the_index_finds_is_catalogued_and_read(machine, root, cataloguer):
    make_image(root)
    index(machine)
    cataloguer.start()
    eventually(lambda: list(digests(machine).values()) == ["6105d6cc76af400325e94d588ce511be"[:16]])
    make_image(root, "TV/Season01.jpg", b"new")
    index(machine)
    eventually(lambda: set(digests(machine)) == {"poster.jpg", "Season01.jpg"})
    assert not cataloguer.failed


def test_a_broken_pass_begins_anew(machine, root, cataloguer, monkeypatch):
    make_image(root)
    index(machine)
    cataloguer.begin_pass()
    broken = OperationalError("statement", {}, Exception("database is locked"))

    def fail():
        raise broken
        yield

    cataloguer.steps = fail()
    assert not cataloguer.guarded_tick() and cataloguer.failed and not cataloguer.is_passing
    cataloguer.begin_pass()
    while cataloguer.is_passing:
        cataloguer.step()
    assert set(digests(machine)) == {"poster.jpg"}


def test_settings_that_cannot_be_read_are_waited_for(machine, root, cataloguer):
    machine.paths.config.write_text("{")
    assert not cataloguer.guarded_tick() and cataloguer.failed
    machine.paths.config.write_text("{}")
    cataloguer.guarded_tick()
    assert not cataloguer.failed
