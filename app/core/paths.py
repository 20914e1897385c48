"""Every path below the data folder, and the one place that joins untrusted names to a root."""

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.core.errors import Forbidden, Invalid, NotFound

DATA_FOLDERS = (
    "Logs",
    "RotatedLogs",
    "UILogs",
    "temp",
    "test",
    "watcher",
    "uploads",
    "Overlayfiles",
    "database",
    "runs",
)
# As long as Linux takes a path.
LONGEST_PATH = 4096
# Control characters, ends of lines, and halves of surrogate pairs.
NO_PATH = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class Paths:
    """The folders and files below the data folder, by the names of the script contract."""

    data: Path

    @property
    def config(self) -> Path:
        return self.data / "config.json"

    @property
    def engine_config(self) -> Path:
        """Our own settings, which a PowerShell poster script would delete from config.json."""
        return self.data / "engine.json"

    @property
    def rules(self) -> Path:
        """Settings by library, label, show or title."""
        return self.data / "rules.json"

    @property
    def config_lock(self) -> Path:
        return self.data / "database" / "config.json.lock"

    @property
    def config_backups(self) -> Path:
        """Former states of config.json and rules.json, made when the first of them is needed."""
        return self.data / "config_backups"

    @property
    def first_start(self) -> Path:
        """What a person has entered on the pages of the first start."""
        return self.data / "database" / "first_start.json"

    @property
    def first_start_lock(self) -> Path:
        return self.data / "database" / "first_start.json.lock"

    @property
    def scheduler(self) -> Path:
        return self.data / "scheduler.json"

    @property
    def scheduler_lock(self) -> Path:
        return self.data / "database" / "scheduler.json.lock"

    @property
    def logs(self) -> Path:
        return self.data / "Logs"

    @property
    def rotated_logs(self) -> Path:
        return self.data / "RotatedLogs"

    @property
    def interface_logs(self) -> Path:
        return self.data / "UILogs"

    @property
    def running_file(self) -> Path:
        return self.data / "temp" / "Posterizarr.Running"

    @property
    def webui_settings(self) -> Path:
        """What the web page keeps here, and the level of the log."""
        return self.data / "UILogs" / "webui_settings.json"

    @property
    def webui_settings_lock(self) -> Path:
        return self.data / "database" / "webui_settings.json.lock"

    @property
    def test_images(self) -> Path:
        return self.data / "test"

    @property
    def uploads(self) -> Path:
        """Pictures that wait for a manual run."""
        return self.data / "uploads"

    @property
    def thumbnails(self) -> Path:
        """Small copies of pictures; the first one makes the folder."""
        return self.data / "thumbnails"

    @property
    def overlays(self) -> Path:
        """Overlays and fonts."""
        return self.data / "Overlayfiles"

    @property
    def overlay_lock(self) -> Path:
        """Held while a file comes into the folder of overlays, or is deleted from it."""
        return self.data / "database" / "Overlayfiles.lock"

    @property
    def preview_sources(self) -> Path:
        """Pictures of providers that previews are drawn from, fetched again when they are gone."""
        return self.data / "previewsources"

    @property
    def small_preview_sources(self) -> Path:
        """Small copies of them, for walls."""
        return self.data / "previewsources-small"

    @property
    def designs(self) -> Path:
        """The user's own designs, a folder each, and what undoes the one that was taken last."""
        return self.data / "designs"

    @property
    def font_previews(self) -> Path:
        """Drawn previews of fonts, which can be drawn again."""
        return self.data / "fontpreviews"

    @property
    def candidate_previews(self) -> Path:
        """Small copies of pictures that providers offer, which can be fetched again."""
        return self.data / "candidatepreviews"

    @property
    def database(self) -> Path:
        return self.data / "database"

    @property
    def runs(self) -> Path:
        """Launch records and the output of each run; no script deletes files here."""
        return self.data / "runs"

    @property
    def asset_lists(self) -> Path:
        """Lists of assets that are too long for a command line, one file each."""
        return self.data / "runs" / "lists"

    @property
    def engine(self) -> Path:
        """Journal and plans of the built-in script, which makes the folder; read only here."""
        return self.data / "engine"

    @cached_property
    def watcher(self) -> Path:
        """Trigger files: ours, and those of scripts that others run."""
        return self.data / "watcher"

    @property
    def inbox(self) -> Path:
        """Trigger files of requests without a response yet; no script reads this folder."""
        return self.data / "runs" / "inbox"

    @property
    def shared_state(self) -> Path:
        return self.data / "runs" / "state.bin"

    @property
    def metrics(self) -> Path:
        """The counters of each server, in a folder of its own."""
        return self.data / "runs" / "metrics"

    @property
    def leader_lock(self) -> Path:
        return self.data / "database" / "leader.lock"

    @property
    def dispatcher_lock(self) -> Path:
        """Held by the one process that launches runs: the leader, or a command while no server does."""
        return self.data / "database" / "dispatcher.lock"

    def create(self) -> None:
        """Make every folder that the server and the script expect."""
        for name in DATA_FOLDERS:
            (self.data / name).mkdir(parents=True, exist_ok=True)


def inside(root: Path, untrusted: str) -> Path:
    """Join an untrusted name to a root; `Forbidden` where it resolves to a path outside."""
    if "\0" in untrusted:
        raise Invalid("A path cannot hold a NUL character.")
    base = root.resolve()
    try:
        target = (base / untrusted.lstrip("/\\")).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise NotFound("There is no such file.") from error
    if target != base and base not in target.parents:
        raise Forbidden("That path lies outside of its folder.")
    return target


def entry_inside(root: Path, untrusted: str) -> Path:
    """The place of one entry directly in the root, where a link is the entry itself and not its target."""
    if NO_PATH.search(untrusted) or untrusted in ("", ".", "..") or any(mark in untrusted for mark in "/\\"):
        raise NotFound(f"{untrusted[:200]!a} is not the name of one file.")
    return root / untrusted


def untrusted_asset_path(untrusted: str) -> str:
    """A path below the asset folder as the poster script writes it; `Invalid` for any other text."""
    parts = untrusted.split("/")
    is_plain = len(untrusted) <= LONGEST_PATH and not NO_PATH.search(untrusted)
    if not is_plain or any(part in ("", ".", "..") for part in parts):
        raise Invalid(f"{untrusted[:200]!a} is no path of an asset, such as 'Films/Dune (2021)/poster.jpg'.")
    return untrusted


def file_inside(root: Path, untrusted: str) -> Path:
    """An existing regular file inside the root; `NotFound` where there is none."""
    target = inside(root, untrusted)
    try:
        found = target.is_file()
    except OSError as error:
        raise NotFound("There is no such file.") from error
    if not found:
        raise NotFound(f"There is no file {untrusted!r}.")
    return target


@contextmanager
def replacing(path: Path, mode: int = 0o644):
    """Open a binary file beside the path; it takes its place, whole, if the block ends well."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def remove_leftovers(folder: Path, name: str) -> None:
    """Delete what `replacing` left of a writer that was killed; the caller holds the lock of the file."""
    for path in folder.glob(f".{name}.[0-9]*.????????"):
        path.unlink(missing_ok=True)
