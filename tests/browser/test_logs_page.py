"""The page of the logs, as a person uses it: a large log, one that grows, and a lost connection."""

import os
import signal
import time
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.live_server import KEY, RunningServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

BEGAN = datetime(2026, 11, 1)
NODES = "document.querySelectorAll('*').length"
READY = "!!document.querySelector('.windowed')"
SHOWN = (
    "[...document.querySelectorAll('#lines li[id]')].map((line) => line.innerText.match(/Film (\\d+)/)[1])"
)
LOST, FOUND = "!document.getElementById('lost').hidden", "document.getElementById('lost').hidden"
FIRST, LAST = "document.querySelector('#lines li').innerText", "document.querySelector('#lines').innerText"

AT_END = """(({ scrollTop, clientHeight, scrollHeight }) => scrollHeight - scrollTop - clientHeight < 8)(
  document.getElementById("log"))"""


def make_lines(first, last, level="INFO") -> bytes:
    return b"".join(
        f"[{BEGAN + timedelta(seconds=number)}] [{level}]    |L.1   | Film {number} was drawn\n".encode()
        for number in range(first, last)
    )


@contextmanager
def opened(browser, tmp_path, content, query="log=Scriptlog.log", name="Scriptlog.log"):
    """(server, path of the log) with the page of the log open."""
    with RunningServer(tmp_path / "data") as server:
        path = tmp_path / "data" / "Logs" / name
        path.write_bytes(content)
        sign_in_to(browser, f"{server.address}/", "server/logs", KEY)
        browser.open(f"{server.address}/server/logs?{query}")
        browser.wait_for(READY)
        yield server, path
        browser.open("about:blank")
    browser.events.clear()  # that a server was away is a complaint of the browser


def key(browser, name):
    browser.evaluate(
        f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: {name!r}, bubbles: true}}))"
    )


def test_a_log_of_thirty_megabytes_is_walked_through_with_few_nodes(browser, tmp_path):
    content = make_lines(0, 2500) * 200
    content = content + make_lines(2500, 2600, "ERROR")
    assert len(content) > 30_000_000
    with opened(browser, tmp_path, content) as (server, path):
        browser.wait_for(f"{LAST}.includes('Film 2599 ')")
        assert browser.evaluate(NODES) < 1000
        key(browser, "Home")
        browser.wait_for(f"{FIRST}.includes('Film 0 ')")
        for _ in range(6):  # to the end of what was loaded, where more is loaded
            before = browser.evaluate("document.querySelector('#lines').lastElementChild.id")
            browser.evaluate("document.getElementById('log').scrollTop = 1e9")
            browser.wait_for(f"document.querySelector('#lines').lastElementChild.id !== {before!r}")
        assert browser.evaluate(NODES) < 1000
        shown = list(map(int, browser.evaluate(SHOWN)))
        assert shown == list(range(shown[0], shown[0] + len(shown))) and shown[0] > 100
        before = browser.evaluate("document.querySelector('#lines li').id")
        browser.evaluate("document.getElementById('log').scrollTop = 0")
        browser.wait_for(f"document.querySelector('#lines li').id !== {before!r}")
        shown = list(map(int, browser.evaluate(SHOWN)))
        assert shown == list(range(shown[0], shown[0] + len(shown)))
        key(browser, "End")
        browser.wait_for(f"{LAST}.includes('Film 2599 ') && document.getElementById('log').scrollTop > 1000")
        for width in (1440, 820, 390):
            browser.size(width, 700)
            assert browser.evaluate(FITS), width
        browser.open(f"{server.address}/server/logs?log=Scriptlog.log&text=film+77+was")
        browser.wait_for("document.querySelectorAll('#lines li').length >= 20")
        assert set(browser.evaluate(SHOWN)) == {"77"}
        browser.click("#lines li:nth-child(3) a")
        browser.click("#context")
        browser.wait_for("document.querySelector('#lines .current')?.innerText.includes('Film 77 ')")
        browser.wait_for("document.querySelectorAll('#lines li').length > 100")
        browser.wait_for("scrollY === 0")
        with path.open("ab") as file:
            file.write(make_lines(3000, 3002))
        browser.wait_for("document.getElementById('fresh').innerText.includes('2 new')")


