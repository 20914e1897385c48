"""Rules over HTTP: who may, what comes back, and what is refused."""

import pytest

from app.core.access import api_keys
from app.services.keys import create_key

ROUTES = [
    ("GET", "/api/rules"),
    ("POST", "/api/rules"),
    ("GET", "/api/rules/backups"),
    ("POST", "/api/rules/restore"),
]
ANIME = {"name": "Anime", "when": {"library": "Anime"}, "set": {"language": ["ja"], "provider": "tvdb"}}


def save(client, *rules, **more):
    return client.post("/api/rules", json={"rules": rules, **more})


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_only_the_scope_config_opens_the_rules(anonymous, machine, method, path):
    assert anonymous.open(path, method=method, json={}).status_code == 401
    others = [scope for scope in api_keys.DEFAULT_SCOPES if scope != "config"]
    for scopes, statuses in ((others, [403]), (["config"], [200, 400])):
        headers = {"X-API-Key": create_key(machine, "key", scopes)[1]}
        assert anonymous.open(path, method=method, json={}, headers=headers).status_code in statuses


def test_rules_are_saved_shown_and_restored(client):
    answer = save(client, ANIME)
    assert (answer.status_code, answer.json["message"], answer.json["changed"]) == (
        200,
        "1 rules saved",
        True,
    )
    shown = client.get("/api/rules")
    assert shown.json["rules"] == [ANIME] and shown.headers["ETag"] == f'"{shown.json["revision"]}"'
    assert save(client, ANIME).json["message"] == "Nothing to change"
    stale = shown.json["revision"]
    backup = save(client, revision=stale).json["backup"]
    assert save(client, ANIME, revision=stale).status_code == 409
    assert client.get("/api/rules/backups").json["backups"][0]["file"] == backup
    assert client.post("/api/rules/restore", json={"file": backup}).json["changed"]
    assert client.get("/api/rules").json["rules"] == [ANIME]


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({"rules": [ANIME | {"set": {"langauge": ["fr"]}}]}, "rules[0].set.langauge"),
        ({"rules": [ANIME | {"set": {"text": "no"}}]}, "rules[0].set.text"),
        ({"rules": [ANIME, ANIME | {"name": "b", "set": {"provider": "tmdb"}}]}, "rules[1].set.provider"),
        ({"rules": {"a": 1}}, "rules"),
        ({"rules": [None]}, "rules[0]"),
    ],
)
def test_what_is_wrong_is_named_by_place_and_nothing_is_saved(client, machine, sent, place):
    answer = client.post("/api/rules", json=sent)
    assert answer.status_code == 400
    assert list(answer.json["errors"]) == [place]
    assert answer.json["detail"].startswith(f"Nothing was saved: {place}: ")
    assert not machine.paths.rules.exists()


@pytest.mark.parametrize("sent", [{}, {"rules": None}, [], None])
def test_a_body_without_rules_is_refused(client, sent):
    assert client.post("/api/rules", json=sent).status_code == 400


def test_rules_that_may_contradict_each_other_are_saved_with_a_warning(client):
    labelled = [
        ANIME | {"name": label, "when": {"label": label}, "set": {"text": label == "a"}} for label in "ab"
    ]
    (warning,) = save(client, *labelled).json["warnings"]
    assert "set text differently: the later one counts" in warning
