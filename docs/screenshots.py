"""Takes the screenshots of docs/ of a filled installation: `python -m docs.screenshots [FOLDER]`.

The folder keeps the installation for the next time. With `--review FOLDER` each page is taken whole in three
widths, two schemes and two languages, for a look at all of them.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image

from docs.filled import PASSWORD, PLANNED, fill, furnish, media_of, receive_imports
from tests.browser.chromium import Chromium
from tests.browser.visiting import sign_in_to
from tests.live_server import KEY, RunningServer

SCREENS = Path(__file__).parent / "screens"
FILM = "server/picture/Films/Metropolis%20%281927%29/poster.jpg"
ASSET = "Films/Metropolis%20%281927%29/poster.jpg"
# A picture is dropped, as wide as a still, and its frame moved.
MAKING = """(async () => {
  const later = (time) => new Promise((done) => setTimeout(done, time));
  const plain = { AddOverlay: 'false', AddBorder: 'false' };
  const shown = await fetch('/api/previews', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'fetch' },
    body: JSON.stringify({ kind: 'background', title: '', settings: { BackgroundOverlayPart: plain } }),
  });
  const data = new DataTransfer();
  data.items.add(new File([await shown.blob()], 'a.jpg', { type: 'image/jpeg' }));
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  await later(1500);
  const frame = document.getElementById('crop');
  frame.focus();
  for (const key of '-----') frame.dispatchEvent(new KeyboardEvent('keydown', { key }));
  await later(1500);
})()"""
CANDIDATES = "server/candidates/Films/Metropolis%20%281927%29/poster.jpg"
CORRECT = "server/correct/Films/Metropolis%20%281927%29/poster.jpg"
# Five posters are selected, and what would become of them is asked.
CHANGING = """(async () => {
  const later = () => new Promise((done) => setTimeout(done, 400));
  document.getElementById('select').click();
  for (const number of [1, 2, 3, 4, 5]) document.querySelector(`#wall li:nth-child(${number}) a`).click();
  await later();
  document.querySelector('[data-action=hold]').click();
  await later();
})()"""
# Work that is not saved would hold the browser on its page.
LEFT = "document.querySelectorAll('form').forEach((form) => form.remove())"
TO_THE_PLAN = "document.getElementById('plan').scrollIntoView()"
# Name of the picture, address, and what is done there before it is taken.
PAGES = {
    "home": ("", ""),
    "start": ("server/start?step=design", ""),
    "library": ("server/library?kind=poster", ""),
    "picture": (FILM, ""),
    "candidates": (CANDIDATES, ""),
    "correct": (CORRECT, ""),
    "passport": ("server/passport", ""),
    "days": ("server/library/days?show=changed", ""),
    "selecting": ("server/library?kind=poster", CHANGING),
    "make": (f"server/make?asset={ASSET}", MAKING),
    "attention": ("server/attention", ""),
    "odd": ("server/odd", ""),
    "runs": ("server/runs", ""),
    "run": (f"server/runs/{PLANNED}?action=replace", TO_THE_PLAN),
    "schedule": ("server/schedule", ""),
    "triggers": ("server/triggers", ""),
    "logs": ("server/logs", ""),
    "system": ("server/system", ""),
    "keys": ("server/keys", ""),
    "settings": ("server/settings#posters", ""),
    "rules": ("server/settings/rules", ""),
    "designs": ("server/designs", ""),
    "preflight": ("server/preflight", ""),
    "split": ("server/designs/split?b=cinema", ""),
    "sofa": ("server/designs/sofa", ""),
    "sign-in": ("server/sign-in", ""),
}
# What comes in changes Home, and the sign-in is seen by who is not signed in.
LAST = {"triggers": 1, "logs": 2, "sign-in": 3}
ON_A_PHONE = ("home", "library", "picture", "attention", "split")
DESK, PHONE = (1440, 900), (390, 844)
MOST_BYTES = 80_000
PICTURES = "[...document.images].every((image) => image.complete || image.loading === 'lazy')"
SETTLED = f"document.readyState === 'complete' && {PICTURES}"
PAUSE = "new Promise((done) => setTimeout(done, 700))"


def main(arguments: list[str]) -> None:
    is_review = arguments[:1] == ["--review"]
    with folder_of(arguments[is_review:]) as folder, opened(folder) as (browser, server):
        review(browser, server, folder) if is_review else take(browser, server)


@contextmanager
def folder_of(arguments: list[str]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as passing:
        yield Path(arguments[0] if arguments else passing)


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Chromium, RunningServer]]:
    """A browser that is signed in to a server over the filled installation."""
    data = folder / "data"
    fill(data)
    settings = {"MEDIA_PATH": media_of(data), "GENERATE_MISSING": "off", "APP_ADMIN_PASSWORD": PASSWORD}
    with RunningServer(data, ARR_WAIT_TIME="0", **settings) as server:
        furnish(server)
        browser = Chromium()
        try:
            browser.prefer("dark")
            sign_in_to(browser, f"{server.address}/", "server/library", KEY)
            yield browser, server
        finally:
            browser.close()


def take(browser: Chromium, server: RunningServer) -> None:
    SCREENS.mkdir(exist_ok=True)
    wanted = [(name, name, DESK) for name in PAGES] + [(f"{name}-phone", name, PHONE) for name in ON_A_PHONE]
    for file, name, size in sorted(wanted, key=lambda one: LAST.get(one[1], 0)):
        if name == "triggers":
            receive_imports(server)
        visit(browser, server, name, size)
        path = SCREENS / f"{file}.webp"
        path.write_bytes(small(Image.open(BytesIO(picture_of(browser)))))
        print(file, path.stat().st_size)


def visit(
    browser: Chromium, server: RunningServer, name: str, size: tuple[int, int], language: str = "en"
) -> None:
    address, script = PAGES[name]
    browser.size(*size)
    browser.send("Network.setExtraHTTPHeaders", headers={"Accept-Language": language})
    if name == "sign-in":
        browser.send("Network.clearBrowserCookies")
    browser.evaluate(LEFT)
    browser.open("about:blank")
    browser.open(f"{server.address}/{address}")
    browser.evaluate(PAUSE)
    browser.evaluate(script)
    browser.wait_for(SETTLED)
    browser.evaluate(PAUSE)


def picture_of(browser: Chromium, whole: bool = False) -> bytes:
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        browser.screenshot(Path(file.name), whole)
        return Path(file.name).read_bytes()


def small(picture: Image.Image) -> bytes:
    """The picture as WebP, as good as fits into the bytes that one may take."""
    for quality in range(85, 5, -8):
        target = BytesIO()
        picture.convert("RGB").save(target, "WEBP", quality=quality, method=6)
        if target.tell() <= MOST_BYTES:
            break
    return target.getvalue()


def review(browser: Chromium, server: RunningServer, folder: Path) -> None:
    below = folder / "review"
    below.mkdir(exist_ok=True)
    for name in PAGES:
        for width, scheme, language in LOOKS:
            browser.prefer(scheme)
            visit(browser, server, name, (width, 900 if width > 390 else 844), language)
            (below / f"{name}-{width}-{scheme}-{language}.png").write_bytes(picture_of(browser))


LOOKS = ((1440, "dark", "en"), (820, "light", "de"), (390, "dark", "de"), (1440, "light", "de"))

if __name__ == "__main__":
    main(sys.argv[1:])
