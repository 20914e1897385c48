"""The endpoints of runs, with a dispatcher that works beside them where one is needed."""

import pytest

from app import create_app
from app.background.dispatcher import Dispatcher
from app.core.config_file import create_config
from app.core.outgoing.address_rule import AddressRule
from app.core.outgoing.picture_download import PictureDownloads
from app.core.runs import claim_next, request_run
from app.models import Base
from app.models.base import now
from tests.api.test_manual_upload import make_picture
from tests.conftest import KEY
from tests.doubles import loopback
from tests.driving import eventually, foreign_script, row, script, starts


@pytest.fixture
def serving(data, database_url, monkeypatch):
    """Makes a client whose server runs the named fake script."""
    made = []

    def make(name, **environment):
        for variable, value in environment.items():
            monkeypatch.setenv(variable, value)
        app = create_app(
            APP_DATA=data,
            DATABASE_URL=database_url,
            APP_API_KEY=KEY,
            POSTER_SCRIPT=script(name),
            UPDATE_CHECK="false",
        )
        machine = app.extensions["machine"]
        machine.paths.create()
        create_config(machine.paths.config, {})
        Base.metadata.create_all(machine.database.engine)
        dispatcher = Dispatcher(machine)
        dispatcher.start()
        made.append((dispatcher, machine))
        client = app.test_client()
        client.environ_base["HTTP_X_API_KEY"] = KEY
        client.machine = machine
        return client

    yield make
    for dispatcher, machine in made:
        dispatcher.stop()
        machine.close()


def test_a_run_is_started_and_ends_in_the_list(serving):
    client = serving("obedient")
    answer = client.post("/api/run/testing")
    assert (answer.status_code, answer.json["message"]) == (200, "Started in testing mode")
    assert (answer.json["success"], answer.json["queued"], answer.json["position"]) == (True, False, 0)
    number = answer.json["run_id"]
    eventually(lambda: row(client.machine, number).status == "completed")
    found = client.get("/api/runs").json
    assert (found["success"], found["count"], found["total"], found["limit"], found["offset"]) == (
        True,
        1,
        1,
        50,
        0,
    )
    run = found["runs"][0]
    assert (run["status"], run["origin"], run["total_images"]) == ("completed", "api", 4)
    assert run["started_at"].endswith("+00:00")


def test_a_second_run_is_queued_and_says_so(client, database):
    client.post("/api/run/normal")
    with database.writing() as session:
        claim_next(session, now())
    answer = client.post("/api/run/testing").json
    assert answer["message"] == "Queued in testing mode: another run is active"
    assert (answer["queued"], answer["position"], answer["status"], answer["pid"]) == (
        True,
        1,
        "queued",
        None,
    )


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        ("nonsense", "Invalid mode: nonsense. There are normal, testing, backup,"),
        ("manual", "/api/run-manual"),
        ("arr", "Invalid"),
        ("reset", "library"),
    ],
)
def test_modes_that_cannot_be_started_here_are_400_in_both_words(client, mode, text):
    answer = client.post(f"/api/run/{mode}")
    assert answer.status_code == 400 and text in answer.json["detail"] == answer.json["message"]


def test_a_manual_run_hands_over_its_arguments(serving):
    client = serving("obedient")
    picture = client.machine.paths.uploads / "y.jpg"
    picture.write_bytes(b"x")
    body = {"picturePath": str(picture), "titletext": "Alien", "folderName": "F", "libraryName": "L"}
    answer = client.post("/api/run-manual", json={**body, "posterType": "background", "mediaType": "movie"})
    assert answer.status_code == 200 and answer.json["message"] == "Started in manual mode"
    eventually(lambda: starts(client.machine))
    expected = ["-Manual", "-PicturePath", str(picture), "-BackgroundCard", "-Titletext", "Alien"]
    assert starts(client.machine)[0][2] == [*expected, "-FolderName", "F", "-LibraryName", "L"]


