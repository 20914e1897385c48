"""The real application behind a real socket, and a browser in front of it."""

import os
import threading
from contextlib import closing

import pytest
from werkzeug.serving import make_server

from tests.browser.chromium import PROGRAM, Chromium


@pytest.fixture(scope="session")
def chromium():
    if PROGRAM is None:
        pytest.skip("Chromium is not installed.")
    browser = Chromium()
    yield browser
    browser.close()


@pytest.fixture
def browser(chromium):
    """A desktop window with nothing open; a test that leaves complaints of the page behind fails."""
    chromium.open("about:blank")
    chromium.size(1280, 900)
    chromium.prefer("light")
    chromium.send("Network.clearBrowserCookies")
    chromium.events.clear()
    yield chromium
    complaints = chromium.complaints()
    chromium.open("about:blank")
    assert not complaints


@pytest.fixture
def serve():
    """Serve an application on a free port; the answer is its address."""
    running = []

    def start(app) -> str:
        server = make_server("127.0.0.1", 0, closing_answers(app), threaded=True)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.port}/"

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


def closing_answers(app):
    """The application with answers that close their files where a browser resets a connection.

    Werkzeug's server reads what is left of the request before it closes an answer, and does not close it
    where that read fails.
    """

    def answer(environ, start_response):
        with closing(app(environ, start_response)) as parts:
            yield from parts

    return answer


@pytest.fixture
def address(app, serve) -> str:
    """The application is told that a worker leads, which is a problem where none does."""
    machine = app.extensions["machine"]
    machine.state.publish(leader={"pid": os.getpid()})
    return serve(app)
