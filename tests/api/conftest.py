"""A server with data of every kind, for tests that read all of the API."""

import json
from contextlib import closing

import pytest

from app.background.scheduler import Scheduler
from app.core.exports.sheets import OTHER, OTHER_EPISODES, OTHER_LIBRARY
from app.core.release_feed import Fetched
from app.core.releases import store_fetched
from app.core.replacing.replacement_queue import QueueRequest, add_item
from app.core.servers.libraries import store_libraries
from app.core.triggers.consumption import request_runs
from app.poster.journal.journal import Journal
from app.poster.records.journal_entry import UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Shown, Slot, UploadState
from app.services.takeover import take_over_once
from tests import exported
from tests.choices import make_row, take
from tests.core.decisions.test_run_changes import make_changes
from tests.core.test_releases import make_entry
from tests.past_runs import BEGAN, make_active_run, make_run
from tests.poster.journal.steps import record
from tests.trees import catalogue, make_image, make_tree
from tests.triggers import deliver, make_episodes, make_film, trigger
from tests.upstream import make_history, make_past_run

DAY, DAY_AFTER = "20251125153003000000-9-1", "20251125163003000000-10-1"


@pytest.fixture
def lived_in(client, machine):
    """A server with a history, a plan, a log and a list of releases."""
    (machine.paths.logs / "Scriptlog.log").write_text("[2025-11-25 16:34:18] [INFO]    |L.83  | Finished\n")
    (machine.paths.interface_logs / "BackendServer.log").write_text("[2025-11-25 16:34:18] up\n")
    with machine.database.writing() as session:
        session.add_all([make_run(), make_run(mode="normal", total_images=3)])
        store_fetched(session, Fetched(payload=[make_entry()]))
        store_libraries(session, "plex", [{"name": "TV Shows", "type": "show", "key": "1"}])
    client.post("/api/scheduler/schedule", json={"time": "19:30", "description": "evening"})
    client.post("/api/scheduler/enable")
    edited = json.loads(machine.paths.scheduler.read_text())
    machine.paths.scheduler.write_text(json.dumps(edited | {"last_run": "2025-11-25T16:30:00.002702"}))
    Scheduler(machine).tick()
    furnish(machine, client)
    return client


def furnish(machine, client):
    """Artwork, choices of every category, exports of both kinds, and secrets in the settings."""
    folder = machine.paths.data.parent
    item = "TV Shows/Dark (2017)"
    make_tree(folder / "assets", f"{item}/poster.jpg", f"{item}/Season02.jpg")
    make_tree(folder / "manual", f"{item}/poster.jpg")
    make_image(machine.paths.data, "Overlayfiles/overlay.png")
    configure(machine, AssetPath=str(folder / "assets"), ManualAssetPath=str(folder / "manual"))
    catalogue(machine)
    take(machine, *every_category())
    exported.write_pair(machine.paths.logs)
    films = [exported.make_row(OTHER_LIBRARY)]
    exported.write_pair(machine.paths.logs, OTHER, films, [exported.make_row(OTHER_EPISODES, episodes="1")])
    for kind in ("plex", "other-media"):
        assert client.post(f"/api/{kind}-export/import").json["success"]


def configure(machine, **folders):
    config = json.loads(machine.paths.config.read_text())
    config["PrerequisitePart"] |= folders
    config["ApiPart"]["tmdbtoken"] = "a token that is seen by nobody"
    config["PlexPart"]["LibstoExclude"] = ["Music"]
    machine.paths.config.write_text(json.dumps(config))


def every_category():
    """Rows that between them are in all seven categories."""
    return [
        make_row(Title="Missing", Download_Source="false", Fav_Provider_Link="false"),
        make_row(Title="English", Language="en"),
        make_row(Title="Elsewhere", Download_Source="https://assets.fanart.tv/x.jpg"),
        make_row(Title="Cut off", TextTruncated="True"),
        make_row(Title="Settled", Manual="Yes"),
    ]


