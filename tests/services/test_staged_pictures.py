"""Pictures of callers on their way to a run: what is staged, under which name, and what is deleted again."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.core.errors import Invalid, Unavailable
from app.core.replacing.replacement import Replacement
from app.models import QueueItem, Run
from app.services import replacing
from app.services.replacing import replace_artwork
from app.services.staged_pictures import (
    LARGEST_FILE,
    copied_picture,
    discard_pictures,
    manual_picture,
    sent_picture,
    staged_picture,
)
from tests.driving import rows
from tests.pictures import make_picture

PATH = "Movies/Alien (1979)/poster.jpg"
PICTURE = make_picture((20, 30))


@pytest.fixture
def overrides(overrides, tmp_path):
    return overrides | {"ASSET_PATH": tmp_path / "assets"}


@pytest.fixture
def picture():
    return sent_picture(io.BytesIO(PICTURE), "alien.jpg")


def uploads(machine):
    return sorted(machine.paths.uploads.iterdir())


def items(machine):
    with machine.database.reading() as session:
        return session.query(QueueItem).all()


def wanted(**changes):
    form = {"posterType": "standard", "titletext": "Alien", "folderName": "Alien (1979)"}
    form |= {"libraryName": "Movies", "mediaType": "movie", "target": PATH}
    values = {"path": PATH, "kind": "standard", "manual_form": form, "overlay_params": {}}
    return Replacement(**values | {"with_overlays": False, "to_queue": False} | changes)


ODD_NAMES = [
    ("alien.jpg", "_alien.jpg"),
    ("../../etc/passwd", "_passwd.jpeg"),
    ("..\\..\\boot.ini", "_boot.ini.jpeg"),
    ("a\0b\n.png", "_ab.png"),
    ("-Reset;$(x)'\".jpg", "_-Resetx.jpg"),
    ("\N{CLAPPER BOARD}", "_.jpeg"),
    ("", "_.jpeg"),
    ("\u202egpj.exe", "gpj.exe.jpeg"),
    ("x" * 400 + ".jpg", f"_{'x' * 36}.jpg"),
]


def test_an_odd_name_is_a_harmless_file_among_the_uploads(machine):
    for name, end in ODD_NAMES:
        with staged_picture(machine, sent_picture(io.BytesIO(PICTURE), name)) as path:
            assert path.name.endswith(end) and path.name.isprintable()
        assert path.parent == machine.paths.uploads and path.read_bytes() == PICTURE
    assert len(uploads(machine)) == len(ODD_NAMES)


def test_a_block_that_fails_leaves_no_file(machine, picture):
    with pytest.raises(ZeroDivisionError), staged_picture(machine, picture):
        1 / 0  # noqa: B018
    assert uploads(machine) == []


def test_callers_with_one_name_have_each_their_own_file(machine):
    pictures = [make_picture((20, 30), color=(place, 0, 0)) for place in range(4)]

    def stage(content):
        with staged_picture(machine, sent_picture(io.BytesIO(content), "same.jpg")) as path:
            return path

    with ThreadPoolExecutor(4) as pool:
        paths = list(pool.map(stage, pictures))
    assert [path.read_bytes() for path in paths] == pictures and len(set(paths)) == 4


@pytest.mark.parametrize("content", [b"", b"no picture", PICTURE[:100], b"<svg xmlns='x'/>", b"GIF89a"])
def test_what_is_no_picture_is_refused(content, tmp_path):
    with pytest.raises(Invalid):
        sent_picture(io.BytesIO(content), "a.jpg")
    file = tmp_path / "a.jpg"
    file.write_bytes(content)
    with pytest.raises(Invalid):
        copied_picture(file)


def test_a_huge_file_is_refused_unread_and_a_missing_one_is_named(tmp_path):
    huge = tmp_path / "huge.jpg"
    with huge.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(Invalid, match=r"huge\.jpg is larger than 64 MiB"):
        copied_picture(huge)
    for path in (tmp_path / "none.jpg", tmp_path):
        with pytest.raises(Unavailable, match=r"cannot be read"):
            copied_picture(path)


def test_a_manual_run_takes_a_file_where_it_lies_and_the_queue_a_copy(machine):
    folder = machine.roots.path("assets")
    folder.mkdir()
    (folder / "own.jpg").write_bytes(PICTURE)
    with manual_picture(machine, "own.jpg", to_queue=False) as found:
        assert found == ("own.jpg", ("local_path", "own.jpg")) and uploads(machine) == []
    with manual_picture(machine, " own.jpg ", to_queue=True) as (path, source):
        assert Path(path).read_bytes() == PICTURE and Path(path).parent == machine.paths.uploads
        assert source == ("local_path", str(folder / "own.jpg"))


OUTSIDE = [
    "../secret.jpg",
    "/etc/hostname.jpg",
    "none.jpg",
    "own.txt",
    "a\0.jpg",
    "",
    "http://127.0.0.1:9/x.jpg",
]


def test_a_picture_outside_of_the_folders_for_pictures_is_refused(machine):
    machine.roots.path("assets").mkdir()
    (machine.paths.data.parent / "secret.jpg").write_bytes(PICTURE)
    for text in OUTSIDE:
        with pytest.raises((Invalid, Unavailable)), manual_picture(machine, text, to_queue=True):
            pytest.fail(f"{text} was staged.")
    assert uploads(machine) == []


def test_discarding_passes_over_what_is_gone_or_no_file(machine, tmp_path):
    kept, file = tmp_path / "folder", tmp_path / "a.jpg"
    kept.mkdir()
    file.touch()
    discard_pictures([str(tmp_path / "gone.jpg"), str(kept), str(file)])
    assert kept.is_dir() and not file.exists()


def test_a_full_queue_of_runs_keeps_the_picture_in_the_queue_of_replacements(machine, picture, monkeypatch):
    overlays = wanted(with_overlays=True)
    first = replace_artwork(machine, overlays, picture)
    assert first.run == rows(machine)[0].id and first.item is None and first.is_drawn
    monkeypatch.setattr(replacing, "MOST_QUEUED", 1)
    second = replace_artwork(machine, overlays, sent_picture(io.BytesIO(PICTURE), "alien.jpg"))
    (item,) = items(machine)
    assert (
        (second.run, second.item) == (None, item.id) and item.is_started and "-PicturePath" in item.arguments
    )
    assert len(rows(machine)) == 1 and len(uploads(machine)) == 2


def test_what_waits_in_the_queue_says_whether_a_run_draws_it(machine):
    for with_overlays in (False, True):
        given = sent_picture(io.BytesIO(PICTURE), "alien.jpg")
        outcome = replace_artwork(machine, wanted(to_queue=True, with_overlays=with_overlays), given)
        assert outcome.is_drawn is with_overlays and outcome.run is None and not outcome.was_there
    assert [bool(item.arguments) for item in items(machine)] == [False, True]
    assert not any(item.is_started for item in items(machine))


@pytest.mark.parametrize("overlays", [False, True])
def test_a_picture_of_another_shape_or_without_a_mode_leaves_nothing(machine, picture, overlays):
    with pytest.raises(Invalid, match="16:9"):
        replace_artwork(machine, wanted(kind="background", with_overlays=overlays), picture)
    assert (uploads(machine), items(machine), rows(machine)) == ([], [], [])


def test_an_engine_that_fails_leaves_no_staged_picture(machine, picture, monkeypatch):
    def fail(*_):
        raise Unavailable("The poster script cannot be asked.")

    monkeypatch.setattr(type(machine.engine), "edit", fail)
    with pytest.raises(Unavailable):
        replace_artwork(machine, wanted(), picture)
    assert uploads(machine) == [] and items(machine) == []
    with machine.database.reading() as session:
        assert "cannot be asked" in session.get(Run, 1).reason
