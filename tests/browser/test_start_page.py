"""The pages of the first start, as a person uses them: typed, mended, reloaded, walked by keyboard."""

from dataclasses import replace

import pytest

from app.core.first_start.draft import change_draft, stored_draft
from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.doubles.loopback import serving
from tests.doubles.media_jellyfin import TOKEN, MediaJellyfin
from tests.doubles.media_world import small_media
from tests.driving import eventually, rows

pytestmark = pytest.mark.slow

SAID = "document.getElementById('result').innerText"


@pytest.fixture
def jellyfin():
    with serving(MediaJellyfin(small_media())) as double:
        yield double


def at(browser, step):
    browser.wait_for(f"location.search === '?step={step}' && document.readyState === 'complete'")


def test_what_is_typed_is_tested_mended_and_outlasts_back_reload_and_a_closed_tab(
    browser, address, machine, jellyfin
):
    change_draft(machine.paths, lambda draft: replace(draft, leads=True))
    sign_in_to(browser, address, "server/keys")
    browser.open(address)
    browser.wait_for("location.pathname.endsWith('/server/start')")
    browser.click("[value=jellyfin]")
    browser.type("#jellyfin-url", f"{jellyfin.url.removeprefix('http://')}/web/")
    browser.wait_for(f"{SAID}.includes('Now the key')")
    assert jellyfin.url in text_of(browser, "#result") and "was missing" in text_of(browser, "#result")
    browser.type("#jellyfin-key", "wrong")
    browser.wait_for(f"{SAID}.includes('refuses the key')")
    assert browser.evaluate("document.getElementById('jellyfin-url').value") == jellyfin.url
    browser.evaluate("document.getElementById('jellyfin-key').value = ''")
    browser.type("#jellyfin-key", TOKEN)
    browser.wait_for(f"{SAID}.includes('Connected to double')")
    browser.press("Enter")
    at(browser, "keys")
    browser.type("#fanart", "half-typed")
    browser.evaluate("location.assign('start?step=libraries')")  # before it is tested
    at(browser, "libraries")
    eventually(lambda: stored_draft(machine.paths).entry("fanart") == "half-typed")
    browser.click("[value='TV Shows']")
    browser.wait_for("document.getElementById('ticked').innerText.startsWith('Ticked: 1')")
    browser.evaluate("history.go(-2)")
    browser.wait_for("document.getElementById('jellyfin-url')?.value.startsWith('http')")
    browser.evaluate("window.isOld = true; location.reload()")
    browser.wait_for("!window.isOld && document.readyState === 'complete'")
    assert "Connected to double" in text_of(browser, "#result")
    assert browser.evaluate("document.getElementById('jellyfin-key').value") == ""
    browser.open(f"{address}server/start?step=libraries")
    assert browser.evaluate("document.querySelector('[value=\"TV Shows\"]').checked") is False
    assert rows(machine) == []


def test_each_step_is_walked_by_keyboard_and_fits_a_phone(browser, address, machine, tmp_path):
    small_media().lay_out(tmp_path / "media")
    sign_in_to(browser, address, "server/start")
    browser.size(390, 600)
    browser.evaluate("document.querySelector('[value=plex]').focus()")
    for _ in range(3):
        browser.press("ArrowRight")
    browser.wait_for("document.getElementById('folder').checkVisibility()")
    browser.type("#folder", str(tmp_path / "media"))
    browser.wait_for(f"{SAID}.includes('Libraries found: 2')")
    for step in ("keys", "libraries", "design", "first"):
        assert browser.evaluate(FITS), step
        browser.evaluate("document.getElementById('next').focus()")
        browser.press("Enter")
        at(browser, step)
    assert browser.evaluate(FITS)
    browser.evaluate("document.getElementById('begin').focus()")
    browser.press("Enter")
    browser.wait_for("document.getElementById('first-run').innerText.includes('waits')")
    assert [run.arguments for run in rows(machine)] == [["-First", "6"]]
    assert browser.evaluate(FITS)
