import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.access import redaction, secret_values
from app.core.access.secret_values import SecretValues
from app.core.config_file import ConfigFile

KEY = "pstr_" + "aB3-_" * 8 + "xyz"


@pytest.mark.parametrize(
    "query",
    [
        "api_key=HIDDEN",
        "a=1&api_key=HIDDEN&b=2",
        "apikey=HIDDEN",
        "API_KEY=HIDDEN",
        "secret=HIDDEN",
        "password=HIDDEN",
        "X-Plex-Token=HIDDEN",
        "access_token=HIDDEN",
        "api%5Fkey=HIDDEN",
        "%61%70%69_key=HIDDEN",
        "api_key=one;HIDDEN",
        'api_key=one"HIDDEN',
        "api_key=a%20HIDDEN",
        "next=%2Fapi%3Fapi_key%3DHIDDEN",
        f"whatever={KEY}HIDDEN",
        "whatever=pstr%5FHIDDENHIDDEN",
        "api_key=HIDDEN=HIDDEN",
    ],
)
def test_a_secret_in_a_query_is_not_written_down(query):
    shown = redaction.redact_query(query)
    assert "HIDDEN" not in shown
    assert redaction.REDACTED in shown
    assert "HIDDEN" not in redaction.redact_target(f"/api/webhook/arr?{query}")


@pytest.mark.parametrize("query", ["", "a=1", "limit=50&offset=20", "name=M%C3%BCller", "flag", "a=b=c&&d"])
def test_other_queries_stay_as_they_are(query):
    assert redaction.redact_query(query) == query


@pytest.mark.parametrize(
    "text",
    [
        "GET http://plex:32400/library?X-Plex-Token=HIDDEN failed",
        "postgresql+psycopg://kim:HIDDEN@db/posters",
        "smtp://kim:p@HIDDEN@mail",
        "X-API-Key: HIDDEN",
        "{'X-API-Key': 'HIDDEN'}",
        '{"password": "two HIDDEN words"}',
        "Authorization: Basic HIDDEN",
        "authorization: Bearer HIDDEN",
        "PlexToken=HIDDEN next",
        f"a key {KEY} in a sentence, HIDDEN no".replace(", HIDDEN no", ""),
        "token = 'HIDDEN'",
    ],
)
def test_a_secret_in_a_message_is_not_written_down(text):
    shown = redaction.redact(text)
    assert "HIDDEN" not in shown
    assert KEY not in shown
    assert redaction.REDACTED in shown


@pytest.mark.parametrize(
    "text",
    [
        "WebUI.basicAuthPassword: must be text",
        "GET /api/runtime-history?limit=50 HTTP/1.1",
        "http://plex:32400/library",
        "12 tokens left",
        "The key 'Sonarr' is revoked.",
        "user@example.org: hello",
    ],
)
def test_other_messages_stay_as_they_are(text):
    assert redaction.redact(text) == text


@pytest.mark.parametrize("piece", ["token", "?token", "password ", "a://", "a:b@", "&x=", "key: ", "'", "\\"])
def test_no_line_takes_long(piece):
    begun = time.perf_counter()
    redaction.redact(f"secret{piece * (20_000 // len(piece))}")
    assert time.perf_counter() - begun < 5


def test_known_secrets_are_hidden_wherever_they_stand():
    assert redaction.redact("abcdefgh-and-more", redaction.worth_hiding(["abcdefgh"])) == "REDACTED-and-more"


def test_short_words_are_not_taken_for_secrets_and_the_longest_goes_first():
    assert redaction.worth_hiding(["", "abc", None, 12345678, "abcdef", "abcdefgh"]) == ("abcdefgh", "abcdef")


@given(st.text(), st.sampled_from(["api_key", "secret", "x-plex-token"]), st.text("abcXYZ019", min_size=8))
def test_no_surrounding_uncovers_a_secret(before, name, value):
    assert value not in redaction.redact_query(f"{before.replace(value, '')}&{name}={value}")


def test_the_secrets_of_the_config_file_are_known(tmp_path):
    path = tmp_path / "config.json"
    settings = {
        "PlexToken": "plex-token-1",
        "tvdbapi": "tvdb-key-1",
        "tmdbtoken": "TMDBTOKEN",
        "PlexUrl": "http://plex",
    }
    path.write_text(json.dumps({"ApiPart": settings, "odd": ["PlexToken"]}))
    known = SecretValues(ConfigFile(path), ["bootstrap-key"])()
    assert set(known) == {"plex-token-1", "tvdb-key-1", "bootstrap-key"}


def test_the_key_and_the_pin_of_tvdb_are_hidden_each_by_itself(tmp_path):
    path = tmp_path / "config.json"
    path.write_text('{"ApiPart": {"tvdbapi": "tvdb-key-1#pin-of-a-user"}}')
    known = SecretValues(ConfigFile(path), [])()
    assert set(known) == {"tvdb-key-1#pin-of-a-user", "tvdb-key-1", "pin-of-a-user"}


def test_an_unreadable_config_file_leaves_the_settings_own_secrets(tmp_path):
    assert SecretValues(ConfigFile(tmp_path / "missing"), ["bootstrap-key"])() == ("bootstrap-key",)


def test_a_changed_secret_is_hidden_within_seconds(tmp_path, monkeypatch):
    monkeypatch.setattr(secret_values, "SECONDS_BETWEEN_LOOKS", 0)
    path = tmp_path / "config.json"
    path.write_text('{"PlexPart": {"PlexToken": "the-old-token"}}')
    known = SecretValues(ConfigFile(path), [])
    assert known() == ("the-old-token",)
    path.write_text('{"PlexPart": {"PlexToken": "the-newer-token"}}')
    assert known() == ("the-newer-token",)
