"""The page of the system, as an administrator uses it."""

import os
import time
import zipfile

import pytest

from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.conftest import KEY

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

READY = "document.getElementById('check')?.disabled === false"


def downloaded(folder, seconds=60):
    end = time.monotonic() + seconds
    while not (found := list(folder.glob("*.zip"))):
        assert time.monotonic() < end, list(folder.iterdir())
        time.sleep(0.05)
    return found[0]


def test_help_is_gathered_messages_tried_and_the_journal_checked_and_repaired(
    browser, address, machine, tmp_path
):
    (machine.paths.logs / "Scriptlog.log").write_text(f"asked with {KEY}\n")
    browser.send("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    sign_in_to(browser, address, "server/system")
    browser.wait_for(READY)
    for width in (1440, 820, 390):
        browser.size(width, 700)
        assert browser.evaluate(FITS), width
    browser.click("#message")
    browser.wait_for("document.querySelector('#message-answer li b.no') !== null", patience=60)
    assert "set one in the settings" in text_of(browser, "#message-answer")
    check_that_the_journal_is_repaired(browser, machine)
    browser.click("#support button")
    browser.wait_for("document.getElementById('support-answer').innerText !== ''")
    with zipfile.ZipFile(downloaded(tmp_path)) as made:
        texts = [made.read(name) for name in made.namelist()]
    assert not any(KEY.encode() in text for text in texts) and any(b"asked with" in text for text in texts)
    browser.wait_for("document.getElementById('support-answer').innerText.includes('.zip')")


def check_that_the_journal_is_repaired(browser, machine):
    machine.paths.engine.mkdir(exist_ok=True)
    begun = machine.paths.engine / ".picture.jpg.part"
    begun.write_bytes(b"half")
    os.utime(begun, (1, 1))
    browser.click("#check")
    browser.wait_for("document.getElementById('doctor-answer').innerText.includes('1 fault is left')", 60)
    assert begun.exists() and "Half-written files: 1" in text_of(browser, "#doctor-answer")
    browser.click("#repair")
    browser.wait_for("document.getElementById('repairing').open")
    assert browser.evaluate("document.activeElement.value") == ""  # Enter changes nothing
    browser.click("#repairing [value=repair]")
    browser.wait_for("document.getElementById('doctor-answer').innerText.includes('Repaired: 1')", 60)
    assert not begun.exists() and browser.evaluate("document.getElementById('repair').hidden")
