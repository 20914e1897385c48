"""Pages in Chromium with 39,000 pictures on loopback (QUICK=1: a tenth): `python -m benchmarks pages`."""

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from app.core.assets.register import marks
from app.core.assets.scan import Depth
from app.core.catalogue.contents import read_catalogued_content, store_contents, unread_pictures
from app.extensions import Machine
from benchmarks.assets import new_scan_of_root, prepared, scan
from benchmarks.gallery import FILES, IS_QUICK, at_most, whole_pass
from benchmarks.servers import KEY, our_server
from benchmarks.trees import folder_of
from tests.browser.chromium import Chromium

ROUNDS = 2 if IS_QUICK else 5
PICTURES, SHOWN = 80, 60
BATCH = 2000
# In the second one so many tiles of the wall are seen at once.
WINDOW, TALL_WINDOW = (1440, 900), (1440, 2600)
KIB = 1024
WALL = "server/library?kind=poster"
ALL = "server/library?kind=all"
# Pages that the navigation does not lead to; the one with corrections has a path behind it.
OTHERS = (
    *("server/settings/rules", "server/designs/split", "server/designs/sofa", "server/make"),
    *("server/library/days", "server/passport", "server/duel", "server/start?step=source", "server/correct/"),
)
WALL_READY = "!!document.querySelector('.wall.endless')"
# Colors that differ, so that no two pictures have the same bytes.
COLOR_STEP = 0x0F1E2D

# Functions of the page that is measured.
COMMON = """
performance.setResourceTimingBufferSize(2000);
const frame = () => new Promise(requestAnimationFrame);
const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const count = (selector) => document.querySelectorAll(selector).length;
const entries = (kind) => performance.getEntriesByType(kind);
const sum = (parts, name) => parts.reduce((found, part) => found + part[name], 0);
const press = (key) => (document.activeElement ?? document.body)
  .dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
const isThere = (image) => Boolean(image?.complete && image.naturalWidth);
"""
FRAMES = """
const moved = [];
const watch = (list) => moved.push(...list.getEntries().filter((one) => !one.hadRecentInput));
new PerformanceObserver(watch).observe({ type: 'layout-shift', buffered: true });
const paint = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
while (document.readyState !== 'complete' || !paint()) await frame();
await later(800);
const parts = [...entries('navigation'), ...entries('resource')];
const others = parts.filter((part) => !/thumbnail|poster_assets|preview/.test(part.name));
const bytes = sum(others, 'encodedBodySize');
return { paint: paint(), bytes, shift: sum(moved, 'value'), nodes: count('*') };
"""
COMPLETE = f"""
while ([...document.querySelectorAll('#wall img')].filter(isThere).length < {SHOWN}) await frame();
const milliseconds = performance.now();
// What is fetched ahead is in the cache, too, before another visit.
let known = -1;
while (known !== entries('resource').length) {{
  known = entries('resource').length;
  await later(500);
}}
const pictures = entries('resource').filter((part) => part.name.includes('thumbnail'));
return {{ milliseconds, bytes: sum(pictures, 'encodedBodySize'), fetched: sum(pictures, 'transferSize') }};
"""
END = """
const last = `#wall li[aria-posinset="${document.getElementById('wall').dataset.total}"] a[href]`;
document.querySelector('#wall a').focus();
const began = performance.now();
press('End');
while (!count(last)) await frame();
return { milliseconds: performance.now() - began, nodes: count('*') };
"""
MIDDLE = """
scrollTo(0, document.documentElement.scrollHeight / 2);
await later(500);
return count('*');
"""
NEXT = """
const [before, began] = [location.pathname, performance.now()];
press('ArrowRight');
while (location.pathname === before || !isThere(document.getElementById('made'))) await frame();
return performance.now() - began;
"""


def put_pictures(tree: Path) -> None:
    """Real posters of the size that the script makes, for the first items in the order of titles."""
    picture = Image.effect_noise((2000, 3000), 40).convert("RGB")
    for number in range(PICTURES):
        picture.paste(f"#{COLOR_STEP * (number + 1) % 0xFFFFFF:06x}", (0, 0, 2000, 1500))
        picture.save(tree / folder_of(number) / "poster.jpg", quality=85)


def read_all(machine: Machine) -> None:
    """The digest of each picture, which the server takes hours for in order to disturb nobody."""
    with machine.database.reading() as session:
        mark = marks(session)["assets"]
        rows = unread_pictures(session, mark.id, 2 * FILES)
    root = machine.roots.path("assets")
    found = [(row, read_catalogued_content(root, row, lambda: None)) for row in rows]
    for first in range(0, len(found), BATCH):
        with machine.database.writing() as session:
            store_contents(session, found[first : first + BATCH])


