"""From a fresh data folder to sample posters with one click, on the server as people start it."""

import pytest

from tests.browser.visiting import SEEN_IMAGES, sign_in_as_told, text_of
from tests.live_server import RunningServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

FIRST_RUN = "document.querySelector('#history li')?.className"


@pytest.fixture
def server(data):
    with RunningServer(data) as server:
        yield server


def test_one_click_and_sample_posters_lie_in_the_folder_and_the_run_in_the_history(browser, server, data):
    sign_in_as_told(browser, server)
    browser.wait_for("document.getElementById('samples').innerText.includes('No samples yet')")
    browser.click("[data-run=testing]")
    browser.wait_for("document.getElementById('notice-text').innerText === 'Sample posters: started.'")
    browser.wait_for(f"{FIRST_RUN} === 'completed'", patience=90)
    files = {path.name for path in (data / "test").iterdir()}
    assert {"posterShortText.jpg", "SeasonPosterShortText.jpg", "TitleCardLongTextCAPS.jpg"} <= files
    browser.size(1280, 6000)
    browser.wait_for(f"{SEEN_IMAGES} === {len(files)}", patience=60)
    assert browser.evaluate("document.querySelector('#samples img').naturalWidth") == 2000
    assert "Sample posters" in text_of(browser, "#history li")
    assert f"{len(files)} images" in text_of(browser, "#history li")
    assert "Sample posters done today" in text_of(browser, "#status-detail")


def test_a_failure_is_told_once_and_never_below_ready(browser, server):
    assert server.post("/api/run/normal").status_code == 200
    sign_in_as_told(browser, server)
    browser.wait_for(f"{FIRST_RUN} === 'failed'", patience=60)
    browser.wait_for("document.getElementById('status-title').innerText === 'Full run failed'")
    assert browser.evaluate("document.getElementById('lamp').className") == "lamp bad"
    assert browser.words().count("No source of films and shows is set: set UsePlex") == 1
    assert "No source" in text_of(browser, "#status-detail")
    assert not browser.evaluate("document.querySelector('#history .reason')")
    assert text_of(browser, "#notice-text") == ""
    browser.click("[data-run=testing]")
    browser.wait_for("document.getElementById('status-title').innerText === 'Ready'", patience=90)
    assert "No source" in text_of(browser, "#history .reason")


def test_a_run_that_ended_without_its_picture_tells_why(browser, server, data):
    (data / "uploads" / "broken.png").write_text("no picture")
    form = {"picturePath": "broken.png", "titletext": "x", "folderName": "x (2020)", "libraryName": "Movies"}
    assert server.post("/api/run-manual", json=form).status_code == 200
    sign_in_as_told(browser, server)
    browser.wait_for(f"{FIRST_RUN} === 'failed'", patience=60)
    browser.wait_for("document.getElementById('status-title').innerText === 'Single poster failed'")
    assert "cannot be decoded" in text_of(browser, "#status-detail")


def test_a_waiting_run_is_told_and_can_be_cancelled(browser, server):
    sign_in_as_told(browser, server)
    browser.click("[data-run=testing]")
    browser.wait_for("document.getElementById('notice-text').innerText.includes('started')")
    browser.click("[data-run=testing]")
    browser.wait_for("document.getElementById('notice-text').innerText.includes('waiting for another run')")
    browser.click("#history button[data-key^=cancel]")
    browser.wait_for("document.getElementById('notice-text').innerText.includes('cancelled')")
    browser.wait_for("document.querySelector('#history li.skipped') !== null")


def test_stop_ends_the_run_and_the_history_says_so(browser, server):
    sign_in_as_told(browser, server)
    browser.click("[data-run=testing]")
    browser.wait_for("!document.getElementById('stop').hidden")
    browser.click("#stop")
    browser.wait_for(f"{FIRST_RUN} === 'stopped'", patience=40)
    browser.wait_for("document.getElementById('status-title').innerText === 'Ready'")
