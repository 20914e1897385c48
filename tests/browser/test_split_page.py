"""The split wall, as a person pulls its handle; each design draws its own colour here."""

import json

import pytest
from flask import Response, request
from PIL import Image
from sqlalchemy import select

from app.core.catalogue.table import COLUMNS, NAMES, publish_entries, write_catalogue
from tests.api.test_assets import roots
from tests.browser.test_library_page import catalogued
from tests.browser.visiting import FITS, sign_in_to
from tests.driving import eventually
from tests.pictures import make_picture
from tests.trees import catalogue, make_image

__all__ = ["roots"]

pytestmark = pytest.mark.slow

COLORS = {"present": (200, 30, 30), "classic": (30, 160, 40), "minimal": (40, 60, 220)}
SEEN = """[...document.querySelectorAll('#wall li')].filter((one) => {
  const { top, bottom } = one.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
})"""
DRAWN = f"{SEEN}.every((one) => one.querySelectorAll('[data-state=ready]').length === 2)"
SHARE = "document.getElementById('grip').getAttribute('aria-valuenow')"
GRIP = """(() => {
  const { left, top, width, height } = document.getElementById('grip').getBoundingClientRect();
  return [left + width / 2, top + height / 2];
})()"""
WALL = """(() => {
  const { left, width } = document.getElementById('wall').getBoundingClientRect();
  return [left, width, document.querySelector('.layers').getBoundingClientRect().top];
})()"""
MOST_NODES, FILMS = 3000, 600
PRESS = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: %r, bubbles: true }))"


@pytest.fixture
def films(machine, roots):
    """One real picture, and rows of the catalogue for hundreds more."""
    make_image(roots["assets"], "Movies/Aardvark (2000)/poster.jpg", make_picture((20, 30)))
    catalogue(machine)
    with machine.database.writing() as session:
        row = dict(zip(NAMES, session.execute(select(*COLUMNS)).one(), strict=True))
        write_catalogue(session, [], [catalogued(row, number) for number in range(1, FILMS)])
        publish_entries(session)


@pytest.fixture
def asked(app, monkeypatch):
    """The (design, asset) of each drawing that was asked for, in place of the engine."""
    found = []

    def draw(design):
        found.append((design, request.args["asset"]))
        return Response(make_picture((20, 30), COLORS[design]), mimetype="image/jpeg")

    monkeypatch.setitem(app.view_functions, "previews.draw_design", draw)
    return found


@pytest.fixture
def wall(browser, address, films, asked):
    sign_in_to(browser, address, "server/designs/split")
    browser.wait_for(DRAWN)
    return browser


def color_at(browser, tmp_path, share):
    """The nearest design by the colour at that share of the wall's width, in the first row."""
    left, width, top = browser.evaluate(WALL)
    browser.screenshot(tmp_path / "wall.png")
    seen = (
        Image.open(tmp_path / "wall.png")
        .convert("RGB")
        .getpixel((round(left + width * share), round(top + 40)))
    )
    return min(COLORS, key=lambda name: sum(abs(a - b) for a, b in zip(COLORS[name], seen, strict=True)))


