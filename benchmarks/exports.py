"""The import of 100,000 exported rows in one transaction, and pages of them."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app import create_app
from app.core.exports.sheets import PLEX, PLEX_EPISODES, PLEX_LIBRARY
from app.extensions import Machine
from app.server.startup import prepare_machine
from app.services.export_imports import import_exports_now
from benchmarks.servers import KEY

FILMS, SEASONS = 50_000, 50_000
IMPORT_SECONDS, PAGE_MS, SEARCH_MS, ALL_SECONDS = 10, 20, 300, 10
ROUNDS = 5


def write_exports(folder: Path) -> None:
    """Both files of a run, with rows as long as those of a real library."""
    write(
        folder / PLEX_LIBRARY.file, PLEX_LIBRARY.columns.values(), (film(number) for number in range(FILMS))
    )
    names = list(PLEX_EPISODES.columns.values())
    write(folder / PLEX_EPISODES.file, names, (season(number, names) for number in range(SEASONS)))


def write(path: Path, names, rows) -> None:
    with path.open("w", encoding="utf-8") as file:
        for record in (names, *rows):
            file.write(";".join(f'"{value}"' for value in record) + "\n")


def film(number: int) -> list[str]:
    title = f"Film {number * 7919 % FILMS:06} of a Name of Usual Length"
    facts = ["Movies", "movie", "en", title, "4K (HEVC Main 10)", title, "", "", "", f"{1950 + number % 75}"]
    ids = [f"{number}", f"tt{number:07}", f"{number}", f"{number}"]
    places = ["/data/movies/", f"{title} (1979) [imdb-tt{number:07}]", "", "False"]
    urls = [f"/library/metadata/{number}/thumb/1", f"/library/metadata/{number}/art/1", ""]
    return [*facts, *ids, *places, *urls, "4K,Watched"]


def season(number: int, names: list[str]) -> list[str]:
    """A season of ten episodes."""
    known = {
        "Show Name": f"Show {number // 8:05}",
        "Season Number": f"{number % 8}",
        "Type": "episode",
        "Library Name": "TV Shows",
        "Episodes": ",".join(map(str, range(1, 11))),
        "Title": ";".join(f"Episode {index} of a usual name" for index in range(1, 11)),
        "RatingKeys": ",".join(f"{number}{index}" for index in range(10)),
        "PlexTitleCardUrls": ",".join(f"/library/metadata/{number}{index}/thumb/17" for index in range(10)),
    }
    return [known.get(name, f"{number}") for name in names]


def timed(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def read(client, path: str) -> None:
    answer = client.get(f"/api/plex-export/{path}", headers={"X-API-Key": KEY})
    assert answer.status_code == 200 and answer.data.rstrip().endswith(b"}")


def figure(name: str, value: float, target: float) -> dict:
    return {"name": name, "value": value, "target": target, "most": True}


def page_figure(client, name: str, path: str, target: float) -> dict:
    best = min(timed(lambda: read(client, path)) for _ in range(ROUNDS))
    return figure(f"ms of {name} of {FILMS} exported rows", best * 1000, target)


def measure() -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(APP_DATA=folder, APP_API_KEY=KEY, UPDATE_CHECK="false")
        machine: Machine = app.extensions["machine"]
        prepare_machine(machine)
        write_exports(machine.paths.logs)
        taken = timed(lambda: import_exports_now(machine, PLEX))
        client = app.test_client()
        figures = [
            figure("seconds to import 100,000 exported rows", taken, IMPORT_SECONDS),
            page_figure(client, "a first page of 50", "library?limit=50", PAGE_MS),
            page_figure(client, "a last page of 50", f"episodes?limit=50&offset={SEASONS - 50}", PAGE_MS),
            page_figure(client, "a search", "library?limit=50&search=0499", SEARCH_MS),
            figure(
                "seconds of all seasons in one answer", timed(lambda: read(client, "episodes")), ALL_SECONDS
            ),
        ]
        machine.close()
        return figures
