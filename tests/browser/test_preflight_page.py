"""The page of the preflight, as a person uses it."""

import json

import pytest

from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.driving import eventually, rows
from tests.poster.program import make_picture
from tests.ui.test_preflight_page import make_title, make_titles

pytestmark = pytest.mark.slow


def test_a_preflight_is_asked_for_with_another_setting_by_keyboard_and_the_last_one_fits_a_phone(
    browser, address, machine
):
    settings = {"PlexPart": {"UsePlex": "true"}, "PosterOverlayPart": {"minPointSize": "80"}}
    machine.config.path.write_text(json.dumps(settings))
    make_titles(machine, make_title("W" * 200, truncated=True, lines=[["W" * 200]]), make_title("Alien"))
    make_picture(machine.paths.engine / "preflight" / "sheet.jpg", (1600, 900))
    sign_in_to(browser, address, "server/preflight")
    browser.wait_for("document.querySelector('.sheet img').naturalWidth === 1600")
    for width in (1440, 820, 390):
        browser.size(width, 800)
        assert browser.evaluate(FITS), width
    browser.wait_for("!document.querySelector('#preflight button').disabled")
    browser.evaluate(
        "const s = document.querySelector('[name=setting]'); s.selectedIndex = 1;"
        "s.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    browser.type("[name=value]", "60")
    browser.wait_for("document.getElementById('price').innerText === 'No picture changes'")
    browser.press("Enter")
    run = eventually(lambda: next((run for run in rows(machine) if run.mode == "preflight"), None))
    assert run.arguments == ["-Changed", '{"PosterOverlayPart": {"minPointSize": "60"}}']
    browser.wait_for("document.getElementById('running').innerText.includes('waits for another run')")
    assert "1 of the hardest pictures lose" in text_of(browser, "#found")