def drag(browser, share, kind="mouse"):
    (x, y), (left, width, _) = browser.evaluate(GRIP), browser.evaluate(WALL)
    for step in range(6):
        place = {"x": x + (left + width * share - x) * step / 5, "y": y}
        if kind == "mouse":
            action = "mouseMoved" if step else "mousePressed"
            browser.send(
                "Input.dispatchMouseEvent", type=action, button="left", buttons=1, clickCount=1, **place
            )
        else:
            action = "touchMove" if step else "touchStart"
            browser.send("Input.dispatchTouchEvent", type=action, touchPoints=[place])
    if kind == "mouse":
        browser.send("Input.dispatchMouseEvent", type="mouseReleased", button="left", clickCount=1, **place)
    else:
        browser.send("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])


def test_the_left_is_of_one_design_and_the_right_of_the_other_wherever_the_handle_is(wall, tmp_path):
    assert wall.evaluate(SHARE) == "50"
    assert [color_at(wall, tmp_path, at) for at in (0.1, 0.45, 0.55, 0.9)] == [
        *["present"] * 2,
        *["classic"] * 2,
    ]
    drag(wall, 0.25)
    wall.wait_for(f"{SHARE} === '25'")
    assert [color_at(wall, tmp_path, at) for at in (0.1, 0.3, 0.9)] == ["present", "classic", "classic"]
    drag(wall, 0.75, "touch")
    wall.wait_for(f"{SHARE} === '75'")
    assert [color_at(wall, tmp_path, at) for at in (0.1, 0.7, 0.9)] == ["present", "present", "classic"]
    x, y = wall.evaluate(GRIP)
    for count in (1, 2):
        for action in ("mousePressed", "mouseReleased"):
            wall.send("Input.dispatchMouseEvent", type=action, button="left", clickCount=count, x=x, y=y)
    wall.wait_for(f"{SHARE} === '50'")


def test_no_layout_is_made_while_the_handle_moves(wall):
    wall.send("Performance.enable")
    before = layouts(wall)
    for share in (0.2, 0.8, 0.35):
        drag(wall, share)
        wall.wait_for(f"{SHARE} === '{share * 100:.0f}'")
    # One is left for what the page itself does meanwhile.
    assert layouts(wall) - before <= 1


def layouts(browser):
    metrics = browser.send("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in metrics if each["name"] == "LayoutCount")


def test_keys_move_the_handle_and_say_where_it_is(wall):
    wall.evaluate("document.getElementById('grip').focus()")
    for key, share in (
        ("ArrowLeft", 49),
        ("PageUp", 59),
        ("End", 100),
        ("ArrowRight", 100),
        ("Home", 0),
        ("Enter", 50),
    ):
        wall.evaluate(PRESS % key)
        assert wall.evaluate(SHARE) == str(share), key
    assert "The present settings on the left 50 %" in wall.evaluate(
        "document.getElementById('grip').getAttribute('aria-valuetext')"
    )


def test_only_what_is_seen_is_drawn_and_the_document_stays_small(wall, asked):
    first, seen = len(asked), wall.evaluate(f"{SEEN}.length")
    assert 2 * seen <= first <= 3 * seen
    wall.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    wall.wait_for(f"document.querySelector('#wall li b').textContent.trim() && {DRAWN}")
    assert len(asked) - first <= 4 * seen
    assert wall.evaluate("document.querySelectorAll('*').length") < MOST_NODES
    wall.size(390, 844)
    assert wall.wait_for(DRAWN) and wall.evaluate(FITS)
    assert wall.evaluate("document.querySelectorAll('*').length") < MOST_NODES


def test_another_design_is_drawn_at_once_and_stands_in_the_address(wall, asked, tmp_path):
    change = "const f = document.querySelector('[name=%s]'); f.value = '%s';"
    wall.evaluate(
        f"(() => {{ {change % ('b', 'minimal')} f.dispatchEvent(new Event('change', {{bubbles: true}})) }})()"
    )
    wall.wait_for(f"location.search.includes('b=minimal') && {DRAWN}")
    assert color_at(wall, tmp_path, 0.9) == "minimal" and color_at(wall, tmp_path, 0.1) == "present"
    wall.click("#swap")
    wall.wait_for(f"location.search.includes('a=minimal') && {DRAWN}")
    assert color_at(wall, tmp_path, 0.1) == "minimal" and color_at(wall, tmp_path, 0.9) == "present"


def test_a_design_is_taken_and_taken_back(wall, machine):
    before = json.loads(machine.paths.config.read_text())
    assert wall.evaluate("document.querySelector('[data-take=a]').disabled")
    wall.click("[data-take=b]")
    wall.wait_for("!document.getElementById('taken').hidden")
    assert eventually(lambda: json.loads(machine.paths.config.read_text()) != before)
    wall.click("#notice-action")
    wall.wait_for("document.getElementById('taken').hidden")
    after = json.loads(machine.paths.config.read_text())
    assert all(after[section][key] == value for section in before for key, value in before[section].items())
