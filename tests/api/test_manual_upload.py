"""A manual run with a picture that comes with the request."""

import io
import os
import re
import time
from pathlib import Path

import pytest
from PIL import Image

from app.api import api_blueprint
from app.core.execution import uploads
from app.core.runs import queued_count

WIDE = (160, 90)
HOUR = 3600.0


def make_picture(size=(40, 60), kind="PNG") -> bytes:
    held = io.BytesIO()
    Image.new("RGB", size, "navy").save(held, kind)
    return held.getvalue()


def make_form(**overrides):
    form = {"titletext": "Alien", "folderName": "Alien (1979)", "libraryName": "Movies"}
    return form | {"posterType": "standard", "add_to_queue": "false"} | overrides


def send(client, content=None, name="alien.png", **form):
    file = io.BytesIO(make_picture() if content is None else content), name
    return client.post("/api/run-manual-upload", data={**make_form(**form), "file": file}, buffered=True)


def kept(machine):
    return list(machine.paths.uploads.iterdir())


def test_the_picture_is_kept_for_the_run_that_takes_it(client, machine):
    answer = send(client)
    assert (answer.status_code, answer.json["message"]) == (200, "Started in manual mode")
    [file] = kept(machine)
    assert answer.json["upload_path"] == str(file) and file.read_bytes() == make_picture()
    assert re.fullmatch(r"\d{8}_\d{6}_[0-9a-f]{4}_alien\.png", file.name)
    run = client.get(f"/api/runs/{answer.json['run_id']}").json["run"]
    assert run["arguments"] == [
        *("-PicturePath", str(file), "-Titletext", "Alien"),
        *("-FolderName", "Alien (1979)", "-LibraryName", "Movies"),
    ]


@pytest.mark.parametrize(
    ("form", "size"),
    [
        ({"posterType": "season", "seasonPosterName": "Season 1"}, (40, 60)),
        ({"posterType": "collection"}, (400, 590)),
        ({"posterType": "background"}, WIDE),
        (
            {"posterType": "titlecard", "epTitleName": "A", "episodeNumber": "1", "seasonPosterName": "1"},
            WIDE,
        ),
    ],
)
def test_every_kind_takes_a_picture_of_its_shape(client, form, size):
    assert send(client, make_picture(size), **form).status_code == 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "TIFF"])
def test_every_format_of_the_page_is_taken(client, kind):
    assert send(client, make_picture(kind=kind), f"x.{kind.lower()}").status_code == 200


@pytest.mark.parametrize(
    ("content", "name", "form", "told"),
    [
        (None, "alien.svg", {}, "must end in"),
        (None, "alien", {}, "must end in"),
        (None, "..", {}, "must end in"),
        (b"no picture", "alien.png", {}, "no picture"),
        (b"", "alien.png", {}, "no picture"),
        (make_picture()[:30], "alien.png", {}, "no picture"),
        (make_picture(WIDE), "alien.png", {}, "2:3"),
        (make_picture((1, 50)), "alien.png", {"posterType": "background"}, "16:9"),
        (None, "alien.png", {"posterType": "season"}, "seasonPosterName"),
        (None, "alien.png", {"folderName": ".."}, "folderName"),
        (None, "alien.png", {"libraryName": ""}, "libraryName"),
        (None, "alien.png", {"posterType": "sculpture"}, "posterType"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_of_it_stays(
    client, machine, session, content, name, form, told
):
    answer = send(client, content, name, **form)
    assert answer.status_code == 400 and told in answer.json["detail"] == answer.json["message"]
    assert kept(machine) == [] and queued_count(session) == 0


def test_a_request_without_a_picture_is_refused(client):
    answer = client.post("/api/run-manual-upload", data=make_form())
    assert answer.status_code == 400 and "file" in answer.json["detail"]
    assert client.post("/api/run-manual-upload", json=make_form()).status_code == 400


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("../../config.json.png", "config.json.png"),
        ("C:/pictures/Ünï & co.PNG", "Ünï  co.PNG"),
        ("-rf $(x)`y`;|.png", "-rf xy.png"),
        ("é" * 300 + ".png", "é" * 36 + ".png"),
    ],
)
def test_the_name_of_the_file_leads_nowhere_else(client, machine, name, kept_as):
    assert send(client, name=name).status_code == 200
    assert kept(machine)[0].name.split("_", 3)[3] == kept_as


def test_the_same_picture_twice_is_two_files(client, machine):
    assert [send(client).status_code for _ in range(2)] == [200, 200]
    assert len(kept(machine)) == 2


def leave_upload(machine, number):
    """A picture of 1,000 bytes that a failed run left so many hours ago."""
    path = machine.paths.uploads / f"20251125_163{number:03}_abcd_x.png"
    path.write_bytes(bytes(1000))
    os.utime(path, (time.time() - number * HOUR, time.time() - number * HOUR))
    return path


@pytest.mark.parametrize(
    ("limit", "value"), [("MOST_KEPT", 3), ("MOST_BYTES", 3500), ("KEPT_SECONDS", 3.5 * HOUR)]
)
def test_what_failed_runs_leave_gives_way_to_new_pictures(client, machine, monkeypatch, limit, value):
    needed = send(client).json["upload_path"]
    os.utime(needed, (1, 1))
    by_hand = machine.paths.uploads / "mine.png"
    by_hand.touch()
    left = [leave_upload(machine, number) for number in range(1, 6)]
    monkeypatch.setattr(uploads, limit, value)
    assert send(client).status_code == 200
    assert [path for path in left if path.exists()] == left[:3]
    assert Path(needed).exists() and by_hand.exists()


def test_pictures_that_queued_runs_need_have_a_limit_too(client, machine, monkeypatch):
    needed = send(client).json["upload_path"]
    monkeypatch.setattr(uploads, "MOST_BYTES", 1)
    answer = send(client)
    assert answer.status_code == 409 and "queued runs" in answer.json["detail"]
    assert [str(path) for path in kept(machine)] == [needed]


def test_a_folder_that_cannot_be_written_is_told(client, machine):
    machine.paths.uploads.rmdir()
    machine.paths.uploads.write_text("in the way")
    assert send(client).status_code == 503


def test_a_body_beyond_the_limit_is_refused(client, machine, monkeypatch):
    monkeypatch.setattr(api_blueprint, "LARGEST_UPLOAD", 1000)
    answer = send(client, make_picture() + bytes(1000))
    assert answer.status_code == 413 and kept(machine) == []


def test_a_stranger_uploads_nothing(anonymous, machine):
    assert send(anonymous).status_code == 401 and kept(machine) == []