@pytest.fixture
def populated(lived_in, machine):
    """The same with triggers, keys, backups, images of every root, an active run and a problem."""
    first, _ = deliver(machine, make_episodes(1, 2), make_film())
    with machine.database.writing() as session:
        request_runs(session, trigger(machine, first).identity, as_lists=True)
    lived_in.post("/api/auth/keys", json={"name": "Sonarr", "scopes": ["webhook"]})
    lived_in.post("/api/logs/ui", json={"message": "A page was opened."})
    assert lived_in.post("/api/config/backup").json["success"]
    (machine.paths.config_backups / "config_backup_20261101_000000.json").write_text("{}")
    for region in ("CA", "DE"):
        rules = [{"name": label, "when": {"label": label}, "set": {"region": region}} for label in "ab"]
        rules[0]["set"] = {"region": "FR", "language": ["fr"]}
        assert lived_in.post("/api/rules", json={"rules": rules}).json["changed"]
    make_images(machine)
    catalogue(machine)
    take(machine, make_row(Title="Dark", Type="Show", Rootfolder="Dark (2017)", LibraryName="TV Shows"))
    with machine.database.writing() as session:
        add_item(session, QueueRequest("TV Shows/Dark (2017)/poster.jpg", ("upload", "x.jpg"), {}), "")
    write_plan(machine.paths.engine / "plans")
    make_changes(machine.paths.engine, DAY, "TV Shows/Dark (2017)/poster.jpg")
    make_changes(machine.paths.engine, DAY_AFTER, "Movies/Alien (1979)/poster.jpg")
    write_decision(machine.paths.engine, "TV Shows/Dark (2017)/poster.jpg")
    write_preflight(machine.paths.engine / "preflight")
    (machine.paths.logs / "Testinglog.log").write_text("[2025-11-25 16:34:18] [INFO]    |L.83  | Drawing\n")
    problem = {"source": "runs", "message": "A problem", "public": "A problem", "advice": "Correct it."}
    machine.state.publish(run=make_active_run(), problems=[problem])
    make_history(machine.paths.data, make_past_run(timestamp="?", start_time="", end_time=""))
    take_over_once(machine)
    return lived_in


def write_plan(folder):
    names = ("path", "library", "title", "kind", "action", "reason", "why", "owner", "provider")
    step = dict.fromkeys((*names, "address", "detail", "owner_why"), "text")
    step |= {"action": "create", "rules": ["text"]}
    place = dict.fromkeys(("server", "slot", "item_key", "why"), "text")
    step["uploads"] = [place | {"action": "upload", "state": "waiting"}]
    folder.mkdir(parents=True)
    ending = {"totals": {"create": 1}, "reasons": {"new": 1}}
    (folder / "1-1.jsonl").write_text(f"{json.dumps(step)}\n{json.dumps(ending)}\n")


def write_preflight(folder):
    picture = dict.fromkeys(("kind", "title", "second", "library", "why", "settings"), "text")
    picture |= {"lines": [["TEXT"]], "sizes": [90], "truncated": True, "missing": ["x"]}
    folder.mkdir(parents=True)
    (folder / "titles.json").write_text(json.dumps({"titles": 1, "pictures": [picture]}))


def write_decision(engine, path):
    """As the built-in script records it, of a picture that a server shows."""
    place = Place(SourceName.PLEX, "7", Slot.POSTER)
    shown = Shown("upload://posters/a")
    uploads = (UploadRecord(place, UploadState.APPLIED, "ab" * 32, shown=shown, at=BEGAN),)
    known = record(path, uploads=uploads, owner=Owner.OURS, owner_why="the journal wrote it")
    with closing(Journal(engine)) as journal:
        journal.note(known)


def make_images(machine):
    folder = machine.paths.data.parent
    item = "TV Shows/Dark (2017)"
    make_tree(folder / "assets", f"{item}/background.jpg", f"{item}/S01E01.jpg", "Loose/x/poster.jpg")
    make_tree(folder / "backup", f"{item}/poster.jpg")
    configure(machine, BackupPath=str(folder / "backup"))
    make_image(machine.paths.data, "Overlayfiles/own.ttf")
    make_image(machine.paths.test_images, "poster.jpg")
