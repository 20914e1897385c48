"""The page of the preflight, as the server renders it."""

import json

import pytest

from app.models import Status
from tests.past_runs import make_run
from tests.poster.program import make_picture


@pytest.fixture
def media(overrides, tmp_path):
    overrides["MEDIA_PATH"] = tmp_path


def make_titles(machine, *pictures, titles=1234):
    folder = machine.paths.engine / "preflight"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "titles.json").write_text(json.dumps({"titles": titles, "pictures": pictures}))


def make_title(title, **facts):
    return {"kind": "poster", "title": title, "library": "Movies", "why": "longest word", **facts}


def page_of(client, **options):
    answer = client.get("/server/preflight", **options)
    assert answer.status_code == 200
    return answer.text.partition("<main")[2]


def test_without_a_source_it_says_what_to_set(client):
    page = page_of(client)
    assert "It cannot run now: No source of films and shows is set" in page and "No preflight yet" in page
    assert '<form id="preflight"' not in page


def test_what_does_not_fit_stands_first_with_the_reason(media, client, machine):
    losing = make_title("<b>", missing=["𓀀"], lines=[["<i>", "x"]], sizes=[42])
    make_titles(machine, make_title("Alien"), losing, make_title("Very long", truncated=True))
    make_picture(machine.paths.engine / "preflight" / "sheet.jpg", (300, 200))
    page = page_of(client, base_url="http://localhost/base")
    assert "2 of the hardest pictures lose some of their text, of 1,234 titles" in page
    assert page.index("&lt;b&gt;") < page.index("Very long") < page.index("Alien")
    assert "no font has: 𓀀" in page and "&lt;i&gt; / x <small>42 px" in page
    assert 'src="/base/api/preflight/sheet?made=' in page and 'width="300" height="200"' in page


def test_a_list_that_is_damaged_says_so(media, client, machine):
    make_titles(machine, 7)
    assert "The list of the last preflight cannot be read" in page_of(client)


def test_a_sheet_that_is_no_picture_is_left_out(media, client, machine):
    make_titles(machine, make_title("Alien"))
    (machine.paths.engine / "preflight" / "sheet.jpg").write_bytes(b"no picture")
    page = page_of(client)
    assert "<img" not in page and "Alien" in page


def test_one_that_waits_or_runs_is_linked(media, client, machine):
    with machine.database.writing() as session:
        session.add(make_run(mode="preflight", status=Status.QUEUED, ended_at=None, started_at=None))
    page = page_of(client, headers={"Accept-Language": "de"})
    assert 'href="/server/runs/1">Die Vorabprüfung wartet' in page
    assert 'aria-current="page"' in client.get("/server/preflight").text.partition("<main")[0]


def test_sizes_of_text_can_be_drawn_beside_the_present_ones(media, client, machine):
    machine.config.path.write_text(
        '{"PosterOverlayPart": {"minPointSize": "80", "AddBorder": "true"}, "x": 1}'
    )
    page = page_of(client)
    assert '<option value="PosterOverlayPart/minPointSize">PosterOverlayPart · minPointSize (80)' in page
    assert "AddBorder" not in page
