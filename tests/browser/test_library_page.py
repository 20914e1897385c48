"""The wall of the library, as a person goes through some thousand pictures."""

import time

import pytest
from sqlalchemy import select

from app.core.catalogue.table import COLUMNS, NAMES, publish_entries, write_catalogue
from app.core.decisions.picture_states import PictureStates
from app.core.decisions.states import HAND
from tests.api.test_assets import roots
from tests.browser.visiting import DOOR_OPEN, FITS
from tests.conftest import KEY
from tests.editing import edit_in_this_process
from tests.pictures import make_picture
from tests.trees import catalogue, make_image

__all__ = ["roots"]

pytestmark = pytest.mark.slow

MANY = 6000
# At ratio 3 as many rows as are too high for a browser; it draws no box of more device pixels.
WIDE, MOST_PIXELS = 45_000, 33_500_000
MOST_LISTENERS = 300
# Longer than a finger has to be held.
HOLD = 0.7
READY = "!!document.querySelector('.wall.endless a[href]')"
NODES = "document.querySelectorAll('*').length"
CALLS = "performance.getEntriesByType('resource').filter(({ name }) => name.includes('catalogue')).length"
MOST_NODES = 3000
FOCUSED = "document.activeElement.closest('li')?.querySelector('b').textContent"
CHOSEN = "document.getElementById('chosen-count').textContent"
BAR = "!document.getElementById('chosen-bar').hidden"
# The buttons of the dialog can be scrolled into its window.
ACTIONS_REACHED = """(() => {
  const [dialog, button] = [document.getElementById('changing'), document.getElementById('changing-do')];
  button.scrollIntoView();
  const [outer, inner] = [dialog.getBoundingClientRect(), button.getBoundingClientRect()];
  return outer.top >= 0 && outer.bottom <= innerHeight && inner.bottom <= outer.bottom;
})()"""
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
MIDDLE = """(() => {
  const tile = document.querySelector('#wall li[aria-posinset="%s"]');
  const { left, top, width, height } = tile.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
})()"""
PLACE = "document.activeElement.closest('li')?.getAttribute('aria-posinset')"
TOP = "Math.round(document.activeElement.getBoundingClientRect().top)"
SEEN = """[...document.querySelectorAll('#wall li')].some((tile) => {
  const { top, bottom } = tile.getBoundingClientRect();
  return tile.getAttribute('aria-posinset') === '%s' && top >= 0 && bottom <= innerHeight;
})"""


@pytest.fixture
def many(machine, roots):
    """One real picture, and rows of the catalogue for thousands more."""
    make_image(roots["assets"], "Movies/Aardvark (2000)/poster.jpg", make_picture((20, 30)))
    catalogue(machine)
    with machine.database.writing() as session:
        row = dict(zip(NAMES, session.execute(select(*COLUMNS)).one(), strict=True))
        rows = [catalogued(row, number) for number in range(1, MANY)]
        write_catalogue(session, [], rows)
        publish_entries(session)


