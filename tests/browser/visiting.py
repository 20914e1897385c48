"""What a visit to the page begins with, and what there is to look at."""

import json
from pathlib import Path

from PIL import Image

from tests.conftest import KEY
from tests.server.test_serving import shown

# The form of the sign-in.
DOOR_OPEN = "!!document.getElementById('sign-in-form')"
# A page that is wider than a phone is shrunk by the browser, so that its width alone proves nothing.
FITS = "document.documentElement.scrollWidth <= innerWidth && visualViewport.scale >= 1"


STILL = """new Promise((tell) => {
  const moved = [];
  const watch = (list) => moved.push(...list.getEntries().filter((entry) => !entry.hadRecentInput));
  new PerformanceObserver(watch).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => tell(moved.reduce((sum, entry) => sum + entry.value, 0)), 2000);
})"""


def make_sample(machine, name="posterShortText.jpg", size=(40, 60)) -> Path:
    path = machine.paths.test_images / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, "orange").save(path)
    return path


def open_signed_in(browser, address: str) -> None:
    """Open a page by the way of the sign-in, which leads back to it."""
    browser.open(address)
    browser.wait_for(DOOR_OPEN)
    browser.click("[name=way][value=key]")
    browser.type("#key", KEY)
    browser.press("Enter")
    browser.wait_for(f"location.href === {address!r} && document.readyState === 'complete'")


def sign_in_as_told(browser, server) -> None:
    """Open Home with the password that the first start printed; its pages are left for later."""
    assert server.post("/api/onboarding/complete").ok
    browser.open(f"{server.address}/")
    browser.wait_for(DOOR_OPEN)
    browser.type("#password", shown("password", server.output))
    browser.press("Enter")
    browser.wait_for("document.readyState === 'complete' && !!document.getElementById('present')")


def set_login(machine, **changes) -> None:
    settings = json.loads(machine.paths.config.read_text())
    settings["WebUI"] |= changes
    machine.paths.config.write_text(json.dumps(settings))


def text_of(browser, selector: str) -> str:
    return browser.evaluate(f"document.querySelector({selector!r}).innerText")


def sign_in_to(browser, address: str, path: str, key: str = KEY) -> None:
    """Open a page by the way of the sign-in, which leads back to it."""
    browser.open(f"{address}{path}")
    browser.wait_for(DOOR_OPEN)
    browser.click("[name=way][value=key]")
    browser.type("#key", key)
    browser.press("Enter")
    browser.wait_for(f"document.readyState === 'complete' && location.pathname.endsWith({'/' + path!r})")
