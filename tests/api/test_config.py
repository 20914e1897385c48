"""The configuration through HTTP: who may, what comes back, and what the existing page sends."""

import base64
import json

import pytest

from app.core.access import api_keys
from app.core.access.credentials import hash_password
from app.core.settings.masking import MASK
from app.extensions import Machine
from app.services.keys import create_key
from tests.core.settings.making import make_config

ROUTES = [
    ("GET", "/api/config"),
    ("POST", "/api/config"),
    ("POST", "/api/config/backup"),
    ("GET", "/api/config/backups"),
    ("GET", "/api/config/backups/config_backup_20261101_000000.json/changes"),
    ("POST", "/api/config/restore"),
    ("GET", "/api/config/export"),
    ("POST", "/api/config/import"),
    ("GET", "/api/config-db/status"),
    ("GET", "/api/config-db/section/WebUI"),
    ("GET", "/api/config-db/value/WebUI/basicAuthEnabled"),
    ("GET", "/api/config-db/export"),
    ("POST", "/api/config-db/sync"),
]
READS = [path for method, path in ROUTES if method == "GET" and "/backups" not in path]


@pytest.fixture(autouse=True)
def usual_config(machine):
    """A file as it is after a first start, with a password."""
    write(machine, make_config())


def write(machine, values):
    machine.paths.config.write_text(json.dumps(values), encoding="utf-8")


def stored(machine):
    return json.loads(machine.paths.config.read_text(encoding="utf-8"))


def save(client, headers=None, **settings):
    return client.post("/api/config", json={"config": settings}, headers=headers)


def basic(username, password):
    text = base64.b64encode(f"{username}:{password}".encode()).decode()
    return {"Authorization": f"Basic {text}"}


def key_with(machine, *scopes):
    return {"X-API-Key": create_key(machine, "some key", scopes)[1]}


def test_a_backup_says_what_it_would_change_without_its_secrets(client, machine):
    save(client, tmdbtoken="first-token", maxLogs="7")
    backup = save(client, tmdbtoken="second-token", maxLogs="9").json["backup"]
    answer = client.get(f"/api/config/backups/{backup}/changes")
    assert answer.json["changes"] == [
        {"name": "tmdbtoken", "now": MASK, "then": MASK},
        {"name": "maxLogs", "now": "9", "then": "7"},
    ]
    assert "-token" not in answer.text.replace("tmdbtoken", "")
    assert client.get("/api/config/backups/config.json/changes").status_code == 404


def test_everything_that_a_page_needs_is_shown(client, machine):
    answer = client.get("/api/config")
    assert answer.status_code == 200
    assert list(answer.json) == [
        *("success", "config", "ui_groups", "display_names", "tooltips", "using_flat_structure"),
        *("_root", "revision"),
    ]
    assert answer.json["success"] is True
    assert len(answer.json["config"]) == len(answer.json["tooltips"]) >= 264
    assert next(iter(answer.json["ui_groups"])) == "WebUI Settings"
    assert answer.json["config"]["basicAuthPassword"] == MASK
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["ETag"] == f'"{answer.json["revision"]}"'


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_only_the_scope_config_opens_the_configuration(anonymous, machine, method, path):
    assert anonymous.open(path, method=method, json={}).status_code == 401
    others = key_with(machine, *(scope for scope in api_keys.DEFAULT_SCOPES if scope != "config"))
    assert anonymous.open(path, method=method, json={}, headers=others).status_code == 403
    right = key_with(machine, "config")
    assert anonymous.open(path, method=method, json={}, headers=right).status_code in (200, 400, 404)


def test_a_save_tells_what_it_changed(client, machine):
    answer = save(client, PosterTextOffset="+10", UsePlex="true", maxLogs="5")
    assert answer.status_code == 200
    assert answer.json["success"] is True
    assert answer.json["message"] == "2 settings saved"
    assert answer.json["changes_count"] == 2
    assert answer.json["changed"] == ["PosterTextOffset", "UsePlex"]
    assert answer.json["revision"] == client.get("/api/config").json["revision"]
    assert answer.json["backup"] == client.get("/api/config/backups").json["backups"][0]["file"]
    assert stored(machine)["PosterOverlayPart"]["text_offset"] == "+10"


