"""The attention page, worked through with the keyboard alone."""

from contextlib import closing

import pytest
from sqlalchemy import select

from app.models import Run
from app.poster.journal.journal import Journal
from app.poster.records.journal_entry import UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Slot, UploadState
from tests.api.test_assets import roots
from tests.browser.visiting import FITS, STILL, open_signed_in, sign_in_to
from tests.choices import make_row, take
from tests.editing import edit_in_this_process
from tests.pictures import make_picture
from tests.poster.journal.steps import record
from tests.trees import catalogue, make_image

__all__ = ["roots"]

pytestmark = pytest.mark.slow

LETTERS = "ABCDE"
MANY = 140
READY = "!!document.querySelector('.acts:not(.waiting)')"
FOCUSED = "document.activeElement.closest('#cases > li')?.querySelector('h2').textContent"
PLACE = "document.getElementById('place').textContent"
NOTICE = "document.getElementById('notice-text').firstChild?.textContent"
TITLES = "[...document.querySelectorAll('#cases h2')].map((title) => title.textContent).join(' ')"
COUNT = "document.querySelector('#concerns [aria-current] small').textContent"
MISSING = {"Download_Source": "false", "Language": "false"}
CODES = {"Enter": 13, "ArrowRight": 39, "ArrowLeft": 37}


@pytest.fixture
def troubled(machine, roots):
    """Five posters whose titles were cut."""
    for letter in LETTERS:
        make_image(roots["assets"], f"Movies/{letter} (2000)/poster.jpg", make_picture((20, 30)))
    cut = (make_row(Title=one, Rootfolder=f"{one} (2000)", TextTruncated="true") for one in LETTERS)
    take(machine, *cut)
    catalogue(machine)


def press(browser, key):
    text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
    code = {"windowsVirtualKeyCode": CODES[key]} if key in CODES else {}
    browser.send("Input.dispatchKeyEvent", type="keyDown", key=key, **text, **code)
    browser.send("Input.dispatchKeyEvent", type="keyUp", key=key, **code)


def shows(browser, **wanted):
    """Wait until the page shows what is named."""
    places = {"focused": FOCUSED, "place": PLACE, "notice": NOTICE, "titles": TITLES, "count": COUNT}
    for name, value in wanted.items():
        browser.wait_for(f"{places[name]} === {value!r}")


def test_three_are_ignored_undone_and_found_again_with_the_keyboard_alone(
    browser, address, machine, troubled, roots, monkeypatch
):
    edit_in_this_process(monkeypatch)
    sign_in_to(browser, address, "server/attention")
    browser.wait_for(READY)
    press(browser, "j")
    shows(browser, focused="A", place="1 of 5")
    press(browser, "i")
    shows(browser, focused="B", place="1 of 4", notice="Ignored: A", count="4")
    press(browser, "ArrowRight")
    press(browser, "n")
    shows(browser, focused="D", place="2 of 3", notice="Ignored until new artwork appears: C")
    press(browser, "u")
    shows(browser, focused="C", place="2 of 4", notice="Taken back: C", titles="B C D E")
    press(browser, "u")
    shows(browser, focused="A", place="1 of 5", titles="A B C D E", count="5")
    press(browser, "u")
    shows(browser, notice="There is nothing to undo.")
    press(browser, "i")
    shows(browser, focused="B", count="4")
    press(browser, "r")
    shows(browser, focused="C", notice="The next run makes it again: B")
    press(browser, "u")
    shows(browser, focused="B", notice="Taken back: B")
    browser.wait_for("!!document.querySelector('#ways a')")
    browser.evaluate("document.querySelector('#ways a').focus()")
    press(browser, "Enter")
    browser.wait_for("location.search.includes('ignored=true') && " + READY)
    shows(browser, titles="A", place="1 picture")
    press(browser, "j")
    press(browser, "i")
    shows(browser, notice="Shown again: A")
    browser.wait_for(
        "document.getElementById('found').innerText.includes('Nothing of this kind is ignored.')"
    )
    press(browser, "u")
    shows(browser, titles="A")


