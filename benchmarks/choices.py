"""40,000 image choices: a page of the overview, and the whole of it, kept against built anew."""

import json
import statistics
import tempfile
import time
import urllib.request
from pathlib import Path

from app.config import load_settings
from app.core.choices.importing import import_if_changed
from app.extensions import Machine
from app.poster.script.choices import Choices, make_row
from app.server.startup import prepare_machine
from benchmarks.http import load
from benchmarks.servers import KEY, our_server

CHOICES, EPISODES = 40_000, 18
ROUNDS = 7
WHOLE = "/api/assets/overview"
PAGES = (
    f"{WHOLE}?limit=50",
    f"{WHOLE}?category=missing_assets&limit=50",
    f"{WHOLE}?category=assets_with_issues&limit=500&offset=10000",
    f"{WHOLE}?limit=50&search=show+19",
)
# Only the first page has a promise; the others are told beside it.
PROMISED = PAGES[0]
LANGUAGES = ("Textless", "Textless", "en", "de", "false")
SOURCES = ("https://image.tmdb.org/t/p/original", "https://artworks.thetvdb.com/banners", "false")


def choice(number: int) -> dict[str, str]:
    """One of many title cards, of which some two thirds have an issue."""
    show, episode = divmod(number, EPISODES)
    source = SOURCES[number % 7 % 3]
    return make_row(
        Title=f"S01E{episode + 1:02} | The one with number {number}",
        Type="Episode",
        Rootfolder=f"Show {show} (2017) [tvdb-{300000 + show}]",
        LibraryName=f"TV {show % 5}",
        Language=LANGUAGES[number % 5],
        TextTruncated="true" if number % 50 == 0 else "false",
        Download_Source=source if source == "false" else f"{source}/{number:024}.jpg",
        tvdbid=str(300000 + show),
        Fav_Provider_Link=f"https://www.themoviedb.org/tv/{show}/season/1/episode/{episode + 1}/images",
    )


def seed(data: Path) -> float:
    """Choices, and the images of nine tenths of them; the seconds that the import takes are answered."""
    machine = Machine(load_settings({}, APP_DATA=data, APP_API_KEY=KEY))
    prepare_machine(machine)
    rows = [choice(number) for number in range(CHOICES)]
    choices = Choices(machine.paths.logs / "ImageChoices.csv")
    choices.begin()
    for row in rows:
        choices.add(row)
    for row in rows[: CHOICES * 9 // 10]:
        put_image(machine.roots.existing("assets") / row["LibraryName"] / row["Rootfolder"], row["Title"])
    started = time.perf_counter()
    import_if_changed(machine.database, machine.paths)
    seconds = time.perf_counter() - started
    machine.close()
    return seconds


def put_image(folder: Path, title: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{title.partition(' ')[0]}.jpg").write_bytes(b"image")


def call(port: int, path: str, method: str = "GET", body: dict | None = None) -> bytes:
    content = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", content, method=method)
    request.add_header("X-API-Key", KEY)
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def wait_for_index(port: int, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while json.loads(call(port, "/api/assets/stats"))["scanning"]:
        if time.monotonic() > deadline:
            raise RuntimeError("the tree is not indexed")
        time.sleep(0.5)


def timed(port: int, path: str) -> float:
    started = time.perf_counter()
    call(port, path)
    return time.perf_counter() - started


def page(port: int, path: str) -> dict:
    """Milliseconds of one client that calls without a pause."""
    found = load(port, path, clients=1)
    promise = 20 if path == PROMISED else 200
    return {
        "name": f"ms of {path.removeprefix('/api/')}",
        "value": found["median_ms"],
        "target": promise,
        "most": True,
        "p99_ms": found["p99_ms"],
    }


def whole(port: int) -> dict:
    """The whole overview after a change, against the same again, in turns."""
    pairs = [(built_anew(port, number), timed(port, WHOLE)) for number in range(ROUNDS)]
    return {
        "name": "rate of the whole overview kept to built anew",
        "value": statistics.median(anew / kept for anew, kept in pairs),
        "target": 5,
        "anew_ms": statistics.median(anew for anew, _ in pairs) * 1000,
        "kept_ms": statistics.median(kept for _, kept in pairs) * 1000,
        "MiB": len(call(port, WHOLE)) / 1024**2,
    }


def page_to_whole(port: int) -> dict:
    """A page asked for again, against the whole overview asked for again, in turns."""
    rates = [(load(port, PROMISED)["rate"], load(port, WHOLE)["rate"]) for _ in range(ROUNDS)]
    ratio = statistics.median(page / whole for page, whole in rates)
    return {"name": "rate of a page of the overview to the whole", "value": ratio, "target": 1}


def built_anew(port: int, number: int) -> float:
    call(port, "/api/imagechoices/1", "PUT", {"Fallback": f"changed {number}"})
    return timed(port, WHOLE)


def measure() -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        seconds = seed(Path(folder))
        taken = {"name": f"seconds to import {CHOICES} choices", "value": seconds, "target": 10, "most": True}
        with our_server(Path(folder)) as (port, _):
            wait_for_index(port)
            return [taken, *(page(port, path) for path in PAGES), whole(port), page_to_whole(port)]
