"""Secrets are masked in whichever form they are written, and ordinary words are not."""

import json

import pytest

from app.poster.support.gathering import all_secrets, contents, gather, json_of_file
from app.poster.support.masking import MASK, Masker, secrets_in
from tests.poster.support.test_gathering import gathered

DEEP = 600
SECRET = "s3cr/t+ü"


def nested(depth: int) -> str:
    return '{"a": ' * depth + '"planted"' + "}" * depth


@pytest.mark.parametrize(
    "line",
    [
        "discord://planted/planted",
        "sent to pbul://plantedaccesstoken now",
        "forms://host.lan/planted",
        "matrixs://host.lan/#planted",
        "MAILTOS://user.lan?to=planted",
        "gotifys://host/planted",
        "http://planted:planted@host/",
        "GET /x?t=planted&a=1",
        "GET /x?api_key=planted&a=1",
        "cookie: a=planted; b=planted",
        "Basic planted",
        'x_token = "planted with blanks"',
    ],
)
def test_what_looks_like_a_secret_is_masked_without_being_known(line):
    masked = Masker([]).mask(line)
    assert "planted" not in masked and MASK in masked


@pytest.mark.parametrize(
    "line",
    [
        "platforms://page",
        "Basic facts",
        "The key of TMDB is missing",
        "https://themoviedb.org/movie/348?page=2",
        "Token: ",
    ],
)
def test_what_only_resembles_a_secret_stays(line):
    assert Masker([]).mask(line) == line


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        SECRET.upper(),
        "s3cr%2Ft%2B%C3%BC",
        "s3cr/t%2B%C3%BC",
        json.dumps(SECRET)[1:-1],
        "czNjci90K8O8",
    ],
)
def test_a_known_secret_is_masked_in_every_spelling(written):
    assert Masker([SECRET]).mask(f"before {written} behind") == f"before {MASK} behind"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"PlexToken": "abcd"}, ["abcd"]),
        ({"PlexToken": " abcd "}, ["abcd"]),
        ({"PlexToken": 123456}, ["123456"]),
        ({"tokens": ["one1", {"any": "two2"}]}, ["one1", "two2"]),
        ({"tvdbapi": "key-of-tvdb#pin-of-tvdb"}, ["key-of-tvdb#pin-of-tvdb", "key-of-tvdb", "pin-of-tvdb"]),
        ({"tvdbapi": "key#pin"}, ["key#pin"]),
        (
            {"Discord": "https://host/webhooks/123/long-part-1"},
            ["https://host/webhooks/123/long-part-1", "long-part-1"],
        ),
        (
            {"AppriseUrl": "json://[broken/long-part-2"},
            ["json://[broken/long-part-2", "long-part-2"],
        ),
        ({"Discord": "http://[::1/long-part-3"}, ["http://[::1/long-part-3", "long-part-3"]),
        ({"PlexToken": ""}, []),
        ({"PlexToken": None}, []),
        ({"PlexUrl": "http://plex"}, []),
        ({"UsePassword": True, "NeedsToken": "true", "api_key_required": "False"}, []),
        (["PlexToken"], []),
        (5, []),
    ],
)
def test_secrets_are_found_by_the_names_above_them(value, found):
    assert sorted(secrets_in(value)) == sorted(found)


def test_a_switch_with_the_name_of_a_secret_does_not_mask_ordinary_words(tmp_path):
    (tmp_path / "Logs").mkdir()
    (tmp_path / "Logs" / "Scriptlog.log").write_text("UsePlex is true, UseEmby is false\n")
    found = gathered(tmp_path, BASIC_PASSWORD_LOGIN="true", NEEDS_TOKEN="False")
    assert found["Logs/Scriptlog.log"] == "UsePlex is true, UseEmby is false\n"


def test_a_document_is_masked_by_names_and_contents_and_keeps_its_shape():
    given = {
        "ApiPart": {"PlexToken": "abc", "tmdbtoken": "", "OtherToken": False},
        "secrets": {"plain": "kept", "hidden-word": 1},
        "list": ["password=planted", 5, None, {"api_key": ["x"]}],
    }
    assert Masker(["hidden-word"]).document(given) == {
        "ApiPart": {"PlexToken": MASK, "tmdbtoken": "", "OtherToken": False},
        "secrets": {"plain": "kept", MASK: 1},
        "list": [f"password={MASK}", 5, None, {"api_key": MASK}],
    }


@pytest.mark.parametrize("depth", [DEEP, 100_000])
def test_settings_that_are_nested_too_deep_do_not_end_the_gathering(tmp_path, depth):
    (tmp_path / "rules.json").write_text(nested(depth))
    found = gathered(tmp_path)
    assert "planted" not in "".join(found.values()) and "rules.json" in found["rules.json"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('["one-secret", 5, null]', ["one-secret"]),
        ("[]", []),
        ("[", []),
        ("5", []),
        ("null", []),
        ('{"name": "x"}', []),
    ],
)
def test_secrets_that_the_caller_names_are_a_list_of_texts(tmp_path, text, found):
    named = [one for one in all_secrets(tmp_path, {"SUPPORT_SECRETS": text}) if one != text]
    assert named == found


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000])
def test_a_file_that_is_no_json_has_no_value(tmp_path, content):
    (tmp_path / "config.json").write_bytes(content)
    assert json_of_file(tmp_path / "config.json") is None


def test_what_does_not_fit_is_named_once(tmp_path, monkeypatch):
    monkeypatch.setattr("app.poster.support.gathering.LARGEST_WHOLE", 1000)
    (tmp_path / "Logs").mkdir()
    for name in ("a.log", "b.log", "c.log"):
        (tmp_path / "Logs" / name).write_text("x" * 400)
    names = [name for name, _ in contents(tmp_path, Masker([]))]
    assert names[-1] == "left_out.txt" and "Logs/c.log" not in names and names.count("left_out.txt") == 1


def test_a_zip_that_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(data, masker):
        yield "facts.json", "{}"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.poster.support.gathering.contents", full)
    with pytest.raises(OSError, match="No space"):
        gather(tmp_path, {})
    assert list((tmp_path / "support").iterdir()) == []
