"""A library of a local folder is made, changed, taken back and made again, by the API of a real server."""

import pytest

from tests.command_line import run_command
from tests.driving import eventually
from tests.live_server import RunningServer
from tests.poster.program import write_config
from tests.test_first_pictures import ended_run

FILMS = ("Metropolis (1927)", "Nosferatu (1922)")
POSTER = "Movies/Metropolis (1927)/poster.jpg"


pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture
def library(tmp_path):
    for name in FILMS:
        (tmp_path / "media" / "Movies" / name).mkdir(parents=True)
        (tmp_path / "media" / "Movies" / name / f"{name}.mkv").touch()
    return tmp_path


def configure(library, **poster):
    common = {"AssetPath": str(library / "assets")}
    write_config(library / "data", PrerequisitePart=common, PosterOverlayPart=poster)


def run(server, path, reason=None, **body):
    """Ask for a run and follow it to its end, which has that reason; the run."""
    answer = server.post(f"/api/{path}", json=body).json()
    assert answer["success"], answer
    ended = eventually(lambda: ended_run(server, answer["run_id"]), seconds=90)
    assert (ended["status"], ended["reason"]) == ("completed", reason), (ended, server.output)
    return ended


def artwork(library):
    """The bytes of all files below the asset folder by path."""
    root = library / "assets"
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def totals(server, number):
    return server.get(f"/api/runs/{number}/plan").json()["totals"]


def test_a_changed_library_is_taken_back_and_made_again_byte_for_byte(library):
    configure(library)
    with RunningServer(library / "data", MEDIA_PATH=library / "media") as server:
        run(server, "run/normal")
        first = artwork(library)
        assert len(first) == 2
        configure(library, AddBorder="false")
        changing = run(server, "run/normal")["id"]
        second = artwork(library)
        assert second.keys() == first.keys() and all(second[path] != first[path] for path in first)

        planned = run(server, f"runs/{changing}/undo", plan=True)
        assert totals(server, planned["id"]) == {"restore": 2}
        assert artwork(library) == second
        undo = run(server, f"runs/{changing}/undo")
        assert (undo["mode"], undo["undoes"]) == ("undo", changing)
        assert artwork(library) == first
        told = server.get(f"/api/runs/{changing}").json()["run"]
        assert (told["undone_by"], told["undone_in_part"]) == (undo["id"], False)
        run(server, "run/normal")
        assert artwork(library) == first

        run(server, f"runs/{undo['id']}/undo")
        assert artwork(library) == second
        assert server.get(f"/api/runs/{changing}").json()["run"]["undone_by"] is None

        run(server, f"runs/{changing}/undo", assets=[POSTER])
        assert artwork(library) == second | {POSTER: first[POSTER]}
        found = server.get(f"/api/assets/{POSTER}/versions").json()["versions"]
        assert [(each["is_present"], each["is_kept"]) for each in found] == [(True, True), (False, True)]
        assert [server.get(each["url"]).content for each in found] == [first[POSTER], second[POSTER]]

        earlier = next(each["sha256"] for each in found if not each["is_present"])
        restored = run(server, f"assets/{POSTER}/versions", version=earlier)
        assert (restored["mode"], artwork(library)) == ("version", second)


def command(library, *words):
    settings = {"APP_DATA": str(library / "data"), "MEDIA_PATH": str(library / "media"), "DEMO": "off"}
    environment = {"PATH": "/usr/bin:/bin", "UPDATE_CHECK": "false", **settings}
    return run_command(*words, environment=environment)


def test_a_run_is_taken_back_from_the_command_line(library):
    configure(library)
    assert command(library, "run", "normal").returncode == 0
    planned = command(library, "undo", "1", "--plan", "--asset", POSTER)
    assert (planned.returncode, len(artwork(library))) == (0, 2), planned.stderr
    assert f"delete   {POSTER}" in planned.stdout and "1 delete" in planned.stdout
    undone = command(library, "undo", "1")
    assert (undone.returncode, artwork(library)) == (0, {}), undone.stderr
    refused = command(library, "undo", "99")
    assert (refused.returncode, refused.stderr) == (1, "Error: There is no run 99.\n")
    refused = command(library, "undo", "1", "--asset", "../../etc/passwd")
    assert refused.returncode == 1 and "is no path of an asset" in refused.stderr
    by_hand = library / "assets" / POSTER
    by_hand.parent.mkdir(parents=True, exist_ok=True)
    by_hand.write_bytes(b"by hand")
    checked = command(library, "store")
    assert (checked.returncode, checked.stdout.split()[:2]) == (0, ["2", "files,"]), checked.stderr
    next((library / "data" / "engine" / "store").rglob("?" * 64)).write_bytes(b"damaged")
    checked = command(library, "store")
    assert checked.returncode == 1 and "problem: " in checked.stdout, checked.stderr
    taken = command(library, "run", "normal", "--take", POSTER)
    assert taken.returncode == 0 and by_hand.read_bytes() != b"by hand", taken.stdout + taken.stderr
