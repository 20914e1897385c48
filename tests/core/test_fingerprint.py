"""A file is known again by its fingerprint."""

import os

import pytest

from app.core.fingerprint import fingerprint


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "file"
    path.write_text("1")
    return path


def test_what_is_not_there_has_none(tmp_path):
    assert fingerprint(tmp_path / "file") is None and fingerprint(None) is None


def test_a_file_that_nobody_changes_keeps_it(path):
    assert fingerprint(path) == fingerprint(path)


def test_it_changes_with_the_content(path):
    before = fingerprint(path)
    path.write_text("12")
    assert fingerprint(path) != before


def test_it_changes_with_the_time_though_the_size_stays(path):
    before = fingerprint(path)
    os.utime(path, ns=(0, before.modified_ns + 1_000_000_000))
    assert fingerprint(path) != before


def test_it_changes_where_another_file_of_the_same_size_and_time_takes_the_place(path):
    before = fingerprint(path)
    other = path.with_name("other")
    other.write_text("2")
    os.utime(other, ns=(0, before.modified_ns))
    other.replace(path)
    assert fingerprint(path).modified_ns == before.modified_ns and fingerprint(path) != before
