"""A plan as pictures: what is there now, and the source of what would come."""

import json
from urllib.parse import urlsplit

import pytest

from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.candidates import TMDB, TVDB, picture_host
from tests.past_runs import make_run
from tests.pictures import make_picture
from tests.trees import make_image
from tests.ui.test_run_page import make_step, write_plan
from tests.ui.test_runs_page import own_artwork  # noqa: F401

pytestmark = pytest.mark.slow

FILM, SHOW = "Movies/Alien (1979)/poster.jpg", "Shows/Dark (2017)/S01E01.jpg"
SOURCES = "document.querySelectorAll('.coming img').length"
SEEN = "[...document.querySelectorAll('.coming img')].every((image) => image.naturalWidth > 0)"
EXCUSES = "[...document.querySelectorAll('.coming .absent')].map((place) => place.innerText).join('; ')"
# What every picture and every word in the place of one takes, in pixels.
ROOM = "[...document.querySelectorAll('.steps figure > :first-child')].map((place) => place.offsetHeight)"
LOADED = "JSON.stringify(performance.getEntriesByType('resource').map((entry) => entry.name))"
STEPS = [
    make_step("Movies/Left (2000)/poster.jpg", action="skip", reason="unchanged"),
    make_step(SHOW, kind="title card", address=f"{TMDB}b.jpg"),
    make_step("Movies/Own (2001)/poster.jpg", provider="Manual", address="/assets/own.jpg"),
    make_step("Movies/Gone (2002)/poster.jpg", provider="TVDB", address=f"{TVDB}gone.jpg"),
    make_step(FILM, action="replace", reason="source_changed", address=f"{TMDB}a.jpg"),
]


@pytest.fixture
def planned(own_artwork, machine, tmp_path):  # noqa: F811
    make_image(tmp_path / "assets", FILM, make_picture((400, 600), color=(90, 30, 30)))
    machine.config.path.write_text('{"PlexPart": {"UsePlex": "true"}}')
    write_plan(machine, 1, STEPS, {"totals": {"create": 3, "replace": 1, "skip": 1}, "reasons": {}})
    with machine.database.writing() as session:
        session.add(make_run(mode="plan"))
    with picture_host(machine) as host:
        whole = host.trouble
        host.trouble = lambda handler: handler.send(404) if "gone" in handler.path else whole(handler)
        yield


@pytest.mark.usefixtures("planned")
def test_a_plan_shows_what_would_come_from_this_server_alone_and_fits_a_phone(browser, address):
    sign_in_to(browser, address, "server/runs/1")
    room = browser.evaluate(ROOM)
    browser.evaluate("document.querySelector('.steps').lastElementChild.scrollIntoView()")
    browser.wait_for(f"{EXCUSES}.includes('No preview is to be had') && {SOURCES} === 2 && {SEEN}")
    assert "A file of your own folders: no preview" in browser.evaluate(EXCUSES)
    assert text_of(browser, ".steps > li").startswith("Now\nNew source, before it is drawn")
    assert browser.evaluate(ROOM) == room == [180, 180, 68, 180, 180]
    hosts = {urlsplit(name).netloc for name in json.loads(browser.evaluate(LOADED))}
    assert hosts == {urlsplit(address).netloc}
    browser.events.clear()  # the preview that was refused is a complaint of the browser
    for width in (820, 390):
        browser.size(width, 800)
        assert browser.evaluate(FITS), width
    # Left out, a step keeps its pictures, and what failed is not asked for again.
    browser.evaluate("document.querySelector('[data-step]').click()")
    browser.wait_for("document.querySelector('.steps > li').matches('.left-out') && " + f"{SOURCES} === 2")
