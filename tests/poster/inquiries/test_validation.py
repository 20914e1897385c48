"""An address and a key are tried, and what is wrong with them is said in plain words."""

import json
import socket
from contextlib import contextmanager
from dataclasses import replace

import pytest

from app.poster.inquiries import service, validation
from app.poster.inquiries.inquiry import BadInquiry
from app.poster.inquiries.validation import validate
from app.poster.records.environment import Addresses, Environment
from app.poster.web.endpoint import Limits
from tests.doubles.loopback import babbling, breaking, hanging, redirecting, serving
from tests.doubles.media_jellyfin import TOKEN as JELLYFIN_KEY
from tests.doubles.media_jellyfin import MediaJellyfin
from tests.doubles.media_plex import TOKEN as PLEX_TOKEN
from tests.doubles.media_plex import MediaPlex
from tests.doubles.media_world import small_media
from tests.doubles.provider_doubles import FANART_KEY, TMDB_TOKEN, TVDB_KEY, serving_providers
from tests.doubles.scripted import resetting
from tests.doubles.tls_plex import TlsPlex
from tests.poster.inquiries.asking import make_inquiry

KEYS = {"plex": PLEX_TOKEN, "jellyfin": JELLYFIN_KEY, "emby": JELLYFIN_KEY}


def emby(world):
    return MediaJellyfin(world, "/emby")


DOUBLES = {"plex": MediaPlex, "jellyfin": MediaJellyfin, "emby": emby}


@pytest.fixture(scope="module")
def servers():
    with contextmanager(running)() as found:
        yield found


def running():
    world = small_media()
    with (
        serving(MediaPlex(world)) as plex,
        serving(MediaJellyfin(world)) as jellyfin,
        serving(emby(world)) as of_emby,
    ):
        yield {"plex": plex, "jellyfin": jellyfin, "emby": of_emby}


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(service, "ONE_TRY", Limits(connect=1.0, read=0.3, whole=0.5, tries=1))


def tried(name, url, key=None, environment=None, **more):
    given = {"service": name, "url": url, "key": KEYS.get(name, "") if key is None else key}
    return validate(make_inquiry(environment=environment, **given, **more))


@pytest.mark.parametrize(
    ("name", "details"),
    [
        ("plex", {"library_count": 2, "server_name": "double"}),
        ("jellyfin", {"version": "10.10.3", "server_name": "double"}),
        ("emby", {"version": "4.8.11.0", "server_name": "double"}),
    ],
)
def test_a_server_with_its_key_is_valid_also_with_blanks_and_closing_slashes(servers, name, details):
    for url in (servers[name].url, f"  {servers[name].url}// "):
        found = tried(name, url)
        assert found == {"valid": True, "message": found["message"], "details": details, "fault": ""}
        assert "Connected to double" in found["message"]


@pytest.mark.parametrize("there", DOUBLES)
@pytest.mark.parametrize("name", DOUBLES)
@pytest.mark.parametrize("key", [None, "wrong"])
def test_another_kind_of_server_is_named_whatever_the_key(servers, name, there, key):
    url = servers[there].url.removesuffix("/emby")
    found = tried(name, url, key)
    if name != there:
        said = f"is {there.capitalize()}, not {name.capitalize()}; enter it under {there.capitalize()}."
        assert not found["valid"] and said in found["message"]
    elif key:
        assert not found["valid"] and "refused the key (401)" in found["message"]
    else:
        assert found["valid"]


@pytest.mark.parametrize(
    ("url", "key", "said"),
    [
        ("", "k", "address of Plex is missing"),
        ("nas:32400", "k", "must begin with http:// or https://; try http://nas:32400."),
        ("ftp://nas", "k", "must begin with http:// or https://."),
        ("http://", "k", "must begin with http://"),
        ("http://nas:99999", "k", "must begin with http://"),
        ("http://nas", "", "key of Plex is missing"),
        ("http://nas", "clé", "characters that no key has"),
        ("http://no.such.name.invalid:32400", "k", "is not known here; check how it is spelled"),
    ],
)
def test_what_cannot_be_right_is_said_without_asking_anybody(url, key, said):
    found = tried("plex", url, key)
    assert not found["valid"] and said in found["message"], found


def closed_port():
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return opened.getsockname()[1]


