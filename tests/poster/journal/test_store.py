"""The store: replaced bytes by their SHA-256, each once, whole or not at all."""

import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from app.poster.journal.store import BytesMissing, ByteStore, sha256_of

CONTENT = b"a poster by hand" * 1000
NAME = sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path):
    return ByteStore(tmp_path / "store")


@pytest.fixture
def poster(tmp_path):
    path = tmp_path / "poster.jpg"
    path.write_bytes(CONTENT)
    return path


def test_kept_bytes_come_back_after_the_file_is_gone(store, poster, tmp_path):
    assert store.keep(poster) == NAME == sha256_of(poster)
    poster.unlink()
    assert store.read(NAME) == CONTENT
    assert [path.name for path in tmp_path.joinpath("store", NAME[:2]).iterdir()] == [NAME]


def test_the_same_bytes_are_kept_once_from_any_thread(store, poster, tmp_path):
    with ThreadPoolExecutor(4) as threads:
        names = set(threads.map(store.keep, [poster] * 12))
    files = [path for path in (tmp_path / "store").rglob("*") if path.is_file()]
    assert (names, len(files)) == ({NAME}, 1)


def test_bytes_that_a_crash_cut_short_are_written_again(store, poster, tmp_path):
    store.keep(poster)
    place = tmp_path / "store" / NAME[:2] / NAME
    place.write_bytes(CONTENT[:10])
    with pytest.raises(BytesMissing, match="damaged"):
        store.read(NAME)
    store.keep(poster)
    assert store.read(NAME) == CONTENT


def test_unknown_bytes_are_missing(store):
    with pytest.raises(BytesMissing, match="no bytes 00ff"):
        store.read("00ff")


def test_a_file_that_is_gone_is_the_callers_to_know(store, tmp_path):
    with pytest.raises(FileNotFoundError):
        store.keep(tmp_path / "gone.jpg")


def test_bytes_without_a_file_are_kept_too_and_become_young_when_they_are_kept_again(store, tmp_path):
    assert not store.has(NAME) and not store.has("")
    assert store.keep_bytes(CONTENT) == NAME
    assert store.has(NAME) and store.read(NAME) == CONTENT
    place = tmp_path / "store" / NAME[:2] / NAME
    os.utime(place, (1, 1))
    store.keep_bytes(CONTENT)
    assert place.stat().st_mtime > 1
