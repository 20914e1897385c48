"""The page of the passport, as the server renders it: with scripts or without, the answer is the same."""

import io

import pytest

from app.core.decisions.versions import asset_file
from tests.api.conftest import configure
from tests.core.decisions.test_versions import FILM, sha, write
from tests.pictures import make_picture
from tests.trees import catalogue

OLD, NEW = (make_picture((300, 450), noisy=True, comment=b"Created with Posterizarr") for _ in range(2))


@pytest.fixture
def film(machine):
    """A poster that run 1 made and run 2 replaced."""
    folder = machine.paths.data.parent / "assets"
    configure(machine, AssetPath=str(folder))
    asset = asset_file(machine.paths.engine, folder, FILM)
    write(asset, OLD, 1)
    write(asset, NEW, 2)
    catalogue(machine)
    return asset


def answer_of(client, content, status=200, **options):
    """What the page says of the picture."""
    file = (io.BytesIO(content), "renamed.bin")
    answer = client.post("/server/passport", data={"file": file}, **options)
    assert answer.status_code == status
    return answer.text.partition('id="answer"')[2]


def test_an_earlier_picture_of_a_run_can_be_restored_and_the_present_one_only_drawn_again(client, film):
    page = answer_of(client, OLD, base_url="http://localhost/base")
    assert "Alien, Poster" in page and "byte for byte" in page and 'href="/base/server/runs/1">run 1' in page
    assert f'data-restore="{sha(OLD)}"' in page and f"versions/{sha(OLD)}?width=320" in page
    assert "another picture" in page and f'data-asset="{FILM}"' in page
    page = answer_of(client, NEW)
    assert "data-restore" not in page and "this picture" in page


def test_a_picture_whose_bytes_are_gone_is_known_and_cannot_be_restored(client, film):
    film.kept(sha(OLD)).unlink()
    page = answer_of(client, OLD)
    assert "Alien, Poster" in page and "not kept any more" in page and "data-restore" not in page


def test_a_foreign_picture_is_not_made_here_whatever_its_file_says(client, film):
    page = answer_of(client, make_picture(noisy=True, comment=b"Created with Posterizarr"))
    assert "Not made here" in page and "says in its file that Posterizarr" in page
    assert "sightings" not in page and "Nicht hier erstellt" in answer_of(
        client, make_picture(noisy=True), headers={"Accept-Language": "de"}
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"no picture", "This cannot be looked at"), (b"", "This cannot be looked at")],
)
def test_what_is_no_picture_is_refused_with_the_reason(client, content, said):
    assert said in answer_of(client, content, 400)


def test_without_a_file_the_page_says_what_to_do(client):
    answer = client.post("/server/passport", data={})
    assert answer.status_code == 400 and "choose a file first" in answer.text
    assert 'enctype="multipart/form-data"' in client.get("/server/passport").text
