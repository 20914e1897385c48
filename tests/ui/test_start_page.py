"""The pages of the first start, as the server renders them and answers their forms."""

import json
from dataclasses import replace

import pytest

from app.core.first_start.draft import change_draft, stored_draft
from app.core.first_start.readiness import STEPS
from app.core.settings.backups import list_backups
from app.models import Status
from app.services.takeover import take_over_once
from tests.doubles.loopback import serving
from tests.doubles.media_jellyfin import TOKEN, MediaJellyfin
from tests.doubles.media_world import small_media
from tests.driving import rows
from tests.upstream import make_folder


@pytest.fixture
def fresh(machine):
    """An installation that the start has just made."""
    change_draft(machine.paths, lambda draft: replace(draft, leads=True))


@pytest.fixture(scope="module")
def jellyfin():
    with serving(MediaJellyfin(small_media())) as double:
        yield double


@pytest.fixture
def typed(jellyfin):
    return {"source": "jellyfin", "jellyfin_url": f"{jellyfin.url.removeprefix('http://')}/web/"}


def press(client, step, go, **fields):
    """The address that the button leads to."""
    answer = client.post(f"/server/start?step={step}", data={"go": go, **fields})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].rpartition("=")[2]


def page_of(client, step, **options):
    answer = client.get(f"/server/start?step={step}", **options)
    assert answer.status_code == 200
    return answer.text.partition("<main")[2]


def saved(machine):
    return json.loads(machine.config.path.read_text())


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_step_can_be_read_before_anything_is_entered(client, language):
    for step in STEPS:
        page = page_of(client, step, headers={"Accept-Language": language})
        assert page.count('aria-current="step"') == 1
    for address in ("/server/start", "/server/start?step=none"):
        assert client.get(address).headers["Location"] == "/server/start?step=source"


def test_a_fresh_installation_is_led_here_until_it_is_left_and_what_is_entered_stays(client, fresh, machine):
    assert client.get("/").headers["Location"] == "/server/start"
    assert client.get("/server", base_url="http://localhost/base").headers["Location"] == "/base/server/start"
    assert press(client, "keys", "back", tvdb="a-key") == "source"
    assert client.post("/server/start?step=keys", data={"go": "leave"}).headers["Location"] == "/server"
    assert client.get("/").status_code == 200 and "a-key" not in page_of(client, "keys")
    assert stored_draft(machine.paths).entry("tvdb") == "a-key" and "set; leave empty" in page_of(
        client, "keys"
    )


@pytest.mark.parametrize("part", ["PlexPart", "ApiPart", "introduction"])
def test_who_has_set_a_source_or_seen_another_introduction_is_not_led_here(client, fresh, machine, part):
    if part == "introduction":
        assert client.post("/api/onboarding/complete").status_code == 200
    else:
        values = saved(machine)
        values[part] |= {"UsePlex": "true"} if part == "PlexPart" else {"PlexToken": "a-token"}
        machine.config.path.write_text(json.dumps(values))
    assert client.get("/").status_code == 200


def test_an_installation_that_is_not_fresh_and_a_reader_without_the_scope_are_not_led_here(client, machine):
    assert client.get("/").status_code == 200
    change_draft(machine.paths, lambda draft: replace(draft, leads=True))
    key = client.post("/api/auth/keys", json={"name": "reader", "scopes": ["read"]}).json["key"]
    reading = {"X-API-Key": key}
    assert client.get("/", headers=reading).status_code == 200
    assert client.get("/server/start", headers=reading).status_code == 403