class Visitor:
    """A browser that has a key."""

    def __init__(self, browser: Chromium, port: int):
        self.browser, self.base = browser, f"http://127.0.0.1:{port}/"
        browser.send("Network.setExtraHTTPHeaders", headers={"X-API-Key": KEY})
        browser.size(*WINDOW)

    def go(self, path: str, script: str = FRAMES) -> dict:
        self.browser.open("about:blank")
        self.browser.send("Page.navigate", url=self.base + path.removeprefix(self.base))
        self.browser.wait_for("location.protocol === 'http:'")
        return self.run(script)

    def run(self, script: str) -> dict:
        return self.browser.evaluate(f"(async () => {{ {COMMON} {script} }})()")

    def forget(self) -> None:
        self.browser.send("Network.clearBrowserCache")

    def cold(self, path: str, script: str = FRAMES) -> dict:
        self.forget()
        return self.go(path, script)

    def pages(self) -> list[str]:
        """The addresses of the navigation, and of the pages beside it for the first picture of the wall."""
        self.go(WALL)
        listed = self.browser.evaluate("[...document.querySelectorAll('.pages a')].map((link) => link.href)")
        path = self.browser.evaluate("document.querySelector('#wall [data-path]').dataset.path")
        return [*listed, *(self.base + each + (quote(path) if each.endswith("/") else "") for each in OTHERS)]


@contextmanager
def visitor(port: int) -> Iterator[Visitor]:
    browser = Chromium()
    try:
        yield Visitor(browser, port)
    finally:
        browser.close()


def median(values: list[dict], name: str) -> float:
    return statistics.median(value[name] for value in values)


def page_figures(visit: Visitor) -> Iterator[dict]:
    for address in visit.pages():
        found = [visit.cold(address) for _ in range(ROUNDS)]
        name = "/" + address.removeprefix(visit.base)
        yield at_most(f"ms to the first contentful paint of {name}", median(found, "paint"), 300)
        yield at_most(f"KiB of {name} without pictures", median(found, "bytes") / KIB, 200)
        yield at_most(f"nodes of {name}", median(found, "nodes"), 3000)
        yield at_most(f"layout shift of {name}", max(one["shift"] for one in found), 0)


def wall_figures(visit: Visitor) -> Iterator[dict]:
    visit.browser.size(*TALL_WINDOW)
    made = visit.cold(WALL, COMPLETE)["milliseconds"]
    cold = [visit.cold(WALL, COMPLETE) for _ in range(ROUNDS)]
    warm = [visit.go(WALL, COMPLETE) for _ in range(ROUNDS)]
    first = at_most(f"ms to {SHOWN} thumbnails of the wall, cold", median(cold, "milliseconds"), 1000)
    yield {**first, "thumbnails_made_ms": made}
    yield at_most(f"ms to {SHOWN} thumbnails of the wall, warm", median(warm, "milliseconds"), 300)
    again = 100 * median(warm, "fetched") / max(median(warm, "bytes"), 1)
    yield at_most("% of the picture bytes that a reload fetches", again, 5)


def end_figures(visit: Visitor) -> Iterator[dict]:
    visit.browser.size(*WINDOW)
    nodes, ends = [], []
    for _ in range(ROUNDS):
        nodes.append(visit.go(ALL)["nodes"])
        visit.browser.wait_for(WALL_READY)
        nodes.append(visit.run(MIDDLE))
        visit.run("scrollTo(0, 0)")
        ends.append(visit.run(END))
    yield at_most("ms from End to the last tile", median(ends, "milliseconds"), 1000)
    yield at_most(
        "nodes of the document anywhere in the wall", max(*nodes, *(one["nodes"] for one in ends)), 3000
    )


def neighbour_figures(visit: Visitor) -> Iterator[dict]:
    visit.go(WALL)
    visit.go(visit.browser.evaluate("document.querySelector('#wall a').href"))
    visit.browser.wait_for("document.getElementById('made').complete")
    steps = []
    for _ in range(2 * ROUNDS):
        visit.run("await later(700)")
        steps.append(visit.run(NEXT))
    yield at_most("ms to the picture of a neighbour", statistics.median(steps), 150)


def measure() -> Iterator[dict]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with prepared(data, FILES) as machine:
            put_pictures(data / "tree")
            scan(new_scan_of_root(machine), Depth.LIGHT)
            whole_pass(machine)
            read_all(machine)
        with our_server(data) as (port, _), visitor(port) as visit:
            for figures in (page_figures, wall_figures, end_figures, neighbour_figures):
                yield from figures(visit)
