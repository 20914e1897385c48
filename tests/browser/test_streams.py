"""Streams in a browser: as the existing page opens them after its own sign-in, and across a restart."""

import signal

import pytest

from tests.live_server import KEY, RunningServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

# What the existing page does: its login goes with each call, and with no socket.
SIGN_IN = f"""
fetch('/api/status', {{headers: {{Authorization: 'Basic ' + btoa('any:{KEY}')}}}}).then(answer => answer.ok)
"""
FOLLOW = """
window.lines = []; window.ends = [];
window.log = new WebSocket(`ws://${location.host}/ws/logs?log_file=Scriptlog.log`);
log.onmessage = message => lines.push(JSON.parse(message.data).content);
log.onclose = end => ends.push([end.code, end.wasClean]);
window.kinds = []; window.stream = new EventSource('/api/events');
const keep = event => kinds.push(event.type);
for (const kind of ['connected', 'reset', 'run_queued']) stream.addEventListener(kind, keep);
"""


def test_the_existing_page_follows_a_log_and_learns_that_it_has_to_connect_again(browser, tmp_path):
    data = tmp_path / "data"
    with RunningServer(data) as server:
        browser.open(f"{server.address}/ping")
        assert browser.evaluate(SIGN_IN)
        browser.evaluate(FOLLOW)
        browser.wait_for("log.readyState === 1 && kinds.length")
        with (data / "Logs" / "Scriptlog.log").open("a") as file:
            file.write("[2026-11-23 16:34:18] [INFO]    |L.83  | Grüße\n")
        server.post("/api/run/testing")
        browser.wait_for("lines.length && kinds.includes('run_queued')")
        assert browser.evaluate("lines[0]") == "[2026-11-23 16:34:18] [INFO]    |L.83  | Grüße"
        server.stop(signal.SIGTERM)
        # A clean end would be the last: the existing page connects again after an unclean one only.
        assert browser.wait_for("ends[0]") == [1006, False]
    with RunningServer(data, APP_PORT=server.port):
        browser.wait_for("kinds.includes('reset')", patience=30)
    browser.evaluate("stream.close()")
    browser.events.clear()  # that the server was away is a complaint of the browser
