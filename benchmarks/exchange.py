"""How many unchanged pictures a sync and a backup compare in a second, and how many bytes of them move."""

import os
import tempfile
import time
from functools import cache
from pathlib import Path

from tests.doubles import shown_pictures
from tests.doubles.loopback import serving
from tests.doubles.media_world import MediaWorld, many_films
from tests.poster.exchange.pair import FOLDERS, Pair
from tests.poster.program import run_script

# Each film has a poster and a background.
FILMS = 250 if os.environ.get("QUICK") == "1" else 2500
PICTURES = 2 * FILMS
ROUTES = {
    "sync": ("-Sync", "-From", "plex", "-To", "jellyfin"),
    "backup": ("-Backup",),
}
LIMIT = 900


def measure() -> list[dict]:
    shown_pictures.picture_named = cache(shown_pictures.picture_named)
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        pair = Pair("Plex", "Jellyfin", Path(folder) / "data", (world(), world()))
        with serving(pair.origin), serving(pair.target):
            for name, arguments in ROUTES.items():
                rate, moved = measured(pair, name, arguments)
                title = f"unchanged pictures a second in a {name} of {PICTURES}"
                figures.append({"name": title, "value": rate, "target": 500})
                title = f"bytes of pictures moved by that {name}"
                figures.append({"name": title, "value": moved, "target": 0, "most": True})
    return figures


def world() -> MediaWorld:
    made = many_films(FILMS)
    for item in made.items():
        item.poster, item.background = "poster.jpg", "background.jpg"
    return made


def measured(pair: Pair, name: str, arguments: tuple[str, ...]) -> tuple[float, int]:
    """Pictures a second of the quicker of two runs after a first one, and the bytes that both moved."""
    run(pair, arguments)
    pair.forget()
    seconds = min(run(pair, arguments) for _ in range(2))
    report = pair.outcome(name)
    assert (report["Pictures Unchanged"], report["Errors"]) == (PICTURES, 0)
    return PICTURES / seconds, pair.moved_bytes()


def run(pair: Pair, arguments: tuple[str, ...]) -> float:
    """Seconds of one run, with the start of its process."""
    pair.configure()
    begun = time.perf_counter()
    done = run_script(pair.data, *arguments, limit=LIMIT, **folders(pair))
    assert done.returncode == 0, done.stdout[-2000:]
    return time.perf_counter() - begun


def folders(pair: Pair) -> dict[str, str]:
    return {name: str(pair.data / folder) for name, folder in FOLDERS.items()}
