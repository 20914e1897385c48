"""Runs between servers, backup and store, asked for with what each mode takes."""

import pytest

FIELDS = {
    "normal": ["clean", "take"],
    "backup": ["from", "kinds", "libraries", "plan"],
    "restore": ["force_replace", "item", "kinds", "libraries", "plan", "take", "to"],
    "sync": ["from", "kinds", "libraries", "plan", "take", "to"],
    "syncjelly": ["kinds", "libraries", "plan", "take"],
    "testing": [],
}


@pytest.fixture
def sourced(client, monkeypatch, tmp_path):
    """A server whose modes are all available."""
    config = client.get("/api/config").json["config"]
    saved = client.post("/api/config", json={"config": config | {"UsePlex": "true"}})
    assert saved.json["success"]
    return client


def test_each_mode_lists_the_fields_that_it_takes(sourced):
    offers = {offer["mode"]: offer for offer in sourced.get("/api/runs/modes").json["modes"]}
    assert {mode: sorted(offers[mode]["fields"]) for mode in FIELDS} == FIELDS


@pytest.mark.parametrize(
    ("path", "body", "mode", "arguments"),
    [
        (
            "run/backup",
            {"kinds": ["poster"], "from": "plex"},
            "backup",
            ["-From", "plex", "-Kinds", "poster"],
        ),
        ("run/sync", {"from": "plex", "to": "jellyfin"}, "sync", ["-From", "plex", "-To", "jellyfin"]),
        ("run/restore", {"plan": True}, "plan", ["-Restore"]),
        ("run/syncemby", None, "syncemby", []),
        ("reset-posters", {"library": "TV"}, "reset", ["-LibraryToReset", "TV"]),
        (
            "reset-posters",
            {"libraries": ["TV"], "kinds": ["season"]},
            "reset",
            ["-Kinds", "season", "-Libraries", '["TV"]'],
        ),
        ("run-restore", None, "restore", []),
        (
            "run-restore",
            {"library_name": None, "item_name": "Dark", "asset_type": "Poster"},
            "restore",
            ["-RestoreItem", "Dark", "-RestoreType", "poster"],
        ),
    ],
)
def test_a_run_is_queued_with_what_was_chosen(client, path, body, mode, arguments):
    answer = client.post(f"/api/{path}", json=body) if body is not None else client.post(f"/api/{path}")
    assert answer.status_code == 200, answer.json
    run = client.get(f"/api/runs/{answer.json['run_id']}").json["run"]
    assert (run["mode"], run["arguments"]) == (mode, arguments)


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("run/sync", {}, "from and to"),
        ("run/sync", {"from": "plex", "to": "plex"}, "the same one"),
        ("run/sync", {"from": "kodi", "to": "plex"}, "from"),
        ("run/backup", {"kinds": ["logo"]}, "kinds"),
        ("run/backup", {"libraries": ["-Force"]}, "cannot be passed"),
        ("run/backup", {"libraries": "TV"}, "libraries"),
        ("run/backup", {"item": "Dark"}, "item goes with these modes only: restore"),
        ("run/backup", {"clean": True}, "clean goes with these modes only: normal, plan"),
        ("run/normal", {"kinds": ["poster"]}, "kinds goes with these modes only"),
        ("run/testing", {"plan": True}, "plan goes with these modes only"),
        ("run/restore", {"item": "a\u0000b"}, "cannot be passed"),
        ("run-restore", {"library_name": "--x"}, "cannot be passed"),
        ("run-restore", {"asset_type": "sculpture"}, "no kind of picture"),
        ("run-restore", {"item_name": 7}, "item_name"),
        ("reset-posters", {}, "name of a library"),
        ("reset-posters", {"library": "TV", "kinds": ["logo"]}, "kinds"),
    ],
)
def test_what_a_mode_cannot_use_is_refused_and_nothing_is_queued(client, path, body, said):
    answer = client.post(f"/api/{path}", json=body)
    assert answer.status_code == 400 and said in answer.json["message"], answer.json
    assert client.get("/api/runs").json["total"] == 0


def test_nobody_without_credentials_starts_anything(anonymous):
    paths = ("run/backup", "run/sync", "run-restore", "reset-posters")
    assert {anonymous.post(f"/api/{path}", json={}).status_code for path in paths} == {401}