def test_a_picture_at_an_address_is_fetched_and_checked_before_a_run_is_queued(client, machine):
    body = {"folderName": "F", "libraryName": "L", "mediaType": "tv", "posterWithText": True}
    with loopback.serving(loopback.Loopback()) as host:
        host.trouble = lambda handler: handler.send(200, make_picture())
        address = f"{host.url}/y?token=x"
        assert client.post("/api/run-manual", json={**body, "picturePath": address}).status_code == 400
        assert host.asked == [] and list(machine.paths.uploads.iterdir()) == []
        machine.downloads = PictureDownloads(AddressRule(frozenset({"127.0.0.1"})))
        answer = client.post("/api/run-manual", json={**body, "titletext": "T", "picturePath": address})
    [staged] = machine.paths.uploads.iterdir()
    assert staged.name.endswith("_y.png") and staged.read_bytes() == make_picture()
    arguments = client.get(f"/api/runs/{answer.json['run_id']}").json["run"]["arguments"]
    expected = ["-PicturePath", str(staged), "-ShowPosterCard", "-Titletext", ""]
    assert arguments == [*expected, "-FolderName", "F", "-LibraryName", "L"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"picturePath": "http://x/y.jpg", "folderName": "F"},
        {"picturePath": "http://x/y.jpg", "folderName": "F", "libraryName": " "},
        {"picturePath": "http://x/y.jpg", "folderName": "F", "libraryName": "L", "posterType": "season"},
        {"picturePath": "http://x/y.jpg", "folderName": "F", "libraryName": "L", "posterType": "sculpture"},
        {"picturePath": "/etc/passwd", "folderName": "F", "libraryName": "L"},
        {"picturePath": 5, "folderName": "F", "libraryName": "L"},
        {"picturePath": "http://x/y.jpg", "folderName": "../F", "libraryName": "L"},
    ],
)
def test_a_manual_run_that_lacks_something_is_400(client, body):
    answer = client.post("/api/run-manual", json=body)
    assert answer.status_code == 400 and answer.json["detail"]


def test_all_that_a_manual_run_lacks_is_named_at_once(client):
    told = client.post("/api/run-manual", json={"folderName": "F", "posterType": "titlecard"}).json["detail"]
    for name in ("picturePath", "libraryName", "epTitleName", "seasonPosterName", "episodeNumber"):
        assert name in str(told)


def test_a_manual_run_may_take_a_picture_from_the_uploads(client, machine, session):
    (machine.paths.data / "uploads" / "x.png").write_bytes(b"x")
    body = {"picturePath": "x.png", "folderName": "F", "libraryName": "L"}
    number = client.post("/api/run-manual", json=body).json["run_id"]
    arguments = client.get(f"/api/runs/{number}").json["run"]["arguments"]
    assert arguments[1] == str(machine.paths.data / "uploads" / "x.png")


def test_a_manual_run_may_take_a_picture_from_an_asset_folder_below_the_data_folder(client, machine):
    machine.paths.config.write_text('{"PrerequisitePart": {"AssetPath": "artwork"}}')
    (machine.paths.data / "artwork").mkdir()
    (machine.paths.data / "artwork" / "x.png").write_bytes(b"x")
    body = {"picturePath": "x.png", "folderName": "F", "libraryName": "L"}
    number = client.post("/api/run-manual", json=body).json["run_id"]
    arguments = client.get(f"/api/runs/{number}").json["run"]["arguments"]
    assert arguments[1] == str(machine.paths.data / "artwork" / "x.png")


@pytest.fixture
def other_script(overrides):
    """A script that does not say which modes it has."""
    overrides["POSTER_SCRIPT"] = script("obedient")


def test_a_reset_needs_a_library(other_script, client):
    assert client.post("/api/reset-posters", json={"library": ""}).status_code == 400
    assert (
        client.post("/api/reset-posters", json={"library": "TV"}).json["message"] == "Started in reset mode"
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"library": "all"}, ["-LogoUpdater", "-LibraryName", "all"]),
        ({"library": "TV", "force_replace": True}, ["-LogoUpdater", "-LibraryName", "TV", "-ForceReplace"]),
        (
            {"library": "-TV", "force_replace": True, "revert": True},
            ["-LogoRevert", "-LibraryName", " -TV"],
        ),
    ],
)
def test_a_logo_run_names_its_library_and_its_switch(serving, body, words):
    client = serving("obedient")
    assert client.post("/api/run-logoupdater", json={**body, "library": " "}).status_code == 400
    answer = client.post("/api/run-logoupdater", json=body)
    assert answer.status_code == 200, answer.json
    eventually(lambda: starts(client.machine))
    assert starts(client.machine)[0][2] == words


def test_one_run_is_shown_with_progress_while_it_is_active(serving):
    client = serving("obedient", FAKE_SECONDS="2")
    number = client.post("/api/run/normal").json["run_id"]
    answer = eventually(lambda: (got := client.get(f"/api/runs/{number}").json)["progress"] and got)
    assert answer["progress"]["log_file"] == "Scriptlog.log" and answer["run"]["status"] == "running"
    eventually(lambda: client.get(f"/api/runs/{number}").json["run"]["status"] == "completed")
    assert client.get(f"/api/runs/{number}").json["progress"] is None


@pytest.mark.parametrize("number", [4711, 2**31, 10**25])
def test_a_run_that_does_not_exist_is_404(client, number):
    assert client.get(f"/api/runs/{number}").status_code == 404
    assert client.delete(f"/api/runs/{number}").status_code == 404


