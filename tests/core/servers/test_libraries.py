"""Libraries as they were last listed, and actions that a person has a media server do."""

import json

import pytest

from app.core.config_file import ConfigFile
from app.core.errors import Invalid, NotFound, Unavailable
from app.core.servers.actions import act_on_jellyfin_or_emby, act_on_plex
from app.core.servers.given_access import Access
from app.core.servers.libraries import (
    MOST_LIBRARIES,
    known_server,
    libraries_left_out,
    listed_libraries,
    plex_items,
    shown_libraries,
    store_libraries,
    stored_libraries,
)
from app.models import StoredDocument

ACCESS = Access("http://plex:32400", "key")
NFD = "Fu\N{COMBINING DIAERESIS}r Kinder"
NFC = "F\N{LATIN SMALL LETTER U WITH DIAERESIS}r Kinder"


class Engine:
    """Answers every inquiry alike, and records what is given."""

    def __init__(self, **answer):
        self.answer, self.asked = answer, []

    def inquire(self, name, given, seconds):
        self.asked.append((name, given))
        return self.answer


def config(tmp_path, **sections):
    path = tmp_path / "config.json"
    path.write_text(json.dumps(sections))
    return ConfigFile(path)


def libraries(*names):
    return [{"name": name, "type": "movie"} for name in names]


@pytest.mark.parametrize("server", ["", "Plex", "kodi", "x" * 500])
def test_an_unknown_server_is_named_with_those_that_there_are(server):
    with pytest.raises(NotFound, match="there are plex, jellyfin, emby") as caught:
        known_server(server)
    assert len(str(caught.value)) < 200


def test_an_address_that_must_not_be_asked_is_the_callers_error_and_silence_is_an_answer():
    engine = Engine(error="that address is refused", unsafe=True)
    for call in (lambda: listed_libraries(engine, "plex", ACCESS), lambda: plex_items(engine, "1", ACCESS)):
        with pytest.raises(Invalid, match="that address is refused"):
            call()
    silent = Engine(error="it did not answer")
    assert listed_libraries(silent, "emby", ACCESS) == {"error": "it did not answer"}
    assert silent.asked == [("libraries", {"server": "emby", "url": ACCESS.url, "key": "key"})]


def test_the_last_list_of_each_server_is_kept_and_nothing_is_shown_before_the_first(session):
    assert shown_libraries(stored_libraries(session, "plex")) == []
    session.add(StoredDocument(name="libraries of emby", body=libraries("Films")))
    session.flush()
    # Tried, and never answered.
    assert shown_libraries(stored_libraries(session, "emby")) == []
    store_libraries(session, "plex", libraries("Old"))
    store_libraries(session, "plex", libraries(*map(str, range(MOST_LIBRARIES + 1))))
    session.flush()
    shown = shown_libraries(stored_libraries(session, "plex"))
    assert len(shown) == MOST_LIBRARIES and shown[0]["name"] == "0" and "+00:00" in shown[0]["last_fetched"]
    assert shown_libraries(stored_libraries(session, "jellyfin")) == []


@pytest.mark.parametrize(
    ("named", "left_out"),
    [
        (["films", " FILMS ", "Films"], ["Films"]),
        ([NFD], [NFC]),
        (["STRASSE"], ["Stra\N{LATIN SMALL LETTER SHARP S}e"]),
        (["Gone", "Films"], ["Gone", "Films"]),
        (["Films", 5, None, ["TV"]], ["Films"]),
        # Runs take a list only, and so does this.
        ("Films", []),
        (None, []),
    ],
)
def test_libraries_that_are_left_out_have_the_spelling_of_the_server(tmp_path, named, left_out):
    stored = config(tmp_path, PlexPart={"LibstoExclude": named})
    known = libraries("Films", NFC, "Stra\N{LATIN SMALL LETTER SHARP S}e")
    assert libraries_left_out(stored, "plex", known) == left_out


@pytest.mark.parametrize(
    ("action", "needed"),
    [
        ("refresh_item", "rating_key"),
        ("analyze_item", "rating_key"),
        ("scan_library", "library_name"),
        ("empty_trash", "library_name"),
    ],
)
def test_an_action_of_plex_needs_its_item_or_library_and_its_access(tmp_path, action, needed):
    engine = Engine(message="Plex scans Films")
    stored = config(tmp_path, PlexPart={"PlexUrl": ACCESS.url}, ApiPart={"PlexToken": "key"})
    sent = {"action": action, "rating_key": "", "library_name": ""}
    with pytest.raises(Invalid, match=f"{action} needs {needed}"):
        act_on_plex(engine, stored, sent | {needed: " "})
    assert act_on_plex(engine, stored, sent | {needed: "5"}) == "Plex scans Films."
    with pytest.raises(Invalid, match="Plex cannot be asked: set its address and its key"):
        act_on_plex(engine, config(tmp_path, PlexPart={"PlexUrl": ACCESS.url}), sent | {needed: "5"})
    assert len(engine.asked) == 1


@pytest.mark.parametrize(
    ("switches", "server"),
    [
        ({"JellyfinPart": {"UseJellyfin": "TRUE"}, "EmbyPart": {"UseEmby": True}}, "jellyfin"),
        ({"JellyfinPart": {"UseJellyfin": "false"}, "EmbyPart": {"UseEmby": "yes"}}, "emby"),
        ({"JellyfinPart": None, "EmbyPart": []}, None),
        ({"PlexPart": {"UsePlex": "true"}}, None),
    ],
)
def test_the_server_that_is_switched_on_is_asked(tmp_path, switches, server):
    engine, address = Engine(message="done"), "http://server:8096"
    parts = {part: {f"{part[:-4]}Url": address} for part in ("JellyfinPart", "EmbyPart")}
    sections = {part: (switches.get(part) or {}) | parts.get(part, {}) for part in {*switches, *parts}}
    stored = config(tmp_path, ApiPart={"JellyfinAPIKey": "j", "EmbyAPIKey": "e"}, **sections)
    if server is None:
        with pytest.raises(Invalid, match="Neither Jellyfin nor Emby is switched on"):
            act_on_jellyfin_or_emby(engine, stored, "refresh_item", "id")
        return
    act_on_jellyfin_or_emby(engine, stored, "refresh_item", "id")
    ((_, given),) = engine.asked
    assert (given["server"], given["key"], given["key_of_item"]) == (server, server[0], "id")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"error": "no such item", "status_code": 404}, NotFound),
        ({"error": "it is down", "status_code": 500}, Unavailable),
        ({"error": "it did not answer"}, Unavailable),
    ],
)
def test_what_a_server_refuses_is_an_error_with_its_words(tmp_path, answer, error):
    stored = config(tmp_path, PlexPart={"PlexUrl": ACCESS.url}, ApiPart={"PlexToken": "key"})
    sent = {"action": "refresh_item", "rating_key": "5", "library_name": ""}
    with pytest.raises(error, match=answer["error"]):
        act_on_plex(Engine(**answer), stored, sent)