def test_the_existing_page_sends_its_whole_map_back(client, machine):
    values = make_config(Mine={"foreign": {"a": 1}}, ApiPart={"PlexToken": "hush"})
    write(machine, values)
    before = machine.paths.config.read_bytes()
    whole = client.get("/api/config").json["config"]
    answer = save(client, **whole)
    assert (answer.json["changes_count"], answer.json["message"]) == (0, "Nothing to change")
    assert machine.paths.config.read_bytes() == before
    edits = {
        "SendNotification": "True",
        "UseUptimeKuma": "False",
        "basicAuthEnabled": True,
        "TitleCardEPTextOffset": "-5",
        "PosterAddBorder": "false",
        "PlexLibstoExclude": ["Music", "Fotos Ü"],
        "maxLogs": "9",
    }
    assert save(client, **whole | edits).json["changes_count"] == 5
    values["Notification"]["SendNotification"] = "true"
    values["TitleCardEPTextPart"]["text_offset"] = "-5"
    values["PosterOverlayPart"]["AddBorder"] = "false"
    values["PlexPart"]["LibstoExclude"] = ["Music", "Fotos Ü"]
    values["PrerequisitePart"]["maxLogs"] = "9"
    assert stored(machine) == values


def test_what_cannot_be_saved_is_told_setting_by_setting(client, machine):
    before = machine.paths.config.read_bytes()
    answer = save(client, logLevel="9", PosterTextGravity="up", maxLogs="9")
    assert answer.status_code == 400
    assert answer.json["errors"]["logLevel"] == "must be between 1 and 3, but is 9"
    assert set(answer.json["errors"]) == {"logLevel", "PosterTextGravity"}
    assert "logLevel: must be between 1 and 3" in answer.json["detail"]
    assert answer.json["message"] == answer.json["detail"]
    assert answer.json["success"] is False
    assert machine.paths.config.read_bytes() == before


def test_an_unknown_setting_is_named(client):
    answer = save(client, PosterTextOfset="+1")
    assert answer.status_code == 400
    assert "perhaps PosterTextOffset is meant" in answer.json["errors"]["PosterTextOfset"]