def test_the_line_that_is_read_stays_while_others_come_and_none_is_lost_or_doubled(browser, tmp_path):
    content = make_lines(0, 1000)
    place = content.index(b"Film 900 ")
    query = f"log=Scriptlog.log&at={place}"
    with opened(browser, tmp_path, content, query) as (server, path):
        browser.wait_for("document.querySelector('#lines .current')?.innerText.includes('Film 900 ')")
        read = "document.querySelector('#lines .current').getBoundingClientRect().top"
        browser.wait_for("document.querySelectorAll('#lines li').length > 100")
        before = browser.evaluate(read)
        with path.open("ab", buffering=0) as file:
            for number in range(1000, 1200, 10):  # a hundred lines a second
                file.write(make_lines(number, number + 10))
                time.sleep(0.1)
            browser.wait_for("document.getElementById('fresh').innerText.includes('200 ')")
            assert browser.evaluate(read) == before
            os.killpg(server.process.pid, signal.SIGSTOP)  # silent, as a network that is gone
            try:
                browser.wait_for(LOST, patience=6)
                file.write(make_lines(1200, 1300))
            finally:
                os.killpg(server.process.pid, signal.SIGCONT)
            browser.wait_for(f"{FOUND} && document.getElementById('fresh').innerText.includes('300 ')")
            assert browser.evaluate(read) == before and browser.evaluate(NODES) < 1000
            browser.click("#fresh")
            browser.wait_for(f"{LAST}.includes('Film 1299 ') && document.getElementById('fresh').hidden")
            file.write(make_lines(1300, 1350))
            browser.wait_for(f"{LAST}.includes('Film 1349 ')")
        shown = list(map(int, browser.evaluate(SHOWN)))
        assert shown == list(range(1350 - len(shown), 1350)) and len(shown) > 200
        assert browser.evaluate(AT_END)
        check_that_a_rotated_log_goes_on(browser, path)


def check_that_a_rotated_log_goes_on(browser, path):
    folder = path.parents[1] / "RotatedLogs" / "Logs_20261129_170838"
    folder.mkdir()
    with path.open("ab") as file:
        path.rename(folder / path.name)
        file.write(make_lines(1350, 1355))  # by one who has it open still
    path.write_bytes(make_lines(5000, 5010))
    browser.wait_for(f"{LAST}.includes('Film 5009 ')")
    words = text_of(browser, "#lines")
    assert words.count("Film 1354 ") == 1 and "Logs_20261129_170838/Scriptlog.log" in words
    path.write_bytes(make_lines(6000, 6001))  # emptied, with the same file
    browser.wait_for(f"{LAST}.includes('Film 6000 ') && {LAST}.includes('emptied')")


def test_a_line_is_chosen_and_copied_by_keys_and_hostile_lines_are_text(browser, address, machine):
    content = (
        make_lines(0, 50)
        + b"[2026-11-02 00:00:00] [ERROR] |x| <img src=x onerror=alert(1)> \x1b[31m"
        + b"Film 1 " * 200
        + b"\n"
    )
    folder = machine.paths.rotated_logs / "Logs_20261128_170838"
    folder.mkdir()
    (folder / "Scriptlog.log").write_bytes(content)
    sign_in_to(browser, address, "server/logs")
    browser.open(f"{address}server/logs?log={folder.name}/Scriptlog.log")
    browser.wait_for(READY)
    browser.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    browser.wait_for(f"{LAST}.includes('<img src=x onerror=alert(1)> \\\\x1b[31m')")
    key(browser, "w")
    wide = "document.getElementById('log').scrollWidth > document.getElementById('log').clientWidth"
    browser.wait_for(f"!({wide})")
    key(browser, "Home")
    browser.wait_for(f"{FIRST}.includes('Film 0 ') && document.getElementById('log').scrollTop === 0")
    for name in "jjk":
        key(browser, name)
    assert "Film 0 " in text_of(browser, ".current")
    key(browser, "c")
    browser.wait_for("document.getElementById('notice-text').innerText !== ''")
    copied = browser.evaluate("window.copied")
    assert "[INFO]    |L.1   | Film 0 was drawn\nhttp://" in copied and copied.endswith("&at=0#0")
    assert browser.evaluate("location.hash") == "#0"
    key(browser, "/")
    assert browser.evaluate("document.activeElement.id") == "text"
