"""Whose a file is: by the journal's bytes, by marks of tools, else a person's."""

import os
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.poster.drawing.design import Design
from app.poster.drawing.draw import draw
from app.poster.journal.settling import file_state
from app.poster.kinds import Kind
from app.poster.planning.ownership import WROTE, OwnedFile, look
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.step import FileState
from tests.poster.offers import ASSETS, book_with, choose

DECISION = choose(ASSETS[Kind.POSTER], book_with())


def encoded(form: str = "JPEG", **options) -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 60), "navy").save(content, form, **options)
    return content.getvalue()


def exif_with(text: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x04BC] = text  # where Kometa writes its mark
    return exif


def record_of(state: FileState) -> AssetRecord:
    return AssetRecord(DECISION.path, DECISION, Action.CREATE, Reason.NEW, file=state)


PICTURES = {
    "our mark": (encoded(comment=b"created with posterizarr"), Owner.OURS),
    "our mark with a closing zero": (encoded(comment=b"Created with Posterizarr\0"), Owner.OURS),
    "mark of old versions": (encoded(comment=b"created with ppm"), Owner.OURS),
    "mark of Kometa": (encoded(exif=exif_with("overlay")), Owner.TOOL),
    "mark of a title card maker": (encoded(comment=b"titlecard"), Owner.TOOL),
    "a photograph": (encoded(), Owner.HAND),
    "a comment of someone": (encoded(comment=b"posterizarr was here"), Owner.HAND),
    "words after the picture": (encoded() + b"created with posterizarr overlay", Owner.HAND),
    "a PNG": (encoded("PNG"), Owner.HAND),
    "an empty file": (b"", Owner.HAND),
    "a JPEG that is cut": (encoded(comment=b"created with posterizarr")[:20], Owner.HAND),
    "a broken segment": (b"\xff\xd8\xff\xfe\x00\x00" + bytes(100), Owner.HAND),
}


@pytest.mark.parametrize("name", PICTURES)
def test_marks_tell_who_made_a_file(name, tmp_path):
    content, owner = PICTURES[name]
    path = tmp_path / "poster.jpg"
    path.write_bytes(content)
    found = look(path, None)
    whole = file_state(path)
    assert found.owner is owner and found.why.startswith("carries")
    assert found.state == (whole if owner is Owner.OURS else replace(whole, sha256=""))


def test_what_is_drawn_carries_the_mark(tmp_path):
    (tmp_path / "poster.jpg").write_bytes(draw(encoded(), Design((40, 60))).jpeg)
    assert look(tmp_path / "poster.jpg", None).owner is Owner.OURS


def test_bytes_that_the_journal_wrote_are_ours_without_a_mark(tmp_path):
    path = tmp_path / "poster.jpg"
    path.write_bytes(encoded())
    state = file_state(path)
    assert look(path, record_of(state)) == OwnedFile(Owner.OURS, WROTE, state)
    os.utime(path, ns=(5, 5))
    assert look(path, record_of(state)) == OwnedFile(
        Owner.OURS, WROTE, FileState(state.size, 5, state.sha256)
    )


def test_a_file_with_the_journals_size_and_time_is_not_read(tmp_path):
    path = tmp_path / "poster.jpg"
    path.write_bytes(encoded())
    facts = path.stat()
    known = FileState(facts.st_size, facts.st_mtime_ns, "as it was written")
    assert look(path, record_of(known)) == OwnedFile(Owner.OURS, WROTE, known)


@pytest.mark.parametrize("larger", [0, 1])
def test_bytes_that_somebody_put_in_place_of_ours_are_theirs(larger, tmp_path):
    path = tmp_path / "poster.jpg"
    path.write_bytes(encoded())
    ours = FileState(path.stat().st_size + larger, 1, "ours")
    assert look(path, record_of(ours)).owner is Owner.HAND


@pytest.mark.parametrize("name", ["missing.jpg", "file/below.jpg"])
def test_no_file_is_nobodys(name, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert look(tmp_path / name, None) == OwnedFile()


def test_a_folder_in_place_of_the_file_is_left_alone(tmp_path):
    (tmp_path / "poster.jpg").mkdir()
    assert look(tmp_path / "poster.jpg", None).owner is Owner.HAND


def test_a_name_that_the_disk_refuses_is_an_error_of_that_asset(tmp_path):
    with pytest.raises(OSError, match="too long"):
        look(Path(tmp_path, "a" * 300), None)
