"""A tab that is left open: some thousand events and a week later it is as small as before, and as true."""

import json
import time

import pytest

from app.models import Run, Status
from tests.api.test_assets import roots
from tests.browser.every_page import FILM, furnish_pages, page_addresses
from tests.browser.visiting import open_signed_in
from tests.past_runs import make_run
from tests.pictures import make_picture
from tests.trees import catalogue, make_image
from tests.triggers import deliver, make_film

__all__ = ["roots"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

# The page's own streams, fed by the test: `feed` has every open one hear an event.
STREAMS = """
window.streams = new Set();
window.EventSource = class extends EventTarget {
  constructor() { super(); this.readyState = 0; setTimeout(() => this.begin()); }
  begin() {
    if (this.readyState === 2) return;
    this.readyState = 1;
    streams.add(this);
    this.hear('connected');
  }
  hear(kind, fields = {}) { this.dispatchEvent(new MessageEvent(kind, { data: JSON.stringify(fields) })); }
  close() { this.readyState = 2; streams.delete(this); }
  end() { this.close(); this.dispatchEvent(new Event('error')); }
};
window.EventSource.CLOSED = 2;
window.EventSource.OPEN = 1;
// Time goes ten times as fast, and what comes again and again comes when the test says so.
const [once, again, beats] = [setTimeout.bind(window), setInterval.bind(window), []];
window.setTimeout = (action, wait = 0, ...more) => once(action, wait / 10, ...more);
window.setInterval = (beat, ...more) => (beats.push(beat), again(beat, ...more));
window.beat = () => beats.forEach((each) => each());
window.feed = (kind, fields) => [...streams].forEach((stream) => stream.hear(kind, fields));
"""
# A run of many pictures with its progress, triggers, and a connection that comes and goes.
WEEK = """(async (path, number, events) => {
  const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  for (let each = 0; each < events; each += 1) {
    const place = { root: 'assets', kind: 'poster', path: each % 7 ? `Movies/New ${each}/poster.jpg` : path };
    feed(each % 5 ? 'asset_updated' : 'asset_removed', place);
    const counts = { images: each };
    feed('run_progress', { id: number, phase: `Film ${each}`, done: each, total: events, counts });
    if (each % 20 === 0) feed('trigger_changed', { id: each });
    for (const kind of each % 100 ? [] : ['run_queued', 'run_started', 'run_ended']) feed(kind, { id: 9 });
    if (each % 400 === 0) document.dispatchEvent(new Event('visibilitychange'));
    if (each % 100 === 0) await later(1);
  }
  await later(3000);
})"""
MEASURES = ("Nodes", "JSEventListeners", "JSHeapUsedSize")
MOST_MORE = {"Nodes": 400, "JSEventListeners": 60, "JSHeapUsedSize": 1_500_000}


@pytest.fixture
def streams(browser):
    browser.send("Performance.enable")
    script = browser.send("Page.addScriptToEvaluateOnNewDocument", source=STREAMS)["identifier"]
    yield browser
    browser.send("Page.removeScriptToEvaluateOnNewDocument", identifier=script)
    browser.send("Performance.disable")


def measured(browser) -> dict[str, float]:
    browser.send("HeapProfiler.collectGarbage")
    found = {each["name"]: each["value"] for each in browser.send("Performance.getMetrics")["metrics"]}
    return {name: found[name] for name in MEASURES}


def is_grown(more: dict) -> bool:
    return any(more[name] > MOST_MORE[name] for name in MEASURES)


def settled(browser, before: dict, seconds: float = 6) -> dict:
    """What is more than before, once pages that are just being fetched and read are gone again."""
    end = time.monotonic() + seconds
    while True:
        after = measured(browser)
        more = {name: after[name] - before[name] for name in MEASURES}
        if not is_grown(more) or time.monotonic() > end:
            return more
        time.sleep(0.2)


def test_no_page_grows_with_thousands_of_events(streams, address, machine, roots):
    browser = streams
    furnish_pages(machine, roots["assets"])
    open_signed_in(browser, f"{address}server/runs")
    grown = {}
    for page in page_addresses(browser, address):
        browser.open(page)
        browser.wait_for("document.readyState === 'complete'")
        browser.evaluate(f"{WEEK}({json.dumps(FILM)}, 1, 200)")
        before = measured(browser)
        browser.evaluate(f"{WEEK}({json.dumps(FILM)}, 1, 2000)")
        more = settled(browser, before)
        grown |= {page: more} if is_grown(more) else {}
    assert not grown, json.dumps(grown)


def count(selector: str) -> str:
    return f"document.querySelectorAll({selector!r}).length"


def store(machine, *rows) -> None:
    with machine.database.writing() as session:
        session.add_all(rows)


def end_run(machine) -> None:
    with machine.database.writing() as session:
        session.get(Run, 1).status = Status.FAILED


DAILY = {"frequency": "daily", "time": "03:00", "mode": "backup"}
PICTURE = "Movies/Brazil (1985)/poster.jpg"
# By page: what happens to the server without an event, and what the page shows of it.
UNTOLD = {
    "server/runs": (
        lambda machine, client: store(machine, make_run(mode="backup")),
        f"{count('tr[id]')} === 2",
    ),
    "server/runs/1": (
        lambda machine, client: end_run(machine),
        "document.getElementById('said').innerText.includes('Failed')",
    ),
    "server/schedule": (
        lambda machine, client: client.post("/api/scheduler/schedule", json=DAILY),
        f"{count('#schedules li')} === 1",
    ),
    "server/triggers": (
        lambda machine, client: deliver(machine, make_film()),
        f"{count('#list .triggers > li')} === 1",
    ),
    "server/keys": (
        lambda machine, client: client.post("/api/auth/keys", json={"name": "Sonarr", "scopes": ["read"]}),
        f"{count('tbody tr')} === 1",
    ),
}


@pytest.mark.parametrize("page", UNTOLD)
def test_what_no_event_is_about_is_shown_as_time_goes_by(streams, address, machine, client, page):
    change, shown = UNTOLD[page]
    store(machine, make_run())
    open_signed_in(streams, f"{address}{page}")
    streams.wait_for("streams.size > 0")
    streams.wait_for("performance.getEntriesByType('resource').some(({ name }) => name === location.href)")
    change(machine, client)
    assert not streams.evaluate(shown)
    streams.evaluate("beat()")
    streams.wait_for(shown)


def test_the_library_follows_events_that_never_cease_and_a_stream_that_was_refused(
    streams, address, machine, roots
):
    add_picture(machine, roots, PICTURE)
    open_signed_in(streams, f"{address}server/library")
    streams.wait_for("streams.size > 0 && !!document.querySelector('.wall.endless a[href]')")
    add_picture(machine, roots, "Movies/Cube (1997)/poster.jpg")
    streams.evaluate("setInterval(() => feed('asset_updated', { path: 'elsewhere' }), 20)")
    streams.wait_for("document.getElementById('count').textContent === '2 pictures'")
    streams.evaluate("[...streams].forEach((stream) => stream.end())")  # as a proxy's 502 does
    add_picture(machine, roots, "Movies/Dune (1984)/poster.jpg")
    streams.wait_for("document.getElementById('count').textContent === '3 pictures'")


def add_picture(machine, roots, path):
    make_image(roots["assets"], path, make_picture((20, 30)))
    catalogue(machine)
