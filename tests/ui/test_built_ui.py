"""UI_PATH: a built page of others, served without a proxy."""

import shutil

import pytest

from app import create_app
from tests.conftest import KEY
from tests.test_config import PAGES
from tests.ui.test_page import Tags

HASHED = "/assets/index-4f3a1b2c.js"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The build with links beside its files: one that stays inside, and two that lead out."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.js").write_text("secret")
    built = outside / "built"
    shutil.copytree(PAGES, built)
    (built / "linked.js").symlink_to(built / "assets" / "index-4f3a1b2c.js")
    (built / "assets" / "out.js").symlink_to(outside / "secret.js")
    (built / "up").symlink_to(outside)
    return built


@pytest.fixture
def make_reader(data, database_url, folder, app):
    """Makes a browser of a server that serves the build."""
    made = []

    def make(**settings):
        settings = {
            "APP_DATA": data,
            "DATABASE_URL": database_url,
            "UI_PATH": folder,
            "APP_API_KEY": KEY,
        } | settings
        made.append(create_app(**settings))
        return made[-1].test_client()

    yield make
    for each in made:
        each.extensions["machine"].close()


@pytest.fixture
def reader(make_reader):
    return make_reader()


def read(reader, path, **options):
    return reader.get(path, buffered=True, **options)


@pytest.mark.parametrize(
    "route", ["/", "/gallery/posters", "/run-modes", "/config/webui", "/a%20b", "/%F0%9F%8E%AC"]
)
def test_every_route_of_the_client_is_answered_with_its_page(reader, route):
    answer = read(reader, route)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "A built page" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    assert read(reader, route, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("path", "kind", "cached"),
    [
        (HASHED, "text/javascript", "public, max-age=31536000, immutable"),
        ("/assets/index-9d8e7f6a.css", "text/css", "public, max-age=31536000, immutable"),
        ("/icon.svg", "image/svg+xml", "no-cache"),
        ("/linked.js", "text/javascript", "no-cache"),
    ],
)
def test_hashed_bundles_are_cached_for_ever_and_other_files_are_asked_for_again(reader, path, kind, cached):
    answer = read(reader, path)
    assert (answer.status_code, answer.mimetype, answer.headers["Cache-Control"]) == (200, kind, cached)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"]


@pytest.mark.parametrize(
    "path",
    [
        *("/assets/none.js", "/favicon.ico", "/none/deep.css"),
        *("/assets/out.js", "/up/secret.js", "/../secret.js", "/%2e%2e/secret.js", "/assets/../../secret.js"),
        *("/.hidden.js", "/assets/.x.js", "/a%00b.js", "/..%5csecret.js"),
        *(
            "/api/nowhere",
            "/api",
            "/ws/nowhere",
            "/poster_assets/x/none",
            "/test/none",
            "/images/none",
            "/ui/none",
        ),
    ],
)
def test_what_is_missing_hidden_outside_or_the_servers_is_an_error_as_json(reader, path):
    answer = read(reader, path)
    assert answer.status_code in (400, 401, 403, 404), answer.text
    assert answer.json["detail"] == answer.json["message"]
    assert "secret" not in answer.text.replace(path, "").replace("secret.js", "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_only_reading_is_answered_with_pages(reader, method):
    assert reader.open("/gallery/posters", method=method).status_code == 404
    assert reader.open("/api/nowhere", method=method).status_code == 404


def test_our_own_page_and_the_api_stay_where_they_are(reader, client):
    assert 'href="/" aria-current="page"' in read(client, "/server").text
    own = read(reader, "/server", headers={"X-API-Key": KEY})
    # There the way home leads past the other UI.
    assert 'href="/server" aria-current="page"' in own.text and 'id="present"' in own.text
    assert read(reader, "/server").location.startswith("/server/sign-in")
    assert read(reader, "/ui/tokens.css").status_code == 200
    assert read(reader, "/api/docs").status_code == 200
    assert read(reader, "/api/status", headers={"X-API-Key": KEY}).status_code == 200
    assert read(reader, "/ping").json == {"status": "ok"}


def test_the_policy_allows_the_scripts_of_the_page_and_what_such_a_page_does(reader):
    policy = dict(
        part.split(" ", 1) for part in read(reader, "/").headers["Content-Security-Policy"].split("; ")
    )
    assert "'unsafe-inline'" not in policy["script-src"] and "'sha256-" in policy["script-src"]
    assert policy["object-src"] == "'none'" and policy["frame-ancestors"] == "'self'"
    assert "https:" in policy["img-src"] and "blob:" in policy["img-src"]
    assert read(reader, "/").headers["Referrer-Policy"] == "same-origin"


def test_below_a_base_path_the_addresses_of_the_page_are_below_it(make_reader):
    below = make_reader(APP_BASE_PATH="/posters")
    page = Tags(read(below, "/posters/gallery").text)
    assert page.values("src", "href") == [
        f"/posters{HASHED}",
        "/posters/assets/index-9d8e7f6a.css",
        "//elsewhere.example/icon.png",
    ]
    assert read(below, f"/posters{HASHED}").status_code == 200
    assert read(below, "/gallery").status_code == 404


def test_a_build_made_for_the_base_path_is_left_as_it_is(make_reader, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "made", symlinks=True)
    index = tmp_path / "made" / "index.html"
    index.write_text(index.read_text().replace("/assets/", "/posters/assets/"))
    below = make_reader(APP_BASE_PATH="/posters", UI_PATH=tmp_path / "made")
    assert f'src="/posters{HASHED}"' in read(below, "/posters/").text


def test_the_page_of_others_warns_too_where_the_login_is_off(make_reader, machine):
    assert "The login is off" not in read(make_reader(APP_HOST="0.0.0.0"), "/").text
    machine.paths.config.write_text('{"WebUI": {"basicAuthEnabled": "false"}}')
    assert "The login is off" not in read(make_reader(), "/logs").text
    text = read(make_reader(APP_HOST="0.0.0.0"), "/logs").text
    assert text.index('<body class="dark">') < text.index("The login is off") < text.index('<div id="root">')


def test_a_build_that_has_gone_is_404_and_nothing_breaks(make_reader, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "made", symlinks=True)
    reader = make_reader(UI_PATH=tmp_path / "made")
    shutil.rmtree(tmp_path / "made")
    assert [read(reader, path).status_code for path in ("/", "/gallery", HASHED)] == [404, 404, 404]
