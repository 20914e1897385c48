"""Records of files that are gone for long are deleted; all others stay."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from app.poster.journal.journal import Journal
from tests.poster.journal.steps import record

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HERE, GONE = "Films/Alien (1979)/poster.jpg", "Films/Heat (1995)/poster.jpg"


@pytest.fixture
def assets(tmp_path):
    file = tmp_path / "assets" / HERE
    file.parent.mkdir(parents=True)
    file.write_bytes(b"picture")
    return tmp_path / "assets"


@pytest.fixture
def journal(tmp_path):
    with closing(Journal(tmp_path / "engine")) as journal:
        journal.note(record(HERE))
        journal.note(record(GONE))
        yield journal


def known_after(journal, assets, *days, limit=90):
    """The paths that are known after a look on each of those days."""
    for day in days:
        journal.forget_missing(assets, limit, NOW + timedelta(days=day))
    return set(journal.records([HERE, GONE]))


@pytest.mark.parametrize(
    ("days", "limit", "is_forgotten"),
    [((0,), 90, False), ((0, 89), 90, False), ((0, 40, 90), 90, True), ((0, 9000), 0, False)],
)
def test_a_file_that_is_missing_for_the_limit_is_forgotten(journal, assets, days, limit, is_forgotten):
    assert known_after(journal, assets, *days, limit=limit) == ({HERE} if is_forgotten else {HERE, GONE})


def test_a_file_that_came_back_or_is_noted_again_counts_anew(journal, assets):
    known_after(journal, assets, 0)
    (assets / GONE).parent.mkdir()
    (assets / GONE).write_bytes(b"picture")
    known_after(journal, assets, 50)
    (assets / GONE).unlink()
    assert known_after(journal, assets, 60, 100) == {HERE, GONE}
    journal.note(record(GONE))
    assert known_after(journal, assets, 140, 200) == {HERE, GONE}
    assert known_after(journal, assets, 230) == {HERE}


def test_an_asset_folder_that_cannot_be_read_makes_nothing_missing(journal, tmp_path):
    assert known_after(journal, tmp_path / "unmounted", 0, 365) == {HERE, GONE}


def test_more_records_than_a_page_are_looked_at(journal, assets, monkeypatch):
    monkeypatch.setattr("app.poster.journal.forgetting.PAGE", 1)
    assert known_after(journal, assets, 0, 90) == {HERE}