def test_the_address_is_mended_the_key_is_not_shown_and_one_save_makes_all(client, machine, typed, jellyfin):
    before = saved(machine)
    assert press(client, "source", "check", **typed) == "source"
    page = page_of(client, "source")
    assert "Now the key" in page and f"It is kept as {jellyfin.url}" in page and "was missing" in page
    assert press(client, "source", "next", **typed, jellyfin_key="wrong") == "source"
    assert "refuses the key" in page_of(client, "source")
    assert press(client, "source", "next", **typed, jellyfin_key=TOKEN) == "keys"
    page = page_of(client, "source")
    assert f'value="{jellyfin.url}"' in page and "Connected to double" in page and TOKEN not in page
    assert press(client, "keys", "next") == "libraries"
    assert page_of(client, "libraries").count('name="library"') == 2
    listed = {"listed": ["Movies", "TV Shows"]}
    assert press(client, "libraries", "next", **listed) == "libraries"
    assert "at least one" in page_of(client, "libraries")
    assert press(client, "libraries", "next", **listed, library="Movies") == "design"
    assert press(client, "source", "save", **typed, jellyfin_key="") == "source"
    assert saved(machine) == before and rows(machine) == []
    assert press(client, "source", "next", **typed) == "keys"
    assert press(client, "first", "begin:few") == "first"
    after = saved(machine)
    assert after["JellyfinPart"] == before["JellyfinPart"] | {
        "UseJellyfin": "true",
        "JellyfinUrl": jellyfin.url,
        "LibstoExclude": ["TV Shows"],
    }
    assert after["ApiPart"]["JellyfinAPIKey"] == TOKEN and len(list_backups(machine.paths)) == 1
    (run,) = rows(machine)
    assert (run.mode, run.status, run.arguments) == ("normal", Status.QUEUED, ["-First", "12"])
    assert TOKEN not in machine.paths.first_start.read_text()
    listed = client.get("/api/libraries/jellyfin/cached").json["libraries"]
    assert [one["name"] for one in listed] == ["Movies", "TV Shows"]
    assert "waits for another one" in page_of(client, "first") and client.get("/").status_code == 200
    assert "Connected to double" in page_of(client, "source")


def test_another_kind_of_server_is_named_and_taken_with_its_address(client, machine, jellyfin):
    press(client, "source", "check", source="plex", plex_url=jellyfin.url, plex_key=TOKEN)
    page = page_of(client, "source", headers={"Accept-Language": "de"})
    assert "ist Jellyfin, nicht Plex" in page and 'value="switch:jellyfin"' in page
    assert press(client, "source", "switch:jellyfin", source="plex", plex_url=jellyfin.url) == "source"
    assert "Connected to double" in page_of(client, "source")


def test_a_folder_is_listed_and_becomes_the_media_folder(client, machine, tmp_path):
    small_media().lay_out(tmp_path / "media")
    assert press(client, "source", "next", source="folder", folder="/no/such") == "source"
    assert "no such folder" in page_of(client, "source")
    assert press(client, "source", "next", source="folder", folder=str(tmp_path / "media")) == "keys"
    press(client, "libraries", "save", listed=["Movies", "TV Shows"], library=["Movies"])
    answer = client.post("/server/start?step=first", data={"go": "begin:plan"})
    assert answer.headers["Location"] == "/server/runs/1"
    assert json.loads(machine.paths.engine_config.read_text()) == {
        **json.loads(machine.paths.engine_config.read_text()),
        "MediaPath": str(tmp_path / "media"),
        "MediaExclude": "TV Shows",
    }
    assert machine.media_folder == tmp_path / "media" and rows(machine)[0].mode == "plan"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("app.core.settings.store.LARGEST_FILE", "would be larger"),
        ("app.core.runs.MOST_QUEUED", "are queued"),
    ],
)
def test_what_fails_at_the_end_says_why_and_loses_nothing(
    client, machine, tmp_path, monkeypatch, place, words
):
    small_media().lay_out(tmp_path / "media")
    press(client, "source", "next", source="folder", folder=str(tmp_path / "media"))
    with monkeypatch.context() as patch:
        patch.setattr(place, 0)
        answer = client.post("/server/start?step=first", data={"go": "begin:few"})
    assert answer.status_code == 409 and "Nothing was lost" in answer.text and words in answer.text
    assert rows(machine) == [] and stored_draft(machine.paths).source == "folder"
    assert press(client, "first", "begin:few") == "first" and len(rows(machine)) == 1


