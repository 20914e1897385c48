"""A filled installation for screenshots: films and shows with scenery of our own, runs, triggers, schedules.

Everything is made by the server's own commands and addresses; only the history of earlier weeks is written
into the database.
"""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from app.config import load_settings
from app.extensions import Machine
from app.models import Origin, Run, Status
from app.poster.drawing.scenery import scenery
from docs.offered import offer
from docs.titles import EPISODES, FILMS, SHOWS
from tests.live_server import RunningServer

TALL, WIDE, CARD = (600, 900), (1280, 720), (640, 360)
POSTERIZARR = (sys.executable, "-c", "from app.cli import main; main()")
KINDS = {"SeasonPosters": "true", "BackgroundPosters": "true", "TitleCards": "true"}
PLACES = {"AssetPath": "assets", "ManualAssetPath": "own", "BackupPath": "backup"}
# Films whose picture is broken, and films that have none: what the attention page is for.
BROKEN, BARE = 3, 6
DAYS_BACK = 30
# The run after two real ones and those of the history.
PLANNED = 2 + DAYS_BACK
# The film that has candidates.
CHOSEN = "Films/Metropolis (1927)/poster.jpg"
PASSWORD = "for-screenshots-only"
IMPORTS = (("Destry Rides Again", 1939), ("Metropolis", 1927), ("Nosferatu", 1922))
SCHEDULES = (
    {"time": "03:30", "mode": "normal", "description": "Every night"},
    {"time": "05:00", "mode": "backup", "frequency": "weekly", "day_of_week": "sun"},
    {"mode": "testing", "frequency": "interval", "interval_value": 12, "enabled": False},
)


def fill(data: Path) -> None:
    """Fill the empty folder; a folder that was filled before stays as it is."""
    if (data / "config.json").exists():
        return
    data.mkdir(parents=True, exist_ok=True)
    places = {name: str(data / below) for name, below in PLACES.items()}
    (data / "config.json").write_text(json.dumps({"PrerequisitePart": KINDS | places}), "utf-8")
    put_films(media_of(data) / "Films", FILMS[:-BARE])
    for show in SHOWS:
        put_show(media_of(data) / "Series", *show)
    run(data, GENERATE_MISSING="on")
    put_films(media_of(data) / "Films", FILMS[-BARE:], has_pictures=False)
    for name in FILMS[4 : 4 + BROKEN]:
        (media_of(data) / "Films" / name / "poster.jpg").write_bytes(b"no picture")
    run(data, GENERATE_MISSING="off")
    add_history(data)
    offer(data, CHOSEN)


def media_of(data: Path) -> Path:
    return data.parent / f"{data.name}-media"


def run(data: Path, **settings: str) -> None:
    environment = {**os.environ, "APP_DATA": str(data), "MEDIA_PATH": str(media_of(data)), **settings}
    subprocess.run([*POSTERIZARR, "run", "normal"], env=environment, check=False)


def put_films(library: Path, names: list[str], has_pictures: bool = True) -> None:
    for name in names:
        folder = library / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.mkv").touch()
        if has_pictures:
            put_pictures(folder, name)


def put_show(library: Path, name: str, seasons: int) -> None:
    folder = library / name
    for season in range(1, seasons + 1):
        below = folder / f"Season {season:02}"
        below.mkdir(parents=True)
        paint(f"{name} {season}", TALL, folder / f"season{season:02}-poster.jpg")
        for number, title in enumerate(Random(f"{name} {season}").sample(EPISODES, 6), start=1):
            video = below / f"{name} - S{season:02}E{number:02} - {title}.mkv"
            video.touch()
            paint(video.name, CARD, video.with_name(f"{video.stem}-thumb.jpg"))
    put_pictures(folder, name)


def put_pictures(folder: Path, seed: str) -> None:
    paint(seed, TALL, folder / "poster.jpg")
    paint(f"{seed} wide", WIDE, folder / "fanart.jpg")


def paint(seed: str, size: tuple[int, int], path: Path) -> None:
    scenery(seed, size).save(path, "JPEG", quality=88)


def add_history(data: Path) -> None:
    """Runs of the weeks before, of which some failed or were stopped."""
    machine = Machine(load_settings({}, APP_DATA=data))
    chance = Random("history")
    with machine.database.writing() as session:
        session.add_all(past_run(days, chance) for days in range(1, DAYS_BACK))
    machine.close()


def past_run(days: int, chance: Random) -> Run:
    started = datetime.now(UTC).replace(hour=3, minute=30) - timedelta(days=days)
    seconds, counts = chance.randrange(40, 900), made(chance, is_busy=days % 7 == 3)
    status = {5: Status.FAILED, 17: Status.STOPPED}.get(days, Status.COMPLETED)
    reason = {5: "The media server did not answer: connection refused.", 17: "Stopped by admin."}.get(days)
    origin = Origin.WEBHOOK if days % 4 == 2 else Origin.SCHEDULE
    return Run(
        mode="arr" if origin is Origin.WEBHOOK else "normal",
        origin=origin,
        status=status,
        reason=reason,
        queued_at=started,
        started_at=started,
        ended_at=started + timedelta(seconds=seconds),
        runtime_seconds=seconds,
        **counts,
    )


def made(chance: Random, is_busy: bool) -> dict[str, int]:
    most = 60 if is_busy else 12
    counts = {name: chance.randrange(most) for name in ("posters", "seasons", "backgrounds", "titlecards")}
    return counts | {"total_images": sum(counts.values()), "errors": chance.choice((0, 0, 0, 1, 2))}


def furnish(server: RunningServer) -> None:
    """What a person and other programs did at the running server, once."""
    if server.get("/api/scheduler/config").json()["config"]["schedules"]:
        return
    change_pictures(Path(server.environment["MEDIA_PATH"]))
    wait_for_run(server, server.post("/api/runs/plan").json()["run_id"])
    for entry in SCHEDULES:
        server.post("/api/scheduler/schedule", json=entry)
    server.post("/api/scheduler/enable")
    for name, scope in (("sonarr", "webhook"), ("tautulli", "webhook"), ("dashboard", "read")):
        server.post("/api/auth/keys", json={"name": name, "scopes": [scope]})
    held = [f"Films/{name}/poster.jpg" for name in FILMS[10:14]]
    server.post("/api/assets/bulk-edit", json={"action": "hold", "paths": held})
    wait_for_run(server, server.post("/api/runs/preflight").json()["run_id"])


def receive_imports(server: RunningServer) -> None:
    """What Radarr reports: two films that are there, and one that is not."""
    for title, year in IMPORTS:
        server.post("/api/webhook/arr", json=imported(title, year))
    wait_for_run(server, newest_run(server) + len(IMPORTS))


def change_pictures(media: Path) -> None:
    """Other pictures beside some films, so that a plan has something to replace."""
    for name in FILMS[20:26]:
        paint(f"{name} again", TALL, media / "Films" / name / "poster.jpg")


def newest_run(server: RunningServer) -> int:
    return server.get("/api/runs").json()["runs"][0]["id"]


def wait_for_run(server: RunningServer, number: int, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = server.get(f"/api/runs/{number}")
        if answer.ok and answer.json()["run"]["ended_at"]:
            return
        time.sleep(0.5)


def imported(title: str, year: int) -> dict:
    folder = f"/films/{title} ({year})"
    movie = {"id": year, "title": title, "year": year, "tmdbId": year, "folderPath": folder}
    file = {"id": year, "relativePath": f"{title} ({year}).mkv"}
    return {"eventType": "Download", "movie": movie, "movieFile": file}
