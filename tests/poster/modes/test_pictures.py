import os

import pytest

from app.poster.modes import pictures
from app.poster.modes.pictures import PictureUnavailable, load_picture, without_secrets
from tests.poster.gallery import gallery, make_png
from tests.poster.program import make_picture


@pytest.fixture(scope="module")
def address():
    with gallery() as address:
        yield address


def test_a_file_is_read_by_its_full_path_or_from_the_data_folder(tmp_path):
    path = make_picture(tmp_path / "uploads" / "a.png")
    assert load_picture(str(path), tmp_path) == path.read_bytes()
    assert load_picture("uploads/a.png", tmp_path) == path.read_bytes()


@pytest.mark.parametrize("name", ["missing.png", "", "a\x00b", "x" * 5000])
def test_what_is_no_file_is_told_in_one_sentence(tmp_path, name):
    with pytest.raises(PictureUnavailable):
        load_picture(name, tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(PictureUnavailable, match="no file"):
        load_picture("pipe.png", tmp_path)


def test_a_file_beyond_the_limit_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST", 10)
    (tmp_path / "large.png").write_bytes(b"x" * 11)
    with pytest.raises(PictureUnavailable, match="larger than 10 bytes"):
        load_picture("large.png", tmp_path)


@pytest.mark.parametrize("name", ["picture", "packed", "moved"])
def test_a_picture_is_downloaded_unpacked_and_found_where_it_moved(tmp_path, address, name):
    assert load_picture(f"{address}/{name}", tmp_path) == make_png()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing", "status 404"),
        ("cut-off", "cannot be downloaded: "),
        ("circle", "more than 5 redirects"),
        ("local-file", "cannot be downloaded: "),
    ],
)
def test_an_answer_that_is_no_whole_picture_is_refused(tmp_path, address, name, reason):
    with pytest.raises(PictureUnavailable, match=reason):
        load_picture(f"{address}/{name}", tmp_path)


def test_a_body_beyond_the_limit_is_not_read_to_its_end(tmp_path, address, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST", 10_000)
    with pytest.raises(PictureUnavailable, match="more than 10000 bytes"):
        load_picture(f"{address}/huge", tmp_path)


def test_a_body_that_drips_is_given_up(tmp_path, address, monkeypatch):
    monkeypatch.setattr(pictures, "LONGEST_DOWNLOAD", 0.2)
    with pytest.raises(PictureUnavailable, match="too slow"):
        load_picture(f"{address}/drip", tmp_path)


def test_a_server_that_hangs_is_given_up(tmp_path, address, monkeypatch):
    monkeypatch.setattr(pictures, "CONNECT_AND_READ", (0.5, 0.5))
    with pytest.raises(PictureUnavailable, match="no answer in time"):
        load_picture(f"{address}/hang", tmp_path)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/a.png", "http://", "http://[", "https://a b/", "HTTP://127.0.0.1:99999/"]
)
def test_an_address_that_leads_nowhere_is_told_in_one_sentence(tmp_path, address):
    with pytest.raises(PictureUnavailable, match="cannot be downloaded"):
        load_picture(address, tmp_path)


def test_reasons_hold_no_secrets(tmp_path, address):
    secret = address.replace("//", "//user:password@")
    with pytest.raises(PictureUnavailable) as failure:
        load_picture(f"{secret}/missing?X-Plex-Token=secret", tmp_path)
    assert "password" not in str(failure.value)
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("https://user:pass@host:32400/a/b.jpg?token=x#y", "https://host:32400/a/b.jpg"),
        ("http://host/a@b.jpg", "http://host/a@b.jpg"),
        ("/media/what?/a.jpg", "/media/what?/a.jpg"),
    ],
)
def test_an_address_is_shown_without_what_may_be_secret(where, shown):
    assert without_secrets(where) == shown
