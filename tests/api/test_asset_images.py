"""The images of the trees over HTTP: only images, only from inside, only for callers."""

import json
import tempfile
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app import create_app
from app.core.config_file import create_config
from app.models import Base
from tests.api.test_assets import roots
from tests.conftest import KEY
from tests.trees import make_image, make_tree

__all__ = ["roots"]

PREFIXES = {"poster_assets": "assets", "manual_poster_assets": "manual", "backup_assets": "backup"}
SECRET = b"what nobody may see"


@pytest.mark.parametrize(("prefix", "root"), PREFIXES.items())
def test_an_image_of_each_tree_is_sent(client, roots, prefix, root):
    make_image(roots[root], "TV/Ünder Water #1/poster.jpg", root.encode())
    answer = client.get(f"/{prefix}/TV/%C3%9Cnder%20Water%20%231/poster.jpg", buffered=True)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, root.encode(), "image/jpeg")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, max-age=60, must-revalidate"


def test_an_image_is_sent_before_it_is_indexed_and_with_a_query_that_defeats_caches(client, roots):
    make_image(roots["assets"], "poster.jpg", b"new")
    assert client.get("/poster_assets/poster.jpg?t=1764000000", buffered=True).data == b"new"


def test_what_the_client_has_is_not_sent_again(client, roots):
    make_image(roots["assets"])
    first = client.get("/poster_assets/poster.jpg", buffered=True)
    for name, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        answer = client.get("/poster_assets/poster.jpg", headers={name: first.headers[value]}, buffered=True)
        assert (answer.status_code, answer.data) == (304, b"")


def test_a_part_of_an_image_can_be_asked_for(client, roots):
    make_image(roots["assets"], content=b"0123456789")
    answer = client.get("/poster_assets/poster.jpg", headers={"Range": "bytes=2-4"}, buffered=True)
    assert (answer.status_code, answer.data) == (206, b"234")


def test_an_image_needs_a_caller_that_may_read(anonymous, roots):
    make_image(roots["assets"])
    assert anonymous.get("/poster_assets/poster.jpg").status_code == 401


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_done_to_an_image_but_reading(client, roots, method):
    file = make_image(roots["assets"])
    assert client.open("/poster_assets/poster.jpg", method=method).status_code == 405
    assert file.exists()


@pytest.mark.parametrize(
    "name",
    ["nowhere.jpg", "TV", "TV/", "", "notes.txt", ".hidden.jpg", ".git/poster.jpg", "@eaDir/poster.jpg"],
)
def test_only_images_are_sent_and_no_folder_is_listed(client, roots, name):
    make_tree(
        roots["assets"], "TV/poster.jpg", "notes.txt", ".hidden.jpg", ".git/poster.jpg", "@eaDir/poster.jpg"
    )
    assert client.get(f"/poster_assets/{name}").status_code == 404


def test_a_neighbour_whose_name_begins_alike_is_never_admitted(client, roots, tmp_path):
    make_image(tmp_path / "assetsbackup", "secret.jpg", SECRET)
    (roots["assets"] / "link.jpg").symlink_to(tmp_path / "assetsbackup" / "secret.jpg")
    for name in ("..%2fassetsbackup/secret.jpg", "%2e%2e/assetsbackup/secret.jpg", "link.jpg"):
        answer = client.get(f"/poster_assets/{name}", buffered=True)
        assert answer.status_code in (403, 404) and SECRET not in answer.data


def test_a_root_that_is_not_configured_has_no_images(client, machine):
    machine.paths.config.write_text('{"PrerequisitePart": {"BackupPath": ""}}')
    answer = client.get("/backup_assets/poster.jpg")
    assert answer.status_code == 404 and "BackupPath" in answer.json["detail"]


def test_a_changed_root_counts_at_once(client, machine, roots, tmp_path):
    make_image(roots["assets"], content=b"old")
    make_image(tmp_path / "new", content=b"new")
    machine.paths.config.write_text(json.dumps({"PrerequisitePart": {"AssetPath": str(tmp_path / "new")}}))
    assert client.get("/poster_assets/poster.jpg", buffered=True).data == b"new"


@pytest.fixture(scope="module")
def fortress():
    """A server whose tree is surrounded by secrets, for many requests."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("secret.jpg", "assetsbackup/secret.jpg", "assets.jpg", "data/secret.jpg"):
            make_image(place, name, SECRET)
        root = make_tree(place / "assets", "poster.jpg", "TV/poster.jpg")
        (root / "out.jpg").symlink_to(place / "secret.jpg")
        (root / "way").symlink_to(place)
        (root / "loop").symlink_to(root)
        app = create_app(APP_DATA=place / "data", APP_API_KEY=KEY, ASSET_PATH=root, UPDATE_CHECK="false")
        machine = app.extensions["machine"]
        machine.paths.create()
        create_config(machine.paths.config, {})
        Base.metadata.create_all(machine.database.engine)
        client = app.test_client()
        client.environ_base["HTTP_X_API_KEY"] = KEY
        yield client
        machine.close()


steps = some.sampled_from(
    [
        "..",
        ".",
        "",
        "TV",
        "way",
        "loop",
        "out.jpg",
        "poster.jpg",
        "secret.jpg",
        "assetsbackup",
        "assets",
        "\0",
    ]
    + ["%2e%2e", "..\\", "\udcff", "....//", "C:", "~", "assets.jpg", "data"]
)
walks = some.lists(some.one_of(steps, some.text(max_size=6)), min_size=1, max_size=7)
separators = some.sampled_from(["/", "//", "%2f", "\\", "%5c", "/./"])


def spelled(parts, separator):
    quoted = [quote(part.encode("utf-8", "surrogatepass"), safe="%~.\\:") for part in parts]
    return separator.join(quoted)


@given(walks, separators)
def test_no_name_no_encoding_no_link_and_no_climb_leaves_the_root(fortress, parts, separator):
    answer = fortress.get(f"/poster_assets/{spelled(parts, separator)}", buffered=True)
    assert answer.status_code in (200, 308, 400, 403, 404)
    assert SECRET not in answer.data
    assert answer.status_code != 200 or answer.data in (b"poster.jpg", b"TV/poster.jpg")


@given(walks, separators)
def test_no_path_to_browse_leaves_the_root(fortress, parts, separator):
    answer = fortress.get(f"/api/folder-view/browse?path={spelled(parts, separator)}")
    assert answer.status_code in (200, 400, 403, 404)
    assert b"secret" not in answer.data
