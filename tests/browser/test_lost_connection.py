"""A connection that is lost during a run is said soon, and afterwards all is as if it had not been."""

import os
import re
import signal
from contextlib import contextmanager

import pytest

from tests.browser.visiting import sign_in_to
from tests.driving import script
from tests.live_server import KEY, RunningServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

LOST = "!document.getElementById('lost').hidden && !!document.getElementById('lost-since').dateTime"
FOUND = "document.getElementById('lost').hidden && document.querySelectorAll('.old').length === 0"
IS_OLD = "document.querySelector('.moving').closest('.old') !== null"
DONE = "document.querySelector('.moving progress').value"
STARTED = "document.querySelector('.moving progress')?.max > 1"
LINES = "[...document.querySelectorAll('#lines li[id]')].map((line) => Number(line.id))"
LAST_LINE = "Math.max(...[...document.querySelectorAll('#lines li[id]')].map((line) => line.dataset.end))"
# A person is to know within five seconds; a busy machine gets some more.
SOON = 9


@contextmanager
def silent(server):
    """The server is as silent as a network that is gone."""
    os.killpg(server.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(server.process.pid, signal.SIGCONT)


def test_each_page_of_a_run_says_that_the_connection_is_lost_and_goes_on_by_itself(browser, tmp_path):
    settings = {"POSTER_SCRIPT": script("obedient"), "FAKE_SECONDS": 240, "FAKE_STEPS": 2400}
    with RunningServer(tmp_path / "data", **settings) as server:
        sign_in_to(browser, f"{server.address}/", "server/runs", KEY)
        assert server.post("/api/run/testing").ok
        for page in ("server", "server/runs", "server/runs/1"):
            browser.open(f"{server.address}/{page}")
            browser.wait_for(STARTED, patience=30)
            browser.evaluate("window.isSame = true")
            with silent(server):
                browser.wait_for(LOST, patience=SOON)
                assert browser.evaluate(IS_OLD), page
                before = browser.evaluate(DONE)
            browser.wait_for(f"{FOUND} && {DONE} > {before}", patience=30)
            assert browser.evaluate("window.isSame && document.querySelectorAll('.moving').length === 1"), (
                page
            )
        follow_the_log(browser, server, tmp_path / "data" / "Logs" / "Testinglog.log")
        assert server.post("/api/stop", json={}).status_code < 500
        browser.open("about:blank")
    browser.events.clear()  # that the server was away is a complaint of the browser


def follow_the_log(browser, server, log):
    browser.open(f"{server.address}/server/logs?log={log.name}")
    browser.wait_for("!!document.querySelector('.windowed')")
    browser.evaluate("window.isSame = true")
    with silent(server):
        browser.wait_for(LOST, patience=SOON)
        with log.open("a") as file:
            file.write("".join(f"a line that was missed {number}\n" for number in range(50)))
        end = log.stat().st_size
    browser.wait_for(f"{FOUND} && {LAST_LINE} >= {end}", patience=30)
    places = browser.evaluate(LINES)
    assert places == sorted(set(places)) and browser.evaluate("window.isSame")
    words = browser.evaluate("document.getElementById('lines').innerText")
    assert re.findall(r"that was missed (\d+)$", words, re.MULTILINE) == [str(number) for number in range(50)]