def test_nothing_begins_before_a_source_has_libraries_or_without_the_scope(client, machine):
    answer = client.post("/server/start?step=first", data={"go": "begin:few"})
    assert answer.status_code == 409 and "no source with libraries" in answer.text
    key = client.post("/api/auth/keys", json={"name": "half", "scopes": ["read", "config"]}).json["key"]
    answer = client.post(
        "/server/start?step=first", data={"go": "begin:few", "source": "demo"}, headers={"X-API-Key": key}
    )
    assert answer.status_code == 409 and "needs the scope" in answer.text


def test_a_design_is_shown_saved_and_gets_its_files(client, machine, tmp_path):
    page = page_of(client, "design", headers={"Accept-Language": "de"})
    assert page.count('name="design"') >= 9 and "api/designs/cinema/preview?kind=poster" in page
    small_media().lay_out(tmp_path / "media")
    press(client, "source", "next", source="folder", folder=str(tmp_path / "media"))
    assert press(client, "design", "next", design="cinema") == "first"
    before = saved(machine)["PosterOverlayPart"]
    assert press(client, "first", "begin:few") == "first"
    assert saved(machine)["PosterOverlayPart"] != before
    assert (machine.paths.overlays / saved(machine)["PrerequisitePart"]["overlayfile"]).is_file()
    assert len(list_backups(machine.paths)) == 1
    press(client, "design", "next", design="none")
    answer = client.post("/server/start?step=first", data={"go": "begin:few"})
    assert answer.status_code == 409 and "no design" in answer.text


def test_the_demo_is_ready_at_once_where_it_is_offered(client, overrides, machine):
    assert 'value="demo"' not in page_of(client, "source")
    assert press(client, "source", "next", source="demo") == "keys"
    assert press(client, "first", "begin:few") == "first"
    assert (machine.paths.data / "demo").is_dir() and rows(machine)[0].arguments == []


def test_a_secret_can_be_forgotten_and_a_word_that_is_no_button_keeps_the_entries(client, machine):
    press(client, "keys", "what:ever", tmdb="<token>")
    assert stored_draft(machine.paths).entry("tmdb") == "<token>"
    press(client, "keys", "forget:tmdb")
    assert stored_draft(machine.paths).entry("tmdb") == ""


def test_a_page_of_another_site_changes_nothing(client, machine):
    client.environ_base.pop("HTTP_X_API_KEY")
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil"}
    answer = client.post("/server/start?step=keys", data={"tmdb": "x"}, headers=foreign)
    assert answer.status_code in (303, 403) and stored_draft(machine.paths) is None


def test_what_was_taken_over_is_shown_and_nobody_is_led_away_from_home(app, client, data):
    machine = app.extensions["machine"]
    (data / "Overlayfiles").rmdir()
    make_folder(data)
    take_over_once(machine)
    assert "See what was taken over" in client.get("/").text
    page = page_of(client, "source", headers={"Accept-Language": "de"})
    for words in ("Von Posterizarr übernommen", "Bildauswahl", "API-Schlüssel", "übernommen</span> 2"):
        assert words in page, words
    assert "/mounted/assets" in page


def test_without_a_login_everything_works_but_a_key_goes_to_no_other_address(anonymous, machine, jellyfin):
    values = saved(machine)
    values["WebUI"]["basicAuthEnabled"] = False
    machine.config.path.write_text(json.dumps(values))
    typed = {"source": "jellyfin", "jellyfin_url": jellyfin.url, "jellyfin_key": TOKEN}
    assert press(anonymous, "source", "next", **typed) == "keys"
    assert press(anonymous, "source", "next", source="jellyfin", jellyfin_url=jellyfin.url) == "keys"
    with serving(MediaJellyfin(small_media())) as other:
        assert press(anonymous, "source", "next", source="jellyfin", jellyfin_url=other.url) == "source"
        assert not any(TOKEN in str(headers) for _, _, headers in other.asked)
    assert press(anonymous, "source", "next", **typed) == "keys"
    assert press(anonymous, "first", "begin:few") == "first" and len(rows(machine)) == 1
