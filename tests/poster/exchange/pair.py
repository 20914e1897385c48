"""Two media servers that have the same films and shows, and runs of the script between them."""

import json

from app.poster.__main__ import attend, prepare
from app.poster.records.server_art import Slot
from app.poster.script.arguments import parse
from app.poster.script.log import open_log
from tests.doubles.media_jellyfin import MediaJellyfin
from tests.doubles.media_plex import MediaPlex
from tests.doubles.media_world import MediaWorld, small_media
from tests.poster.pipeline.site import KEYS
from tests.poster.program import write_config

FOLDERS = {"ASSET_PATH": "assets", "BACKUP_PATH": "backup"}


def double_of(name, world):
    if name == "Plex":
        return MediaPlex(world)
    return MediaJellyfin(world, "/emby" if name == "Emby" else "")


def with_other_art(world: MediaWorld) -> MediaWorld:
    """The world with other pictures wherever it has some, and a still where it has none."""
    for item in world.items():
        item.poster, item.background = f"other-{item.poster}", f"other-{item.background}"
        item.seasons = {number: f"other-{name}" for number, name in item.seasons.items()}
        for episode in item.episodes:
            episode.still = episode.still and f"other-{episode.still}"
    return world


class Pair:
    """The server `origin` and the server `target`, which shows other pictures of the same items."""

    def __init__(self, origin, target, data, worlds=None):
        self.names, self.data = (origin, target), data
        first, second = worlds or (small_media(), with_other_art(small_media()))
        self.origin, self.target = double_of(origin, first), double_of(target, second)

    def sync(self, *arguments, target=None, **common):
        """A run from the origin to the target; only the origin's Use switch is true."""
        names = self.names[0].lower(), (target or self.names[1]).lower()
        return self.run("-Sync", "-From", names[0], "-To", names[1], *arguments, **common)

    def reset(self, *arguments) -> int:
        """A reset of the target's libraries."""
        return self.run("-PosterReset", "-Libraries", "Movies,TV Shows", *arguments, used=self.names[1])

    def backup(self, *arguments) -> int:
        """A backup of what the target shows."""
        return self.run("-Backup", *arguments, used=self.names[1])

    def restore(self, *arguments) -> int:
        """The backup's pictures for the target."""
        return self.run("-Restore", *arguments, used=self.names[1])

    def backed_up(self) -> dict[str, bytes]:
        """The files of the backup folder."""
        folder = self.data / "backup"
        files = [path for path in folder.rglob("*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    def files(self, shown) -> dict[str, bytes]:
        """What is shown, by the file that a backup keeps it in."""
        film, show = self.target.world.items()[:2]
        names = {(film.key, slot): f"Movies/Alien (1979)/{slot.value}.jpg" for slot in Slot}
        names |= {(show.key, slot): f"TV Shows/Dark (2017)/{slot.value}.jpg" for slot in Slot}
        for number in show.season_numbers():
            names[show.season_key(number), Slot.POSTER] = f"TV Shows/Dark (2017)/Season{number:02}.jpg"
        for row in show.episodes:
            file = f"TV Shows/Dark (2017)/S{row.season:02}E{row.number:02}.jpg"
            names[row.key, Slot.POSTER] = file
        return {names[place]: content for place, content in shown.items() if content}

    def run(self, *arguments, used=None, **common):
        """A run of the script in this process; its exit code."""
        self.configure(used, **common)
        (self.data / "Logs").mkdir(exist_ok=True)
        start = prepare(parse(list(arguments)), {"APP_DATA": str(self.data), **FOLDERS})
        with open_log(self.data / "Logs" / "Scriptlog.log", 1) as log:
            return attend(start, log)

    def configure(self, source=None, **common):
        parts = {f"{name}Part": {f"Use{name}": "false"} for name in KEYS}
        keys = {}
        for name, double in zip(self.names, (self.origin, self.target), strict=True):
            used = "true" if name == (source or self.names[0]) else "false"
            parts[f"{name}Part"] = {f"Use{name}": used, f"{name}Url": double.url, "LibstoExclude": []}
            keys[KEYS[name][0]] = KEYS[name][1]
        write_config(self.data, PrerequisitePart=common, ApiPart=keys, **parts)

    def shown(self, double) -> dict[tuple[int, Slot], bytes]:
        """All pictures of the first film and show."""
        film, show = double.world.items()[:2]
        places = [(key, slot) for key in (film.key, show.key) for slot in (Slot.POSTER, Slot.BACKGROUND)]
        places += [(show.season_key(number), Slot.POSTER) for number in show.season_numbers()]
        places += [(episode.key, Slot.POSTER) for episode in show.episodes]
        return {place: double.shown_bytes(*place) for place in places}

    def forget(self):
        self.origin.forget_requests()
        self.target.forget_requests()

    def moved_bytes(self) -> int:
        """Bytes of pictures that went over the network since the last time."""
        return sum(double.bytes_in + double.bytes_out for double in (self.origin, self.target))

    def outcome(self, name="sync") -> dict:
        return json.loads((self.data / "Logs" / f"{name}.json").read_text("utf-8"))

    def log(self) -> str:
        return (self.data / "Logs" / "Scriptlog.log").read_text("utf-8")

    def plan(self) -> list[dict]:
        """The lines of the last run's plan, the last one with totals."""
        return [json.loads(line) for line in self.last_plan().read_text("utf-8").splitlines()]

    def last_plan(self):
        plans = (self.data / "engine" / "plans").glob("*.jsonl")
        return max(plans, key=lambda path: path.stat().st_mtime_ns)

    def undo(self) -> int:
        """Take back the last run, whose name in the journal is that of its plan."""
        return self.run("-Undo", self.last_plan().stem)