def test_a_queued_run_is_cancelled_and_a_running_one_is_not(client, database):
    first, second = (client.post("/api/run/normal").json["run_id"] for _ in range(2))
    assert client.get(f"/api/runs/{second}").json["position"] == 1
    with database.writing() as session:
        claim_next(session, now())
    assert client.delete(f"/api/runs/{second}").json["success"] is True
    assert client.get(f"/api/runs/{second}").json["run"]["status"] == "skipped"
    assert client.delete(f"/api/runs/{second}").status_code == 409
    assert client.delete(f"/api/runs/{first}").status_code == 409


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "offset=-1", "status=x", "mode=x"])
def test_a_query_that_makes_no_sense_is_400(client, query):
    answer = client.get(f"/api/runs?{query}")
    assert answer.status_code == 400 and query.split("=")[0] in answer.json["detail"]


def test_runs_are_filtered_and_paged(client):
    for mode in ("normal", "testing", "normal"):
        client.post(f"/api/run/{mode}")
    assert [run["id"] for run in client.get("/api/runs?limit=2&offset=1").json["runs"]] == [2, 1]
    assert client.get("/api/runs?mode=testing&status=queued").json["total"] == 1


def test_secrets_among_the_arguments_are_not_shown(client, database):
    with database.writing() as session:
        words = ["-PicturePath", "http://plex/x.jpg?X-Plex-Token=abcdef123456"]
        number = request_run(session, "manual", "api", words).id
    assert "abcdef123456" not in client.get(f"/api/runs/{number}").text


def test_stop_answers_when_the_script_has_ended(serving):
    client = serving("unruly", FAKE_FAULT="hangs")
    number = client.post("/api/run/normal").json["run_id"]
    eventually(lambda: starts(client.machine))
    assert client.post("/api/stop").json == {"success": True, "message": "Stopped: manual"}
    assert row(client.machine, number).status == "stopped"


@pytest.mark.slow
def test_stop_says_that_a_deaf_script_is_still_ending_and_force_kill_ends_it(serving):
    client = serving("unruly", FAKE_FAULT="ignores_term")
    client.post("/api/run/normal")
    eventually(lambda: starts(client.machine))
    answer = client.post("/api/stop").json
    assert answer["success"] and answer["message"].startswith("Stopping: manual")
    assert client.post("/api/force-kill").json["message"] == "Force killed: manual"


@pytest.mark.parametrize("verb", ["stop", "force-kill"])
def test_where_nothing_runs_nothing_is_stopped(client, verb):
    answer = client.post(f"/api/{verb}")
    assert (answer.status_code, answer.json) == (200, {"success": False, "message": "No script is running"})


@pytest.fixture
def foreign(serving):
    """A client, and a script that somebody else started."""
    client = serving("obedient", FAKE_SECONDS="60")
    with foreign_script(client.machine) as process:
        yield client, process


def test_a_script_that_somebody_else_started_is_stopped_too(foreign):
    client, process = foreign
    assert client.post("/api/stop").json == {"success": True, "message": "Stopped: external"}
    assert process.wait(60) == -15 and not client.machine.paths.running_file.exists()


def test_the_running_file_of_a_live_script_is_not_deleted(foreign):
    client, process = foreign
    answer = client.delete("/api/running-file")
    assert answer.status_code == 409 and "running" in answer.json["detail"]
    assert client.post("/api/run/normal").json["queued"] is True
    process.kill()
    process.wait()


def test_a_stale_running_file_is_deleted_once(client, machine):
    machine.paths.running_file.touch()
    assert client.delete("/api/running-file").json == {"success": True, "message": "Running file deleted"}
    assert client.delete("/api/running-file").json["success"] is False


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/run/normal"),
        ("post", "/stop"),
        ("get", "/runs"),
        ("delete", "/runs/1"),
        ("delete", "/running-file"),
    ],
)
def test_nobody_gets_in_without_credentials(anonymous, method, path):
    assert getattr(anonymous, method)(f"/api{path}").status_code == 401


def test_what_the_script_cannot_do_is_neither_offered_nor_queued_nor_scheduled(client):
    offers = {offer["mode"]: offer for offer in client.get("/api/runs/modes").json["modes"]}
    assert offers["testing"]["available"]
    lacks = {mode for mode, offer in offers.items() if "has no -" in offer["reason"]}
    missing = lacks & {"backup", "restore", "syncjelly", "syncemby"}
    for mode in missing:
        refused = client.post(f"/api/run/{mode}")
        assert (refused.status_code, refused.json["detail"]) == (409, offers[mode]["reason"])
        entry = {"time": "01:30", "mode": mode}
        assert client.post("/api/scheduler/schedule", json=entry).status_code == 409
    assert client.get("/api/runs").json["total"] == 0