@pytest.mark.parametrize("body", [None, [], "text", {}, {"config": None}, {"config": []}, {"config": "a"}])
def test_a_body_that_is_no_map_is_refused(client, body):
    answer = client.post("/api/config", json=body)
    assert answer.status_code == 400
    assert answer.json["detail"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b'{"config": {"maxLogs": NaN}}', b'{"config": {"font": "\\ud800"}}']
)
def test_a_body_that_is_no_json_is_refused(client, body):
    answer = client.post("/api/config", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_an_edit_of_a_past_state_is_a_conflict(client, machine):
    revision = client.get("/api/config").json["revision"]
    newer = save(client, maxLogs="9").json["revision"]
    before = machine.paths.config.read_bytes()
    stale = client.post("/api/config", json={"config": {"maxLogs": "8"}, "revision": revision})
    assert stale.status_code == 409
    assert "changed by another edit" in stale.json["detail"]
    assert save(client, {"If-Match": f'"{revision}"'}, maxLogs="8").status_code == 409
    assert machine.paths.config.read_bytes() == before
    assert save(client, {"If-Match": f'W/"{newer}"'}, maxLogs="7").status_code == 200
    assert save(client, {"If-Match": "*"}, maxLogs="6").status_code == 200
    assert save(client, {"If-Match": ""}, maxLogs="5").status_code == 409
    assert client.post("/api/config", json={"config": {"maxLogs": "4"}, "revision": None}).status_code == 200


@pytest.mark.parametrize("content", ["", "{ broken", "[]"])
@pytest.mark.parametrize("path", READS)
def test_an_unreadable_file_is_a_conflict_with_its_reason(client, machine, path, content):
    machine.paths.config.write_text(content)
    answer = client.get(path)
    assert answer.status_code == 409
    assert answer.json["detail"].startswith("config.json ")
    assert save(client, maxLogs="9").status_code == 409
    assert client.post("/api/config-db/sync").status_code == 409
    assert client.post("/api/config/import", json={}).status_code == 409
    assert machine.paths.config.read_text() == content


def test_a_new_login_counts_at_once_in_every_worker(app, client, anonymous, machine):
    other = Machine(machine.settings)
    assert other.config.setting("WebUI", "basicAuthUsername") == "admin"
    assert save(client, basicAuthUsername="kim", basicAuthPassword="first").status_code == 200
    assert anonymous.get("/api/config", headers=basic("kim", "first")).status_code == 200
    assert other.config.setting("WebUI", "basicAuthUsername") == "kim"
    assert "first" not in machine.paths.config.read_text()
    save(client, basicAuthPassword="second")
    assert anonymous.get("/api/config", headers=basic("kim", "first")).status_code == 401
    assert anonymous.get("/api/config", headers=basic("kim", "second")).status_code == 200
    other.close()


def test_switching_the_login_off_opens_the_settings_at_once_and_switching_it_on_shuts_them(client, anonymous):
    assert anonymous.get("/api/config").status_code == 401
    assert save(client, basicAuthEnabled=False).status_code == 200
    assert anonymous.get("/api/config").status_code == 200
    assert save(client, basicAuthEnabled="true").status_code == 200
    assert anonymous.get("/api/config").status_code == 401


def test_with_the_login_off_settings_are_saved_and_secrets_stay(anonymous, machine):
    secrets = {"PlexToken": "a stored token", "tmdbtoken": "another one"}
    write(machine, make_config(WebUI={"basicAuthEnabled": False}, ApiPart=secrets))
    shown = anonymous.get("/api/config").json["config"]
    assert [shown[name] for name in secrets] == [MASK, MASK]
    whole_map = save(anonymous, **shown | {"maxLogs": "7"})
    assert whole_map.json["changed"] == ["maxLogs"]
    moved = save(anonymous, PlexUrl="http://elsewhere:1")
    assert (moved.status_code, moved.json["success"]) == (403, False)
    assert "PlexUrl" in moved.json["detail"] == moved.json["message"]
    assert save(anonymous, PlexUrl="http://elsewhere:1", PlexToken="a new token").status_code == 200
    for closed in ({"basicAuthEnabled": True}, {"basicAuthPassword": "mine"}):
        assert save(anonymous, **closed).status_code == 403
    stored = machine.config.values()["ApiPart"]
    assert (stored["PlexToken"], stored["tmdbtoken"]) == ("a new token", "another one")


def test_a_person_who_logged_in_may_change_the_password(anonymous, machine):
    write(machine, make_config(WebUI={"basicAuthPassword": hash_password("old")}))
    answer = anonymous.post(
        "/api/config", json={"config": {"basicAuthPassword": "new"}}, headers=basic("admin", "old")
    )
    assert answer.status_code == 200
    assert anonymous.get("/api/config", headers=basic("admin", "new")).status_code == 200


def test_a_key_for_the_configuration_does_not_become_administrator(anonymous, machine):
    key = key_with(machine, "config")
    whole = anonymous.get("/api/config", headers=key).json["config"]
    assert save(anonymous, key, **whole | {"maxLogs": "9"}).status_code == 200
    for change in ({"basicAuthPassword": "mine"}, {"basicAuthEnabled": False}, {"basicAuthUsername": "eve"}):
        answer = save(anonymous, key, **change)
        assert answer.status_code == 403
        assert "admin" in answer.json["detail"]


def test_nobody_is_locked_out(client):
    answer = save(client, basicAuthPassword="")
    assert answer.status_code == 400
    assert "no user could log in" in answer.json["errors"]["basicAuthPassword"]


def test_the_data_folder_is_not_shown_as_artwork(client, data):
    for folder in ("/", str(data), str(data / "database"), "."):
        assert list(save(client, AssetPath=folder).json["errors"]) == ["AssetPath"]
    assert save(client, AssetPath="artwork").status_code == 200


def test_a_backup_is_made_listed_and_restored(client, machine):
    before = machine.paths.config.read_bytes()
    made = client.post("/api/config/backup")
    assert (made.status_code, made.json["success"]) == (200, True)
    assert made.json["file"] in made.json["message"]
    save(client, maxLogs="9")
    (newest, first) = client.get("/api/config/backups").json["backups"]
    assert first == {"file": made.json["file"], "size": len(before), "created_at": first["created_at"]}
    restored = client.post("/api/config/restore", json={"file": first["file"]})
    assert restored.json["changes_count"] == 1
    assert restored.json["message"] == "1 setting restored"
    assert machine.paths.config.read_bytes() == before
    assert len(client.get("/api/config/backups").json["backups"]) == 3


@pytest.mark.parametrize(
    "name", ["nothing", "../config.json", "config_backup_20260101_000000.json", "/etc/passwd", "a\0b", ""]
)
def test_only_a_backup_can_be_restored(client, machine, name):
    before = machine.paths.config.read_bytes()
    assert client.post("/api/config/restore", json={"file": name}).status_code == 404
    assert machine.paths.config.read_bytes() == before


def test_restoring_repairs_a_broken_file(client, machine):
    name = client.post("/api/config/backup").json["file"]
    machine.paths.config.write_text("{ broken")
    assert client.get("/api/config").status_code == 409
    assert client.post("/api/config/restore", json={"file": name}).status_code == 200
    assert client.get("/api/config").status_code == 200


def test_without_a_file_there_is_no_backup(client, machine):
    machine.paths.config.unlink()
    assert client.post("/api/config/backup").status_code == 409
    assert client.get("/api/config/backups").json["backups"] == []


def test_the_design_is_downloaded_and_taken_in_again(client, machine):
    write(machine, make_config(PosterOverlayPart={"fontcolor": "gold"}, ApiPart={"PlexToken": "hush"}))
    exported = client.get("/api/config/export")
    assert exported.headers["Content-Disposition"] == 'attachment; filename="custom_blueprint.json"'
    assert exported.mimetype == "application/json"
    assert "hush" not in exported.text
    write(machine, make_config(ApiPart={"PlexToken": "own"}))
    answer = client.post("/api/config/import", json=exported.json)
    assert answer.json["changed"] == ["PosterFontcolor"]
    assert answer.json["message"] == "1 setting imported"
    assert stored(machine)["ApiPart"]["PlexToken"] == "own"
    assert client.get("/api/config/backups").json["backups"]


def test_an_import_is_checked_as_a_save_is(client, machine):
    before = machine.paths.config.read_bytes()
    for sections, name in (
        ({"ApiPart": {"PlexToken": MASK}}, "PlexToken"),
        ({"OverlayPart": {"outputQuality": "200%"}}, "outputQuality"),
        ({"OverlayPart": 5}, "OverlayPart"),
        ({"Mine": {"a": 1}}, "Mine.a"),
    ):
        answer = client.post("/api/config/import", json=sections)
        assert (answer.status_code, list(answer.json["errors"])) == (400, [name])
    stale = client.post("/api/config/import", json={}, headers={"If-Match": '"past"'})
    assert stale.status_code == 409
    assert machine.paths.config.read_bytes() == before


def test_the_log_tells_names_and_no_values(client, capsys):
    save(client, PlexToken="hush-hush", basicAuthPassword="quiet please")
    told = "".join(capsys.readouterr())
    assert "PlexToken" in told
    assert "hush" not in told
    assert "quiet" not in told


def test_a_full_disk_costs_the_edit_and_not_the_file(client, machine, monkeypatch):
    before = machine.paths.config.read_bytes()
    monkeypatch.setattr("app.core.json_file.replacing", no_space)
    answer = save(client, maxLogs="9")
    assert answer.status_code == 503
    assert "No space left on device" in answer.json["detail"]
    assert machine.paths.config.read_bytes() == before


def no_space(path, mode):
    raise OSError(28, "No space left on device")
