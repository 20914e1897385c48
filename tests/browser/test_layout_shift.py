"""Nothing of a page moves while it loads: every page, on a desktop, a tablet and a phone."""

import pytest

from app.core.first_start.readiness import STEPS
from tests.browser.visiting import sign_in_to
from tests.live_server import KEY, RunningServer
from tests.pictures import make_picture
from tests.poster.script.test_rotation import make_log
from tests.trees import make_image

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

SIZES = ((1440, 900), (820, 1180), (390, 600))
LINES = "".join(f"[2026-11-01 10:00:{number:02}] [INFO] Film {number}\n" * 8 for number in range(60))
ADDRESSES = "[...document.querySelectorAll('.pages a')].map((link) => link.href)"
LISTED = """fetch("/api/assets/catalogue", { headers: { "X-Requested-With": "fetch" } })
  .then((answer) => answer.json())
  .then(({ total }) => total === 40)"""
# What moved by how much, some time after everything has come.
MOVED = """new Promise((resolve) => {
  const moved = [];
  const note = (list) => moved.push(...list.getEntries().filter((entry) => !entry.hadRecentInput));
  new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
  const name = ({ node }) => (node ? `${node.nodeName}.${node.className}#${node.id}` : "");
  const told = ({ value, sources }) => `${value.toFixed(4)} ${sources.map(name).join(" ")}`;
  setTimeout(() => resolve(moved.map(told)), 400);
})"""


def fill(data, assets):
    for number in range(40):
        make_image(assets, f"Movies/Film {number:02} (2000)/poster.jpg", make_picture((20, 30)))
    make_log(data / "Logs", text=LINES)


def test_no_page_moves_while_it_loads(browser, tmp_path):
    assets, found = tmp_path / "assets", {}
    fill(tmp_path / "data", assets)
    with RunningServer(tmp_path / "data", ASSET_PATH=str(assets)) as server:
        assert server.post("/api/onboarding/complete").ok
        sign_in_to(browser, f"{server.address}/", "server/library", KEY)
        browser.wait_for(LISTED)
        browser.open(f"{server.address}/server/library")
        picture = browser.evaluate("document.querySelector('#wall a').href")
        start = [f"{server.address}/server/start?step={step}" for step in STEPS]
        for page in [*browser.evaluate(ADDRESSES), *start, picture]:
            for width, height in SIZES:
                browser.size(width, height)
                browser.open(page)
                found[page.removeprefix(server.address), width] = browser.evaluate(MOVED)
        browser.open("about:blank")
    browser.events.clear()
    assert {place: moved for place, moved in found.items() if moved} == {}
