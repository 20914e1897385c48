"""What a second run over the same library asks of the providers: only whether they accept their keys."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from app.poster.kinds import Kind
from app.poster.providers.provider import Provider
from app.poster.providers.table import open_online
from app.poster.records.candidate import ProviderName, Question
from app.poster.records.environment import read_environment
from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.records.library import Item, Library, LibraryContent, SourceName
from app.poster.records.wanted import WantedAsset
from app.poster.settings import DEFAULTS, Settings

ROOT = Path(__file__).parents[1]
FILMS = 500
THREADS = 8
# Each provider says once whether it accepts its key.
KEY_CHECKS = 3
QUICKER, A_SECOND = 2, 1000
MOVIES = Library(SourceName.FOLDER, "Movies", "Movies", LibraryContent.FILMS)


class Doubles:
    """The process that stands for all providers."""

    def __init__(self, process: subprocess.Popen):
        self._process = process
        started = json.loads(process.stdout.readline())
        self.environment: dict[str, str] = started["environment"]
        self.keys: dict[str, str] = started["keys"]

    def counts(self) -> dict[str, int]:
        """The number of requests so far: to tmdb, tvdb, fanart and to images."""
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def running_doubles(films: int, shows: int = 0, episodes: int = 0) -> Iterator[Doubles]:
    command = [sys.executable, "-m", "tests.doubles.serve", str(films), str(shows), str(episodes)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        try:
            yield Doubles(process)
        finally:
            process.stdin.close()
            process.wait()


def wanted_posters() -> list[WantedAsset]:
    ids = (ProviderId(Authority.TMDB, Medium.FILM, str(number)) for number in range(1, FILMS + 1))
    items = (Item(MOVIES, one.value, Medium.FILM, f"Film {one.value}", ids=(one,)) for one in ids)
    return [WantedAsset(Kind.POSTER, item, f"Movies/{item.title}/poster.jpg") for item in items]


def ask_all(doubles: Doubles, cache: Path) -> float:
    """The seconds for all questions of one run: posters and backgrounds of TMDB, posters of Fanart.tv."""
    settings = Settings({"ApiPart": doubles.keys}, json.loads(DEFAULTS.read_text("utf-8")))
    online = open_online(settings, read_environment(doubles.environment, cache), cache)
    begun = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as threads:
        assert not any(threads.map(lambda provider: provider.check(), online.values()))
        assert all(threads.map(lambda wanted: ask_about(online, wanted), wanted_posters()))
    seconds = time.perf_counter() - begun
    for provider in online.values():
        provider.close()
    return seconds


def ask_about(online: dict[ProviderName, Provider], wanted: WantedAsset) -> bool:
    """Whether all three questions about a film were answered with pictures."""
    asked = [(ProviderName.TMDB, Kind.POSTER), (ProviderName.TMDB, Kind.BACKGROUND)]
    asked.append((ProviderName.FANART, Kind.POSTER))
    answers = [online[name].ask(wanted, Question(name, kind)) for name, kind in asked]
    return all(answer.candidates for answer in answers)


def measure() -> list[dict]:
    with running_doubles(FILMS) as doubles, tempfile.TemporaryDirectory() as folder:
        first = ask_all(doubles, Path(folder))
        before = doubles.counts()
        second = ask_all(doubles, Path(folder))
        asked = {name: count - before[name] for name, count in doubles.counts().items()}
    questions = 3 * FILMS
    return [
        {"name": "requests of a second run to providers", "value": sum(asked.values()) - asked["images"],
         "target": KEY_CHECKS, "most": True, "first": sum(before.values())},
        {"name": "pictures loaded by a second run", "value": asked["images"], "target": 0, "most": True},
        {"name": f"questions/s of {questions} answered from the cache", "value": questions / second,
         "target": A_SECOND},
        {"name": "times as fast as the first run", "value": first / second, "target": QUICKER},
    ]  # fmt: skip
