"""A media server is found at one of several addresses, and each failure names the part that is wrong."""

import socket
from contextlib import contextmanager

import pytest

from app.poster.inquiries import server_search, service
from app.poster.inquiries.folder_search import search_folder
from app.poster.inquiries.inquiry import BadInquiry
from app.poster.inquiries.server_search import search_server
from app.poster.records.environment import Environment
from app.poster.web.endpoint import Limits
from tests.doubles.loopback import babbling, breaking, hanging, serving
from tests.doubles.media_jellyfin import TOKEN as JELLYFIN_KEY
from tests.doubles.media_jellyfin import MediaJellyfin
from tests.doubles.media_plex import TOKEN as PLEX_TOKEN
from tests.doubles.media_plex import MediaPlex
from tests.doubles.media_world import small_media
from tests.doubles.scripted import ScriptedServer
from tests.doubles.tls_plex import TlsPlex
from tests.poster.inquiries.asking import make_inquiry

SIZES = [("Movies", "movie", 1), ("TV Shows", "show", 1)]


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(service, "ONE_TRY", Limits(connect=1.0, read=0.5, whole=0.7, tries=1))


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    with contextmanager(running)(tmp_path_factory.mktemp("tls")) as found:
        yield found


def running(folder):
    world = small_media()
    with (
        serving(MediaPlex(world)) as plex,
        serving(MediaJellyfin(world)) as jellyfin,
        serving(MediaJellyfin(world, "/emby")) as emby,
        serving(TlsPlex(folder, "127.0.0.1")) as secure,
        serving(ScriptedServer(babbling)) as other,
        serving(ScriptedServer(breaking)) as broken,
        serving(ScriptedServer(hanging)) as slow,
        socket.create_server(("127.0.0.1", 0)) as closed,
    ):
        port = closed.getsockname()[1]
        closed.close()
        yield {
            "plex": plex.url,
            "jellyfin": jellyfin.url,
            "emby": emby.url,
            "secure": secure.url,
            "other": other.url,
            "broken": broken.url,
            "slow": slow.url,
            "closed": f"http://127.0.0.1:{port}",
            "unknown": "http://no-such-host.invalid:8096",
            "tls on plain": plex.url.replace("http://", "https://"),
            "plain on tls": secure.url.replace("https://", "http://"),
        }


def searched(server, *addresses, key="", **given):
    return search_server(make_inquiry(server=server, addresses=list(addresses), key=key, **given))


@pytest.mark.parametrize(
    ("server", "place", "key", "fault"),
    [
        ("jellyfin", "jellyfin", JELLYFIN_KEY, ""),
        ("plex", "plex", PLEX_TOKEN, ""),
        ("emby", "emby", JELLYFIN_KEY, ""),
        ("jellyfin", "jellyfin", "", "key_missing"),
        ("jellyfin", "jellyfin", "wrong", "key"),
        ("plex", "plex", "wrong", "key"),
        ("plex", "plex", "kéy", "key"),
        ("plex", "unknown", PLEX_TOKEN, "name"),
        ("plex", "closed", PLEX_TOKEN, "port"),
        ("plex", "slow", PLEX_TOKEN, "silent"),
        ("plex", "secure", PLEX_TOKEN, "certificate"),
        ("plex", "tls on plain", PLEX_TOKEN, "scheme"),
        ("plex", "plain on tls", PLEX_TOKEN, "scheme"),
        ("plex", "other", PLEX_TOKEN, "path"),
        ("jellyfin", "other", "", "path"),
        ("jellyfin", "broken", JELLYFIN_KEY, "server"),
        ("jellyfin", "plex", JELLYFIN_KEY, "kind"),
    ],
)
def test_the_part_that_is_wrong_is_named(places, server, place, key, fault):
    found = searched(server, places[place], key=key)
    assert found["fault"] == fault, found
    assert ("libraries" in found) == (fault == "")
    assert (found["kind"] != "") == (fault in ("", "key", "key_missing", "kind"))


@pytest.mark.parametrize(
    ("server", "key"), [("plex", PLEX_TOKEN), ("jellyfin", JELLYFIN_KEY), ("emby", JELLYFIN_KEY)]
)
def test_of_several_addresses_the_one_that_works_is_taken_and_its_libraries_are_counted(places, server, key):
    found = searched(server, places["unknown"], places["closed"], places["other"], places[server], key=key)
    assert (found["address"], found["server_name"]) == (places[server], "double")
    assert [(one["name"], one["type"], one["count"]) for one in found["libraries"]] == SIZES


def test_a_key_is_shown_to_no_address_but_the_one_that_answers_as_the_server(places):
    with serving(MediaJellyfin(small_media())) as other, serving(ScriptedServer(babbling)) as stranger:
        searched("plex", stranger.url, other.url, places["plex"], key=PLEX_TOKEN)
    sent = [headers for one in (other, stranger) for _, _, headers in one.asked]
    assert sent and not any(PLEX_TOKEN in str(headers) for headers in sent)


def test_a_certificate_that_is_shown_can_be_trusted_by_its_fingerprint(places):
    found = searched("plex", places["secure"], key=PLEX_TOKEN)
    assert len(found["fingerprint"]) == 64
    trusted = searched("plex", places["secure"], key=PLEX_TOKEN, certificate=found["fingerprint"])
    assert (trusted["fault"], trusted["server_name"]) == ("", "double")
    wrong = searched("plex", places["secure"], key=PLEX_TOKEN, certificate="ab" * 32)
    assert wrong["fault"] == "certificate"


def test_a_name_server_that_is_silent_holds_nobody_up(places, monkeypatch):
    monkeypatch.setattr(server_search, "LONGEST", 0.1)
    assert searched("jellyfin", places["slow"], key="k")["fault"] == "silent"


@pytest.mark.parametrize("given", [{}, {"server": "plex"}, {"server": "x", "addresses": ["http://nas"]}])
def test_a_search_without_server_or_addresses_is_refused(given):
    with pytest.raises(BadInquiry):
        search_server(make_inquiry(environment=Environment(), **given))


def test_a_folder_has_libraries_or_says_why_not(tmp_path):
    small_media().lay_out(tmp_path / "media")
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    cases = {
        str(tmp_path / "media"): "",
        "media": "relative",
        str(tmp_path / "none"): "missing",
        str(tmp_path / "file"): "file",
        str(tmp_path / "empty"): "empty",
        f"/{'x' * 5000}": "unreadable",
    }
    found = {path: search_folder(make_inquiry(path=path)) for path in cases}
    assert {path: one["fault"] for path, one in found.items()} == cases
    libraries = found[str(tmp_path / "media")]["libraries"]
    assert [(one["type"], one["count"]) for one in libraries] == [("movie", 1), ("show", 1)]
