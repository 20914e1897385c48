"""The wall on any day by keyboard: a day is chosen by the slider, and the library goes back to it."""

import json

import pytest

from tests.api.test_days import ALIEN, days, history
from tests.browser.axe import all_rules, findings
from tests.browser.visiting import FITS, sign_in_as_told, sign_in_to, text_of
from tests.driving import row
from tests.live_server import RunningServer
from tests.trees import catalogue

__all__ = ["days", "history"]

pytestmark = pytest.mark.slow

NOTICE = "document.getElementById('notice-text').textContent"
TILES = "document.querySelectorAll('.day-wall li').length"
READY = "document.getElementById('differing')?.textContent !== ''"


def test_a_day_is_chosen_by_keys_and_what_is_selected_goes_back(browser, address, machine, days):
    catalogue(machine)
    sign_in_to(browser, address, "server/library/days")
    browser.wait_for(f"{READY} && !document.getElementById('over-time').hidden")
    assert (
        "UTC" not in text_of(browser, "#day")
        and browser.evaluate("document.getElementById('day').value") == days[1]
    )
    browser.evaluate("document.getElementById('days-slider').focus()")
    browser.press("ArrowLeft")
    browser.wait_for(f"document.getElementById('day-part').dataset.day === {days[0]!r} && {READY}")
    assert days[0] in browser.evaluate("location.search")
    assert findings(browser, all_rules(browser)) == []
    assert browser.evaluate("document.getElementById('days-slider').getAttribute('aria-valuetext')")
    assert text_of(browser, "#differing") == "5" and "New since: 1" in text_of(browser, "#day-counts")
    browser.click(f"[data-path={json.dumps(ALIEN)}] [data-pick]")
    browser.wait_for("document.getElementById('back-chosen').disabled === false")
    browser.click("#back-chosen")
    browser.wait_for("document.getElementById('going-back').open")
    assert ": 1" in text_of(browser, "#going-back-title")
    for width in (1440, 820, 390):
        browser.size(width, 800)
        assert browser.evaluate(FITS), width
    browser.click("#going-back-do")
    browser.wait_for(f"{NOTICE}.includes('go back')")
    run = row(machine, 1)
    assert (run.mode, run.arguments) == ("undo", [days[0], "-After", "-Only", json.dumps([ALIEN])])


def test_what_a_person_chose_since_is_named_before_it_is_replaced(browser, address, machine, days):
    sign_in_to(browser, address, "server/library/days")
    browser.open(f"{address}server/library/days?show=changed&day={days[0]}")
    browser.wait_for(f"{READY} && document.getElementById('back-all').disabled === false")
    browser.click("#back-all")
    browser.wait_for("document.getElementById('going-back').open")
    assert "Up/poster.jpg" in text_of(browser, "#hand-paths") and ": 5" in text_of(
        browser, "#going-back-title"
    )
    for scheme in ("light", "dark"):
        browser.prefer(scheme)
        browser.wait_for("document.getAnimations().every((each) => each.playState !== 'running')")
        assert findings(browser, all_rules(browser)) == []
    browser.click("#keep-by-hand")
    browser.wait_for("document.getElementById('going-back-title').textContent.endsWith(': 4')")
    assert "chosen by hand since: 1" in text_of(browser, "#going-back-left")
    browser.press("Escape")
    browser.wait_for("!document.getElementById('going-back').open")


def test_a_show_goes_back_by_a_run_and_forth_by_its_undo(browser, tmp_path):
    with RunningServer(tmp_path / "data", DEMO="on") as server:
        sign_in_as_told(browser, server)
        browser.open(f"{server.address}/server/library?kind=poster")
        browser.wait_for("!!document.querySelector('#wall li a[href*=poster]')", 60)
        browser.click("#wall li a[href*=poster]")
        browser.wait_for("document.getElementById('do-redraw')?.disabled === false", 30)
        browser.click("#do-text")
        browser.wait_for("document.activeElement.id === 'text-new'")
        browser.type("#text-new", "Another day")
        browser.click("#texting .primary")
        browser.wait_for(f"{NOTICE}.includes('later runs keep')", 60)
        browser.open(f"{server.address}/server/library/days?show=changed")
        browser.wait_for(f"{TILES} === 1 && document.getElementById('back-all')?.disabled === false", 30)
        browser.click("#back-all")
        browser.wait_for("document.getElementById('going-back-do')?.disabled === false")
        browser.click("#going-back-do")
        browser.wait_for(f"{NOTICE} === 'The pictures are as they were on that day.' && {TILES} === 0", 60)
        browser.click("#notice-action")
        browser.wait_for(f"{TILES} === 1", 60)
