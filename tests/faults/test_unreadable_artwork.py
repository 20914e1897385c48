"""Folders of artwork that the server's user may not read hide nothing but what is in them."""

import pytest

from tests.faults.driving import eventually
from tests.live_server import RunningServer
from tests.trees import make_image, make_tree

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

SOON = 2.0


@pytest.fixture
def tree(tmp_path):
    """Artwork around a folder that only its owner could read, if he had the right himself."""
    folder = make_tree(tmp_path / "assets", "A/One/poster.jpg", "M/Shut/poster.jpg", "Z/One/poster.jpg")
    (folder / "M/Shut").chmod(0)
    yield folder
    (folder / "M/Shut").chmod(0o755)


def stats(server):
    return server.get("/api/assets/stats").json()["stats"]


def messages(server):
    return " ".join(problem["message"] for problem in server.get("/health").json()["problems"])


def test_changes_beside_a_folder_that_cannot_be_read_show_within_two_seconds(data, tree, command):
    with RunningServer(data, command, ASSET_PATH=tree) as server:
        eventually(lambda: "cannot be read: 1" in messages(server), 10)
        for count, path in enumerate(("A/One/S01E01.jpg", "Z/One/S01E01.jpg", "M/New/S01E01.jpg"), start=1):
            make_image(tree, path)
            eventually(lambda count=count: stats(server)["titlecards"] == count, SOON)


def test_what_may_be_read_again_is_taken_in(data, tree, command):
    with RunningServer(data, command, ASSET_PATH=tree) as server:
        eventually(lambda: "cannot be read: 1" in messages(server), 10)
        assert stats(server)["posters"] == 2
        (tree / "M/Shut").chmod(0o755)
        eventually(lambda: stats(server)["posters"] == 3, SOON)
        eventually(lambda: "cannot be read" not in messages(server), SOON)


def test_a_folder_of_the_disk_itself_is_no_problem(data, tmp_path, command):
    tree = make_tree(tmp_path / "disk", "TV/One/poster.jpg")
    (tree / "lost+found").mkdir(mode=0)
    with RunningServer(data, command, ASSET_PATH=tree) as server:
        eventually(lambda: stats(server)["posters"] == 1, 10)
        make_image(tree, "TV/One/S01E01.jpg")
        eventually(lambda: stats(server)["titlecards"] == 1, SOON)
        assert server.get("/health").json()["status"] == "ok"
    (tree / "lost+found").chmod(0o755)
