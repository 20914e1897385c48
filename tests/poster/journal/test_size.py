"""The journal of large libraries: bounded on the disk, and as quick at 200,000 assets as at 20,000."""

from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from random import Random
from time import perf_counter

import pytest

from app.poster.journal.journal import Journal
from app.poster.journal.rows import pack_for_entry
from app.poster.journal.tables import open_tables
from app.poster.kinds import Kind
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.step import FileState
from tests.poster.journal.steps import MADE_OF, RUN, record, step
from tests.poster.offers import ASSETS, TMDB, book_with, choose, picture

MEBIBYTE = 2**20
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
LANGUAGES = ("", "", "en", "de", "fr", "ja", "es", "it")
RANDOM = Random(15)


def large_record(path: str, candidates: int) -> AssetRecord:
    """A record as a film with that many pictures has it."""
    seen = [
        picture(
            TMDB,
            LANGUAGES[rank % len(LANGUAGES)],
            address=f"https://image.tmdb.org/t/p/original/{''.join(RANDOM.choices(LETTERS, k=27))}.jpg",
            votes=RANDOM.random() * 10,
            width=2000,
            height=3000,
            rank=rank,
        )
        for rank in range(candidates)
    ]
    decision = replace(choose(ASSETS[Kind.POSTER], book_with(), *seen), path=path)
    file = FileState(1_234_567, 1_764_374_400_123_456_789, sha256(path.encode()).hexdigest())
    ingredients = replace(MADE_OF, source=file.sha256[:16], design=file.sha256[16:32])
    return replace(record(path, file), decision=decision, ingredients=ingredients, asked=file.sha256[:16])


# A film's poster has more pictures to choose from than its background, and a still is alone.
PATTERNS = [large_record("pattern", count) for count in (28, 12, 6, 4, 1, 1, 1, 1)]


def fill(folder: Path, count: int) -> None:
    """As many assets, each with the entry that made it."""
    with closing(Journal(folder)) as journal:
        for number in range(count):
            known = replace(PATTERNS[number % len(PATTERNS)], path=path_of(number))
            journal.note(known)
    with closing(open_tables(folder / "engine.db")) as database:
        sql = (
            "INSERT INTO entries (run, path, action, state, at, after, record) "
            "SELECT '7', path, 'create', 'done', '2026-11-29T00:00:00.000000+00:00', ?, ? FROM assets"
        )
        state = '{"size":1234567,"mtime_ns":1764374400123456789,"sha256":"' + "0f" * 32 + '"}'
        database.execute(sql, (state, pack_for_entry(PATTERNS[1])))


def path_of(number: int) -> str:
    return f"Movies/A Film of Some Length {number} ({1900 + number % 120})/poster.jpg"


def seconds(folder: Path, count: int) -> float:
    """The best of three times for looking up, noting and taking a few hundred steps."""
    with closing(Journal(folder)) as journal:
        return min(used(journal, count) for _ in range(3))


def used(journal: Journal, count: int) -> float:
    paths = [path_of(RANDOM.randrange(count)) for _ in range(300)]
    began = perf_counter()
    for path in paths:
        journal.note(journal.records([path])[path])
    for path in paths[:30]:
        journal.complete(journal.intend(RUN.name, step(path), None, record(path)), None)
    return perf_counter() - began


@pytest.mark.slow
def test_a_large_journal_is_bounded_and_no_slower(tmp_path):
    small, large = tmp_path / "small", tmp_path / "large"
    fill(small, 20_000)
    assert (small / "engine.db").stat().st_size < 60 * MEBIBYTE
    fill(large, 200_000)
    assert seconds(large, 200_000) < 2.5 * seconds(small, 20_000)