def test_a_whole_kind_is_ignored_after_a_question_and_undone_and_the_picture_leads_back(
    browser, address, troubled
):
    open_signed_in(browser, f"{address}server/attention?concern=truncated&search=movies")
    browser.wait_for(READY)
    for width in (1440, 820, 390):
        browser.size(width, 600)
        assert browser.evaluate(FITS), width
    browser.click("#ignore-all")
    browser.wait_for("document.getElementById('ignoring').open")
    assert "Ignore 5 pictures: Title cut?" in browser.words()
    browser.click("#ignoring .primary")
    shows(browser, notice="All of these are ignored.", count="0")
    browser.click("#ways a")
    browser.wait_for(
        "location.search.includes('ignored') && !!document.querySelector('[data-back]:not([hidden])')"
    )
    shows(browser, titles="A B C D E")
    browser.click("[data-back]")
    shows(browser, notice="Shown again: movies", titles="")
    browser.click("#notice-text button")
    shows(browser, titles="A B C D E")
    browser.click("[data-back]")
    shows(browser, notice="Shown again: movies")
    browser.click("#ways a")
    browser.wait_for("!location.search.includes('ignored') && " + READY)
    shows(browser, titles="A B C D E")
    press(browser, "j")
    press(browser, "j")
    shows(browser, focused="B")
    press(browser, "Enter")
    browser.wait_for("!location.pathname.endsWith('/attention')")
    browser.evaluate("history.back()")
    browser.wait_for(READY)
    shows(browser, focused="B", place="2 of 5")


def test_the_keys_go_on_beyond_a_page_and_what_is_ignored_is_filled_up(browser, address, machine, roots):
    rows = (make_row(Title=f"T{n:03}", Rootfolder=f"T{n:03} (2000)", **MISSING) for n in range(MANY))
    take(machine, *rows)
    make_image(roots["assets"], "Movies/Other (2000)/poster.jpg", make_picture((20, 30)))
    catalogue(machine)
    sign_in_to(browser, address, "server/attention")
    browser.wait_for(READY)
    press(browser, "j")
    browser.evaluate("[...document.querySelectorAll('#cases a')].at(-1).focus()")
    shows(browser, place=f"48 of {MANY}")
    press(browser, "j")
    shows(browser, focused="T048", place=f"49 of {MANY}")
    press(browser, "k")
    shows(browser, focused="T047", place=f"48 of {MANY}")
    for left in range(1, 41):
        press(browser, "i")
        shows(browser, place=f"{48 - left} of {MANY - left}")
    browser.wait_for("document.querySelectorAll('#cases > li').length > 40")
    assert browser.evaluate("document.querySelectorAll('*').length") < 3000
    assert browser.evaluate(TITLES).split() == [f"T{n:03}" for n in [*range(8), *range(48, 96)]][:56]


def test_nothing_moves_while_the_page_loads(browser, address, troubled):
    open_signed_in(browser, f"{address}server/attention?concern=truncated")
    browser.wait_for(READY)
    assert browser.evaluate(STILL) == 0


def test_the_odd_one_of_a_show_is_ignored_and_undone_by_keys(browser, address, machine, roots):
    rows = []
    for number in range(1, 6):
        make_image(roots["assets"], f"TV/Dark (2017)/Season{number:02}.jpg", make_picture((20, 30)))
        source = {"Download_Source": "https://artworks.thetvdb.com/x.jpg"} if number == 3 else {}
        title = f"Dark | Season {number}"
        rows.append(
            make_row(Title=title, Type="Season", Rootfolder="Dark (2017)", LibraryName="TV", **source)
        )
    take(machine, *rows)
    catalogue(machine)
    sign_in_to(browser, address, "server/odd")
    browser.wait_for(READY)
    for width in (1440, 820, 390):
        browser.size(width, 600)
        assert browser.evaluate(FITS), width
    press(browser, "j")
    shows(browser, focused="Dark (2017) | Season 3", place="1 of 1")
    press(browser, "i")
    browser.wait_for("document.getElementById('found').innerText.includes('No picture stands out')")
    press(browser, "u")
    shows(browser, titles="Dark (2017) | Season 3")


def test_what_another_tool_has_overwritten_is_put_in_place_by_a_run_after_a_question(
    browser, address, machine, troubled
):
    path = "Movies/B (2000)/poster.jpg"
    shown = UploadRecord(
        Place(SourceName.PLEX, "7", Slot.POSTER), UploadState.OVERWRITTEN, why="Kometa was here"
    )
    with closing(Journal(machine.paths.engine)) as journal:
        journal.note(record(path, owner=Owner.OURS, uploads=(shown,)))
    catalogue(machine)
    sign_in_to(browser, address, "server/attention")
    browser.wait_for(READY)
    press(browser, "j")
    shows(browser, focused="B", count="1")
    assert "Kometa was here" in browser.words()
    press(browser, "r")
    browser.wait_for("document.getElementById('taking').open")
    browser.click("#taking .primary")
    shows(browser, notice="A run is queued for it: B")
    with machine.database.reading() as session:
        run = session.scalars(select(Run)).one()
    assert (run.mode, run.arguments) == ("normal", ["-Only", f'["{path}"]', "-Take", f'["{path}"]'])
