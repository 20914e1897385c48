"""Choosing another picture: filtered, compared, taken, undone, and one's own in its place."""

import json
from urllib.parse import quote

import pytest
from PIL import Image

from app.models import Run, Status
from app.poster.records.candidate import Lettered, ProviderName
from tests.api.test_assets import roots
from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.candidates import FANART, FILM, TMDB, TVDB, make_candidate, picture_host, write_record
from tests.editing import edit_in_this_process
from tests.pictures import make_picture
from tests.trees import catalogue, make_image

__all__ = ["roots"]

pytestmark = pytest.mark.slow

OLD, NEW = make_picture((20, 30)), make_picture((40, 60), color=(10, 90, 160))
LOST = [
    (
        make_candidate(ProviderName.TVDB, f"{TVDB}b.jpg", lettered=Lettered.WITH_TEXT, language="de"),
        "textless pictures come before pictures in de",
    ),
    (
        make_candidate(ProviderName.FANART, f"{FANART}c.jpg", lettered=Lettered.WITH_TEXT, language="en"),
        "900 x 1350 is smaller than 2000 x 3000",
    ),
    (make_candidate(address=f"{TMDB}d.jpg"), "the chosen one is rated higher"),
]
NOTICE = "document.getElementById('notice-text').textContent"
READY = "!!document.querySelector('[data-take]:enabled')"
SHOWN = "document.querySelectorAll('#offered .candidate').length"
SEEN = (
    "[...document.querySelectorAll('#offered img')].filter((image) => image.naturalWidth > 0).length === %d"
)
FOCUSED = "document.activeElement.closest('.candidate')?.dataset.address"
AS_IS = "document.querySelector('[value=as_is]').click()"


@pytest.fixture
def opened(browser, address, machine, roots, monkeypatch):
    edit_in_this_process(monkeypatch)
    make_image(roots["assets"], FILM, OLD)
    write_record(machine.paths.engine, considered=LOST)
    catalogue(machine)
    with picture_host(machine, NEW) as host:
        sign_in_to(browser, address, f"server/picture/{quote(FILM, safe='/()')}")
        browser.wait_for(READY)
        yield browser, roots["assets"] / FILM, host


def test_one_is_filtered_taken_as_it_is_and_undone(opened):
    browser, film, _ = opened
    browser.wait_for(SEEN % 4)
    browser.click("#candidates-search")
    browser.wait_for("document.querySelectorAll('.faults li').length === 1")
    browser.evaluate("document.querySelector('.narrow').open = true")
    browser.click("[data-filter][href*='candidate_language=de']")
    assert browser.wait_for(f"{SHOWN} === 3")
    assert "candidate_language=de" in browser.evaluate("location.search")
    assert "German" in text_of(browser, ".narrow [aria-current]")
    browser.evaluate("location.reload()")
    browser.wait_for(f"{SHOWN} === 3 && {READY} && !document.getElementById('candidates-search')")
    browser.evaluate("location.assign(location.pathname)")
    browser.wait_for(f"!location.search && {SHOWN} === 3 && {READY}")
    browser.click("a.all")
    browser.wait_for(f"{SHOWN} === 4")
    browser.evaluate(AS_IS)
    browser.click(f"[data-address='{TVDB}b.jpg'] [data-take]")
    browser.wait_for(f"{NOTICE}.startsWith('Replaced.')")
    assert film.read_bytes() == NEW
    key(browser, "keyDown", "z", modifiers=2)
    browser.wait_for(f"{NOTICE}.startsWith('Taken back')")
    assert film.read_bytes() == OLD
    assert browser.evaluate("document.querySelector('[value=as_is]').checked")