def catalogued(row, number):
    letter = chr(ord("B") + number * 24 // MANY)
    title = f"{letter.lower()} {number:05}"
    changed = {"name": f"{title}.jpg", "sort_key": f"1{title}", "letter": letter, "searched": title}
    return tuple((row | changed).values())


@pytest.fixture
def wide(machine, many):
    """More rows of a wide kind than a browser has pixels for, one below the other."""
    with machine.database.writing() as session:
        row = dict(zip(NAMES, session.execute(select(*COLUMNS).limit(1)).one(), strict=True))
        rows = [catalogued(row | {"kind": "background"}, number) for number in range(MANY, MANY + WIDE)]
        write_catalogue(session, [], rows)
        publish_entries(session)


@pytest.fixture
def opened(browser, address, many):
    open_library(browser, address)
    return browser


def open_library(browser, address, query=""):
    browser.open(f"{address}server/library{query}")
    browser.wait_for(DOOR_OPEN)
    browser.click("[name=way][value=key]")
    browser.type("#key", KEY)
    browser.press("Enter")
    browser.wait_for(READY)


def test_the_document_stays_small_and_the_keys_reach_the_last_picture(opened):
    opened.evaluate("document.querySelector('#wall a').focus()")
    for key, place in (("End", MANY), ("ArrowLeft", MANY - 1), ("Home", 1), ("ArrowRight", 2)):
        press(opened, key)
        assert opened.wait_for(f"{PLACE} === '{place}' && {SEEN % place}")
        opened.wait_for("!!document.activeElement.href")
        assert opened.evaluate(NODES) < MOST_NODES
    opened.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    opened.wait_for("!document.querySelector('#wall li a:not([href])')")
    assert opened.evaluate(NODES) < MOST_NODES
    assert opened.evaluate("document.querySelectorAll('#wall li').length") > 20


def test_a_reload_shows_the_first_pictures_without_a_call_for_them(opened):
    opened.size(1280, 700)
    opened.evaluate("scrollTo(0, 2)")
    opened.wait_for("!!history.state?.wall?.path")
    opened.evaluate("window.isOld = true; location.reload()")
    opened.wait_for(f"!window.isOld && {READY}")
    time.sleep(0.3)  # longer than the wall waits before it asks
    assert opened.evaluate(CALLS) == 0


def test_back_from_a_picture_and_a_reload_end_at_the_same_tile(opened):
    opened.wait_for("document.querySelector('.letters [aria-current]').dataset.place === '0'")
    opened.evaluate("document.querySelector('[data-place]:nth-child(14)').click()")
    opened.wait_for(f"{FOCUSED} && document.activeElement.href")
    place, top = opened.evaluate(PLACE), opened.evaluate(TOP)
    assert int(place) > 1000
    opened.wait_for(
        f"document.querySelector('.letters [aria-current]').textContent === ({FOCUSED})[0].toUpperCase()"
    )
    opened.press("Enter")
    opened.wait_for("!location.pathname.endsWith('/server/library')")
    opened.evaluate("history.back()")
    assert opened.wait_for(f"location.pathname.endsWith('/server/library') && {PLACE}") == place
    assert opened.evaluate(TOP) == top
    opened.evaluate("location.reload()")
    opened.wait_for(READY)
    assert opened.wait_for(f"{PLACE}") == place and opened.evaluate(TOP) == top


def test_searching_as_one_types_replaces_the_wall_and_stands_in_the_address(opened):
    opened.evaluate("document.getElementById('search').focus()")
    opened.send("Input.insertText", text="00042")
    opened.wait_for("document.getElementById('count').textContent === '1 picture'")
    assert opened.evaluate("location.search") == "?search=00042&kind=poster"
    assert opened.evaluate("document.activeElement.id") == "search"
    opened.evaluate("document.getElementById('search').select()")
    opened.send("Input.insertText", text="nothing like it")
    opened.wait_for("!!document.querySelector('#found .empty')")
    for width in (1440, 820, 390):
        opened.size(width, 800)
        assert opened.evaluate(FITS), width


def test_a_range_but_for_one_is_deleted_after_a_plan_and_undone(
    browser, address, machine, roots, monkeypatch
):
    edit_in_this_process(monkeypatch)
    names = [f"Movies/{letter}lpha (2000)/poster.jpg" for letter in "ABCDE"]
    for name in names:
        make_image(roots["assets"], name, make_picture((20, 30)))
    catalogue(machine)
    open_library(browser, address)
    browser.click("#select")
    browser.click("#wall li:nth-child(1) a")
    browser.evaluate(
        "document.querySelector('#wall li:nth-child(4) a')"
        ".dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, shiftKey: true}))"
    )
    browser.wait_for("document.getElementById('chosen-count').textContent === '4 selected'")
    browser.click("#wall li:nth-child(2) a")
    assert browser.evaluate("document.querySelectorAll('#wall [aria-checked=true]').length") == 3
    browser.click("[data-action=delete]")
    browser.wait_for("document.getElementById('changing').open")
    assert "Delete: 3 pictures?" in browser.words() and left(roots, names) == names
    browser.wait_for(
        "[...document.querySelectorAll('.pairs img')].filter((one) => one.naturalWidth).length === 3"
    )
    assert browser.evaluate("document.querySelectorAll('.pairs .after.delete').length") == 3
    for width in (1440, 390):
        browser.size(width, 600)
        assert browser.evaluate(f"{FITS} && {ACTIONS_REACHED}"), width
    browser.size(1280, 900)
    browser.click("#changing-do")
    browser.wait_for("document.getElementById('notice-text').textContent.startsWith('3 changed.')")
    assert left(roots, names) == [names[1], names[4]]
    catalogue(machine)
    browser.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    browser.wait_for("document.getElementById('count').textContent === '2 pictures'")
    browser.wait_for("document.querySelectorAll('#wall li').length === 2")
    browser.click("#notice-action")
    browser.wait_for("document.getElementById('notice-text').textContent.startsWith('Taken back.')")
    assert left(roots, names) == names


def test_all_of_a_filter_but_for_one_are_held(browser, address, machine, roots, monkeypatch):
    edit_in_this_process(monkeypatch)
    names = [f"Movies/{letter}lpha (2000)/poster.jpg" for letter in "ABC"]
    for name in [*names, "Movies/Alpha (2000)/background.jpg"]:
        make_image(roots["assets"], name, make_picture((20, 30)))
    catalogue(machine)
    open_library(browser, address, "?kind=poster")
    browser.click("#select")
    browser.click("#choose-all")
    browser.click("#wall li:nth-child(2) a")
    browser.wait_for("document.getElementById('chosen-count').textContent === '2 selected'")
    browser.click("[data-action=hold]")
    browser.wait_for("document.getElementById('changing').open")
    assert "1 left out: you took them out" in browser.words()
    assert browser.evaluate("document.querySelectorAll('.pairs .after.hold img').length") == 2
    browser.click("#changing-do")
    browser.wait_for("document.getElementById('notice-text').textContent.startsWith('2 changed.')")
    states = PictureStates(machine.paths.engine).by_path().states
    assert sorted(path for path, state in states.items() if state.owner == HAND) == [names[0], names[2]]


def test_a_held_finger_chooses_and_is_drawn_over_others_and_scrolling_chooses_nothing(opened):
    opened.size(390, 1200)
    opened.send("Emulation.setTouchEmulationEnabled", enabled=True)
    first, third = opened.evaluate(MIDDLE % 1), opened.evaluate(MIDDLE % 3)
    while not scrolled_in_time(opened, third):
        opened.evaluate(f"{BAR} && document.getElementById('select').click()")
    time.sleep(HOLD)
    assert not opened.evaluate(BAR)
    opened.evaluate("scrollTo(0, 0)")
    # The event of that scrolling comes with a later frame, and would end what a finger begins before.
    opened.evaluate(TWO_FRAMES)
    finger(opened, "touchStart", first)
    opened.wait_for(f"{BAR} && {CHOSEN} === '1 selected'")
    for place in (2, 3, 5, 4):
        finger(opened, "touchMove", opened.evaluate(MIDDLE % place))
    opened.wait_for(f"{CHOSEN} === '4 selected'")
    assert opened.evaluate("scrollY") == 0
    finger(opened, "touchMove", [first[0], 1150])
    opened.wait_for(f"scrollY > 300 && Number.parseInt({CHOSEN}) > 15")
    finger(opened, "touchMove", [first[0], 10])
    opened.wait_for(f"scrollY === 0 && {CHOSEN} === '1 selected'")
    finger(opened, "touchMove", opened.evaluate(MIDDLE % 4))
    opened.wait_for(f"{CHOSEN} === '4 selected'")
    finger(opened, "touchEnd")
    for count in (3, 4):
        finger(opened, "touchStart", opened.evaluate(MIDDLE % 2))
        finger(opened, "touchEnd")
        opened.wait_for(f"{CHOSEN} === '{count} selected'")
    opened.send("Emulation.setTouchEmulationEnabled", enabled=False)
    assert opened.evaluate("location.pathname.endsWith('/server/library')")


def test_a_reload_keeps_the_selection_and_back_ends_it_before_it_leaves_the_page(opened):
    opened.evaluate("document.getElementById('select').click()")
    opened.evaluate("document.querySelector('#wall a').focus()")
    press(opened, " ")
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown"):
        press(opened, key, shift=True)
    opened.wait_for(f"Number.parseInt({CHOSEN}) > 3")
    chosen = opened.evaluate(CHOSEN)
    opened.wait_for("history.state.wall?.focused")
    opened.evaluate("window.isOld = true; location.reload()")
    opened.wait_for(f"!window.isOld && {READY} && {CHOSEN} === '{chosen}'")
    assert opened.evaluate("document.querySelectorAll('#wall [aria-checked=true]').length") > 3
    press(opened, "End", shift=True)
    opened.wait_for("document.getElementById('notice-text').textContent.startsWith('A range may have')")
    opened.evaluate("history.back()")
    opened.wait_for(f"!({BAR})")
    assert opened.evaluate("location.pathname.endsWith('/server/library')")
    opened.evaluate("history.forward()")
    opened.wait_for(BAR)
    opened.evaluate("document.getElementById('search').focus()")
    opened.send("Input.insertText", text="00042")
    opened.wait_for("document.getElementById('count').textContent === '1 picture'")
    assert opened.evaluate("location.search.startsWith('?search=00042')") and not opened.evaluate(BAR)


def test_a_wall_beyond_the_pixels_of_a_phone_is_seen_to_its_end_in_the_same_memory(browser, address, wide):
    browser.size(390, 800)
    browser.send(
        "Emulation.setDeviceMetricsOverride", width=390, height=800, deviceScaleFactor=3, mobile=True
    )
    open_library(browser, address, "?kind=background&size=large")
    assert browser.evaluate("document.getElementById('wall').offsetHeight * devicePixelRatio") < MOST_PIXELS
    kept = []
    for places in (range(1, 12), range(3, 33)):
        for place in places:
            browser.evaluate(f"scrollTo(0, document.documentElement.scrollHeight * {place % 12} / 12)")
            browser.wait_for("!document.querySelector('#wall li a:not([href])')")
        browser.send("HeapProfiler.collectGarbage")
        kept.append(browser.send("Memory.getDOMCounters"))
    assert kept[1]["nodes"] < 1.2 * kept[0]["nodes"]
    assert kept[1]["jsEventListeners"] < MOST_LISTENERS
    browser.evaluate("scrollTo(0, 0); document.querySelector('#wall a').focus()")
    press(browser, "End")
    assert browser.wait_for(f"{PLACE} === '{WIDE}' && {SEEN % WIDE}")
    assert browser.evaluate(NODES) < MOST_NODES


def test_a_picture_that_cannot_be_shown_is_a_word_in_the_first_tiles_too(opened):
    opened.wait_for("document.querySelectorAll('#wall .absent').length > 10")
    assert (
        opened.evaluate(
            "performance.getEntriesByType('resource').filter(({name}) => name.includes('/catalogue?'))"
        )
        == []
    )


def test_a_wall_above_the_limit_of_browsers_is_mapped_and_small_steps_stay_one_to_one(browser, address):
    browser.open(f"{address}ui/icon.svg")
    found = browser.evaluate(
        f"""import('{address}ui/scroll-map.js').then(({{ ScrollMap }}) => {{
          const map = new ScrollMap(1000);
          map.resize(10000, 100);
          const seen = [0, 450, 500, 900, 950, -30].map((scroll) => map.move(scroll));
          return [map.height, ...seen, map.show(4950), map.move(560), map.show(9900), map.move(900)];
        }})"""
    )
    assert found == [1000, 0, 4950, 5000, 9900, 9950, -30, 450, 5060, 900, 9900]


def left(roots, names):
    return [name for name in names if (roots["assets"] / name).exists()]


def press(browser, key, shift=False):
    codes = {"Home": 36, "End": 35, "ArrowLeft": 37, "ArrowRight": 39, "ArrowDown": 40, " ": 32}
    keyed = {"key": key, "windowsVirtualKeyCode": codes[key], "modifiers": 8 * shift}
    for kind in ("keyDown", "keyUp"):
        browser.send("Input.dispatchKeyEvent", type=kind, **keyed)


def scrolled_in_time(browser, place):
    """Scroll by a finger; answers whether the machine was quick enough for it not to be held."""
    began = time.monotonic()
    finger(browser, "touchStart", place)
    finger(browser, "touchMove", [place[0], place[1] - 20])
    is_quick = time.monotonic() - began < HOLD / 2
    for step in range(2, 12):
        finger(browser, "touchMove", [place[0], place[1] - 20 * step])
    browser.wait_for(f"scrollY > 50 || {BAR}")
    finger(browser, "touchEnd")
    return is_quick


def finger(browser, kind, place=None):
    points = [{"x": place[0], "y": place[1]}] if place else []
    browser.send("Input.dispatchTouchEvent", type=kind, touchPoints=points)