def test_a_closed_port_is_named():
    port = closed_port()
    assert f"nothing listens at 127.0.0.1:{port}" in tried("jellyfin", f"http://127.0.0.1:{port}")["message"]


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (hanging, "gave no answer in time"),
        (resetting, "closes the connection"),
        (breaking, "an error of its own (500)"),
        (redirecting, "leads on to 127.0.0.1:9"),
        (babbling, "it is not Plex"),
        (lambda handler: handler.send(429), "asked too often"),
        (lambda handler: handler.send(404), "does not know what Plex should know (404)"),
    ],
)
def test_a_server_that_misbehaves_is_described(trouble, said):
    with serving(MediaPlex(small_media())) as plex:
        plex.misbehave("/", trouble, always=True)
        found = tried("plex", plex.url)
    assert not found["valid"] and said in found["message"], found


def test_certificates_are_named_and_https_on_a_plain_port_too(tmp_path, servers):
    said = tried("plex", servers["plex"].url.replace("http:", "https:"))["message"]
    assert "does not speak https; begin with http://" in said
    with serving(TlsPlex(tmp_path, "127.0.0.1")) as plex:
        said = tried("plex", plex.url)["message"]
        assert "has a certificate that is not trusted here; set MEDIA_SERVER_CERTIFICATE" in said
        trusting = Environment(certificates={"Plex": plex.fingerprint})
        assert tried("plex", plex.url, environment=trusting)["valid"]
        other = Environment(certificates={"Plex": "0" * 64})
        assert "another certificate" in tried("plex", plex.url, environment=other)["message"]
    with serving(TlsPlex(tmp_path, "plex.example")) as plex:
        trusting = Environment(certificates={"Plex": str(plex.authority)})
        assert "certificate of another name" in tried("plex", plex.url, environment=trusting)["message"]


def test_a_key_goes_out_in_a_header_and_never_in_an_address(servers):
    for name, double in servers.items():
        double.asked.clear()
        tried(name, double.url)
        assert double.asked and not any(KEYS[name] in f"{path}{query}" for path, query, _ in double.asked)


@pytest.fixture(scope="module")
def providers():
    with serving_providers() as found:
        yield found


def addresses(providers):
    named = {"tmdb": providers.tmdb, "tvdb": providers.tvdb, "fanart": providers.fanart}
    return Environment(addresses=replace(Addresses(), **{name: one.url for name, one in named.items()}))


@pytest.mark.parametrize(
    ("name", "given", "valid", "said", "details"),
    [
        ("tmdb", {"key": TMDB_TOKEN}, True, "takes the token", {"status_code": 200}),
        ("tmdb", {"key": "0123456789abcdef"}, False, "API Read Access Token (v4)", {"status_code": 401}),
        ("tmdb", {"key": TMDB_TOKEN + "x"}, False, "refused the key (401)", {"status_code": 401}),
        ("tmdb", {"key": " "}, False, "key of TMDB is missing", {}),
        (
            *("tvdb", {"key": TVDB_KEY}, True, "takes the key"),
            {"status_code": 200, "has_pin": False, "token_received": True},
        ),
        ("tvdb", {"key": "wrong"}, False, "one that needs a PIN", {"status_code": 401, "has_pin": False}),
        ("tvdb", {"key": f"{TVDB_KEY}#x"}, False, "refused the key", {"status_code": 401, "has_pin": True}),
        ("tvdb", {"key": TVDB_KEY, "pin": "x"}, False, "refused", {"status_code": 401, "has_pin": True}),
        ("fanart", {"key": FANART_KEY}, True, "takes the key", {"status_code": 404}),
        ("fanart", {"key": "wrong"}, False, "refused the key (401)", {"status_code": 401}),
        ("fanart", {"key": "ключ"}, False, "characters that no key has", {}),
    ],
)
def test_a_key_of_a_provider_is_tried(providers, name, given, valid, said, details):
    found = validate(make_inquiry(environment=addresses(providers), service=name, **given))
    assert (found["valid"], found["details"]) == (valid, details) and said in found["message"], found
    assert given["key"].strip() == "" or given["key"] not in json.dumps(found)


def test_the_whole_of_it_ends_although_a_name_server_is_silent(monkeypatch):
    monkeypatch.setattr(validation, "LONGEST", 0.05)
    with serving(MediaPlex(small_media())) as plex:
        plex.misbehave("/", hanging, always=True)
        assert "no answer in time" in tried("plex", plex.url)["message"]


def test_an_unknown_service_is_refused():
    with pytest.raises(BadInquiry, match="plex, jellyfin, emby, tmdb, tvdb, fanart"):
        tried("kodi", "http://kodi")