def test_a_run_draws_what_is_taken_with_the_title_that_the_last_run_drew(opened, machine):
    browser, film, _ = opened
    browser.click("[data-take]")
    browser.wait_for(f"{NOTICE} === 'Run 1 draws it …'")
    with machine.database.writing() as session:
        run = session.get(Run, 1)
        assert run.arguments[2:] == [
            *("-MoviePosterCard", "-Target", FILM, "-Titletext", "Alien"),
            *("-FolderName", "Alien (1979)", "-LibraryName", "Movies"),
        ]
        run.status, run.reason = Status.FAILED, "the disk is full"
    browser.wait_for(f"{NOTICE} === 'Run 1 did not draw it: the disk is full'")
    browser.click("[value=untitled]")
    browser.click("[data-take]")
    browser.wait_for(f"{NOTICE} === 'Run 2 draws it …'")
    with machine.database.writing() as session:
        run = session.get(Run, 2)
        assert run.arguments[6] == ""
        run.status = Status.COMPLETED
    browser.wait_for(f"{NOTICE}.startsWith('Drawn and replaced.')")
    assert browser.evaluate("document.querySelector('#notice button').textContent")


def test_the_keyboard_walks_compares_and_takes(opened):
    browser, film, _ = opened
    browser.evaluate(AS_IS)
    browser.evaluate("document.querySelector('.view').focus()")
    press(browser, "ArrowRight")
    assert browser.evaluate(FOCUSED) == f"{TVDB}b.jpg"
    press(browser, " ")
    browser.wait_for("document.getElementById('comparing').open")
    browser.wait_for("document.getElementById('pair-candidate').naturalWidth > 0")
    browser.wait_for("document.getElementById('pair-present').naturalWidth > 0")
    key(browser, "keyDown", " ")
    assert browser.evaluate("document.getElementById('pair').className.includes('present')")
    key(browser, "keyUp", " ")
    assert not browser.evaluate("document.getElementById('pair').className.includes('present')")
    browser.size(390, 600)
    assert browser.evaluate(FITS)
    press(browser, "ArrowRight")
    press(browser, "Escape")
    browser.wait_for("!document.getElementById('comparing').open")
    assert browser.evaluate(FOCUSED) == f"{FANART}c.jpg"
    press(browser, "Enter")
    browser.wait_for(f"{NOTICE}.startsWith('Replaced.')")
    assert film.read_bytes() == NEW


def test_a_file_or_an_address_of_ones_own_and_what_is_wrong_with_it(opened):
    browser, film, host = opened
    browser.evaluate(AS_IS)
    browser.evaluate("document.getElementById('own-picture').open = true")
    give_address(browser, "http://192.168.0.1/a.jpg")
    browser.wait_for("!document.getElementById('own-refused').hidden")
    assert "not one of the public internet" in text_of(browser, "#own-refused")
    give_address(browser, f"{host.url}/a.jpg")
    browser.wait_for(f"{NOTICE}.startsWith('Replaced.')")
    assert film.read_bytes() == NEW and browser.evaluate("document.getElementById('own-refused').hidden")
    browser.evaluate(DROPPED % json.dumps("text/plain"))
    browser.wait_for(f"{NOTICE} === 'That is no file of a picture.'")
    browser.evaluate(DROPPED % json.dumps("image/png"))
    browser.wait_for(f"{NOTICE}.startsWith('Replaced.')")
    with Image.open(film) as picture:
        assert (picture.format, picture.size) == ("PNG", (20, 30))
    browser.click("#to-queue")
    give_address(browser, f"{host.url}/b.jpg")
    browser.wait_for(f"{NOTICE}.startsWith('It waits in the queue')")
    assert browser.evaluate("document.getElementById('waiting-count').textContent") == "1"
    browser.click("#run-queue")
    browser.wait_for(f"{NOTICE}.startsWith('1 of the queue')")
    for width in (1440, 820, 390):
        browser.size(width, 800)
        assert browser.evaluate(FITS), width


DROPPED = """new Promise((done) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 20, height: 30 });
  canvas.toBlob((blob) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([blob], 'own.png', { type: %s }));
    const options = { bubbles: true, cancelable: true, dataTransfer: transfer };
    document.body.dispatchEvent(new DragEvent('drop', options));
    done();
  });
})"""


def give_address(browser, address):
    browser.type("#own-address-field", address)
    browser.click("#own-address button")


def press(browser, name):
    for kind in ("keyDown", "keyUp"):
        key(browser, kind, name)


def key(browser, kind, name, **more):
    codes = {" ": 32, "Enter": 13, "Escape": 27, "ArrowRight": 39, "z": 90}
    browser.send("Input.dispatchKeyEvent", type=kind, key=name, windowsVirtualKeyCode=codes[name], **more)
