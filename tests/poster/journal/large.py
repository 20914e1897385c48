"""Journals of large libraries, and the time that a run spends on them."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from time import perf_counter

from app.poster.journal.journal import Journal
from app.poster.journal.packing import pack_for_entry
from app.poster.journal.rows import as_text
from app.poster.journal.tables import open_tables
from app.poster.kinds import Kind
from app.poster.records.journal_entry import AssetRecord, UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Shown, Slot, UploadState
from app.poster.records.step import FileState
from tests.poster.journal.steps import MADE_OF, RUN, record, step
from tests.poster.offers import ASSETS, TMDB, book_with, choose, picture

MOMENT = datetime(2026, 11, 29, tzinfo=UTC)
STATE = '{"size":1234567,"mtime_ns":1764374400123456789,"sha256":"' + "0f" * 32 + '"}'
INSERT = "INSERT INTO entries (run, path, action, state, at"
SELECT = "SELECT '7', path, ?, 'done', '2026-11-29T00:00:00.000000+00:00'"
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


def fill(folder: Path, count: int, with_uploads: bool = True) -> None:
    """As many assets, each with the entry that made it and the one that uploaded it."""
    with closing(Journal(folder)) as journal:
        for number in range(count):
            known = replace(PATTERNS[number % len(PATTERNS)], path=path_of(number))
            journal.note(replace(known, uploads=(upload(number),)) if with_uploads else known)
    entry = pack_for_entry(PATTERNS[1])
    uploaded = pack_for_entry(replace(PATTERNS[1], uploads=(upload(0),)))
    facts = upload(0)
    with closing(open_tables(folder / "engine.db")) as database:
        database.execute(f"{INSERT}, after, record) {SELECT}, ?, ? FROM assets", ("create", STATE, entry))
        if with_uploads:
            texts = (as_text(facts.place), as_text(facts.before), as_text(facts.shown), facts.sent_sha256)
            columns = "place, shown_before, shown_after, sent, record"
            database.execute(
                f"{INSERT}, {columns}) {SELECT}, ?, ?, ?, ?, ? FROM assets", ("upload", *texts, uploaded)
            )


def upload(number: int) -> UploadRecord:
    """What a run knows of an asset that a Jellyfin shows."""
    digests = [sha256(f"{name}{number}".encode()).hexdigest() for name in ("sent", "shown", "before")]
    tags = [digest[:32] for digest in digests]
    return UploadRecord(
        Place(SourceName.JELLYFIN, tags[0], Slot.POSTER),
        UploadState.RE_ENCODED,
        digests[0],
        digests[0],
        Shown(tags[1], tags[1], digests[1], 987_654, Owner.OURS),
        Shown(tags[2], tags[2], digests[2], 456_789, Owner.SERVER),
        why="the server re-encoded our picture",
        at=MOMENT,
    )


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
