"""A folder of media, and runs of the script over it."""

import csv
import io
import json
import subprocess
from pathlib import Path

from PIL import Image

from tests.poster.program import read_log, run_script, write_config


def add_film(media: Path, name: str, poster: str | None = None) -> Path:
    """A film's folder in the library Movies; with a color also a poster beside the video."""
    folder = media / "Movies" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.mkv").touch()
    if poster:
        two_colored(folder / "poster.jpg", poster)
    return folder


def add_show(media: Path, name: str, episodes: dict[str, str]) -> Path:
    """A show's folder in the library TV; `episodes` maps "S01E02" to a title."""
    folder = media / "TV" / name
    for number, title in episodes.items():
        place = folder / f"Season {number[1:3]}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{name} - {number} - {title}.mkv").touch()
    return folder


def two_colored(path: Path, color: str, size: tuple[int, int] = (400, 600)) -> Path:
    """A picture that shows something: white above the color."""
    picture = Image.new("RGB", size, "white")
    picture.paste(color, (0, size[1] // 3, *size))
    picture.save(path)
    return path


def configure(data: Path, **common: str) -> None:
    """A config.json without a media server; `common` are keys of PrerequisitePart."""
    write_config(data, PlexPart={"UsePlex": "false"}, PrerequisitePart=common)


def run_over(data: Path, media: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    return run_script(data, *arguments, MEDIA_PATH=str(media), **variables)


def made(data: Path) -> list[str]:
    """The files below the asset folder, sorted."""
    assets = data / "assets"
    return sorted(str(path.relative_to(assets)) for path in assets.rglob("*") if path.is_file())


def contents(data: Path) -> dict[str, bytes]:
    return {name: (data / "assets" / name).read_bytes() for name in made(data)}


def lines(data: Path, word: str, log: str = "Scriptlog.log") -> list[str]:
    """The log's messages that begin with the word."""
    messages = (line.split("| ", 1)[-1] for line in read_log(data, log).splitlines())
    return [message for message in messages if message.startswith(word)]


def choices(data: Path) -> list[dict[str, str]]:
    text = (data / "Logs" / "ImageChoices.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def plan(data: Path) -> list[dict]:
    """The lines of the newest plan."""
    newest = max((data / "engine" / "plans").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    return [json.loads(line) for line in newest.read_text("utf-8").splitlines()]
