"""The picture that an asset was drawn from, by the API."""

import io

import pytest
from PIL import Image

from app.poster.records.candidate import ProviderName
from tests.api.test_assets import roots
from tests.candidates import FILM, make_candidate, picture_host, write_made
from tests.fetching import all_taken
from tests.pictures import make_picture
from tests.trees import make_image

__all__ = ["roots"]

ADDRESS = f"/api/assets/{FILM}/original"


@pytest.mark.parametrize(
    ("encoding", "kind"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("BMP", "image/jpeg")]
)
def test_the_original_of_a_folder_is_shown_as_a_picture_of_browsers(client, machine, roots, encoding, kind):
    file = make_image(roots["manual"], "poster.jpg", make_picture((40, 60), encoding=encoding))
    write_made(machine.paths.engine, make_candidate(ProviderName.MANUAL, str(file)))
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.content_type) == (200, kind)
    assert Image.open(io.BytesIO(answer.data)).size == (40, 60)
    assert answer.headers["Cache-Control"] == "private, max-age=3600"


def test_what_is_no_picture_or_lies_elsewhere_is_refused_with_the_reason(client, machine, roots, tmp_path):
    write_made(machine.paths.engine, make_candidate(ProviderName.MANUAL, "/etc/hostname"))
    answer = client.get(ADDRESS)
    assert answer.status_code == 404 and "gone" in answer.json["detail"]
    file = make_image(roots["manual"], "poster.jpg", b"no picture")
    write_made(machine.paths.engine, make_candidate(ProviderName.MANUAL, str(file)))
    assert client.get(ADDRESS).status_code == 400
    write_made(machine.paths.engine, make_candidate(address="http://127.0.0.1:9/a.jpg"))
    assert client.get(ADDRESS).status_code == 400
    assert client.get("/api/assets/Movies/x.jpg/original").status_code == 404


def test_slow_hosts_of_originals_do_not_take_every_thread(client, app, machine):
    write_made(machine.paths.engine, make_candidate())
    with picture_host(machine):
        with all_taken(app.extensions["original_turns"]):
            assert client.get(ADDRESS).status_code == 503
        assert client.get(ADDRESS).status_code == 200
