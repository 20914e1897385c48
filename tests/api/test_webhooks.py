import json
import re
from base64 import b64encode
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from app.api.bodies import LARGEST_BODY
from app.core.senders import read_arr
from app.core.triggers.file_format import content, read_trigger
from app.models import Run, Trigger
from tests.past_runs import make_run
from tests.payloads import (
    LIDARR,
    RADARR_EVENTS,
    READARR,
    SONARR_EVENTS,
    TEMPLATE,
    make_episode,
    make_import_complete,
    make_movie,
    make_radarr,
    make_radarr_event,
    make_radarr_test,
    make_sonarr,
    make_sonarr_event,
    make_sonarr_test,
    make_tautulli,
    wire,
)

ROOT = Path(__file__).resolve().parents[2]
ARR, TAUTULLI = "/api/webhook/arr", "/api/webhook/tautulli"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def send(client):
    """Sends a payload, or bytes as they are, and answers the response."""

    def post(payload, path=ARR, method="POST", content_type=JSON, **options):
        body = payload if isinstance(payload, bytes) else wire(payload)
        return client.open(path, method=method, data=body, content_type=content_type, **options)

    return post


@pytest.fixture
def stored(machine):
    """Answers how many rows and which files there are."""

    def look():
        with machine.database.reading() as session:
            rows = session.scalar(select(func.count(Trigger.id)))
        files = [path for path in machine.paths.watcher.rglob("*") if path.is_file()]
        waiting = [path for path in machine.paths.inbox.rglob("*") if path.is_file()]
        assert not waiting
        return rows, sorted(files)

    return look


def refused(answer, *statuses):
    assert answer.status_code in statuses and answer.content_type == JSON
    assert answer.json["success"] is False and answer.json["detail"]
    return True


@pytest.mark.parametrize(("payload", "sender"), [(make_sonarr(), "Sonarr"), (make_radarr(), "Radarr")])
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_an_import_is_stored_and_its_file_named(send, stored, payload, sender, method):
    answer = send(payload, method=method)
    rows, (file,) = stored()
    assert answer.status_code == 200
    assert answer.json == {
        "success": True,
        "message": f"Trigger queued for {sender}",
        "file": str(file),
        "files": [str(file)],
        "queued": 1,
    }
    assert rows == 1
    (event,) = read_arr(payload)
    assert file.read_bytes() == content(event)


def test_the_name_of_the_file_tells_the_local_time(send):
    before = datetime.now(ZoneInfo("Europe/Berlin")).replace(tzinfo=None, microsecond=0)
    name = Path(send(make_radarr()).json["file"]).name
    digits = re.fullmatch(r"recently_added_([0-9]{17})_[0-9a-f]{6}\.posterizarr", name)[1]
    after = datetime.now(ZoneInfo("Europe/Berlin")).replace(tzinfo=None)
    assert before <= datetime.strptime(digits[:14], "%Y%m%d%H%M%S") <= after  # noqa: DTZ007


def test_import_complete_is_one_trigger_and_several_seasons_are_one_each(send, stored):
    assert send(make_import_complete(episodes=24)).json["queued"] == 1
    episodes = [make_episode(1, season=season) for season in (1, 2, 3)]
    answer = send(make_import_complete() | {"episodes": episodes}).json
    assert (answer["queued"], len(answer["files"]), answer["file"]) == (3, 3, answer["files"][0])
    assert {read_trigger(Path(file)).season for file in answer["files"]} == {1, 2, 3}
    assert stored()[0] == 4


@pytest.mark.parametrize(
    "payload",
    [make_sonarr_event(name) for name in SONARR_EVENTS] + [make_radarr_event(name) for name in RADARR_EVENTS],
    ids=lambda payload: payload["eventType"],
)
def test_every_other_event_is_answered_kindly_and_stores_nothing(send, stored, payload):
    answer = send(payload)
    expected = {"success": True, "message": f"Ignored event type: {payload['eventType']}"}
    assert (answer.status_code, answer.json) == (200, expected)
    assert stored() == (0, [])


@pytest.mark.parametrize(("payload", "relative"), [(LIDARR, "Lidarr"), (READARR, "Readarr")])
def test_relatives_are_ignored_by_name(send, stored, payload, relative):
    assert send(payload).json["message"] == f"Ignored event type: Download of {relative}"
    assert stored() == (0, [])


def test_whisparr_is_known_by_its_user_agent(send, stored):
    answer = send(make_radarr(), headers={"User-Agent": "Whisparr/3.0.0.695 (alpine 3.18)"})
    assert answer.json["message"] == "Ignored event type: Download of Whisparr"
    assert stored() == (0, [])


@pytest.mark.parametrize("payload", [make_sonarr_test(), make_radarr_test(), {"eventType": "test"}])
def test_the_test_button_is_told_what_works(send, stored, payload):
    answer = send(payload)
    assert (answer.status_code, answer.json["success"]) == (200, True)
    assert answer.json["message"] == "Test successful"
    checks = {check["name"]: check["ok"] for check in answer.json["checks"]}
    assert checks == {
        "key": True,
        "watcher": True,
        "script": True,
        "media server": False,
        "consumer": True,
    }
    assert stored() == (0, [])


@pytest.mark.parametrize(("path", "mode"), [(ARR, "arr"), (TAUTULLI, "tautulli")])
def test_the_test_button_tells_that_the_script_refused_what_this_sender_asked_for(send, database, path, mode):
    refusal = {"status": "failed", "exit_code": 5, "reason": f"The mode {mode} is not there yet"}
    with database.writing() as session:
        session.add(make_run(mode=mode, origin="webhook", **refusal))
        session.add(make_run(mode="manual", origin="webhook", **refusal))
    answers = [send(make_sonarr_test()), send(b"", TAUTULLI)]
    told = {answer.request.path: told_of(answer, "script") for answer in answers}
    assert f"The mode {mode} is not there yet" in told.pop(path)["message"]
    assert [check["ok"] for check in told.values()] == [True]


def told_of(answer, name):
    return next(check for check in answer.json["checks"] if check["name"] == name)


def test_the_test_fails_where_an_event_would_be_lost(send, machine):
    machine.paths.watcher.rmdir()
    machine.paths.watcher.touch()
    assert refused(send(make_sonarr_test()), 503)
    assert refused(send(b"", TAUTULLI), 503)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"Download"',
        b'{"eventType": "Download"}',
        b'{"eventType": 5, "series": {"title": "x"}}',
        b'{"eventType": "Download", "movie": []}',
        b'{"eventType": "Download", "movie": {"title": "x", "tmdbId": "5"}}',
        b'{"eventType": "Download", "movie": {"title": "x", "tmdbId": NaN}}',
        b'{"eventType": "Download", "movie": {"title": "x", "tmdbId": 1e999}}',
        b'{"eventType": "Download", "movie": {"title": "x", "tmdbId": ' + b"9" * 5000 + b"}}",
        b'{"eventType": "Download", "eventType": "Download", "movie": {"title": "x"}}',
        rb'{"eventType": "Download", "movie": {"title": "\ud83d"}}',
        b'{"eventType": "Download", "movie": {"title": "L\xe9on"}}',
        b'{"eventType": "Download", "movie": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
        b"[" * LARGEST_BODY,
        b"\x1f\x8b\x08\x00",
    ],
    ids=lambda body: repr(body[:60]),
)
def test_what_is_not_well_formed_is_400_and_stores_nothing(send, stored, body):
    answer = send(body)
    assert refused(answer, 400)
    assert len(answer.json["detail"]) < 300
    assert stored() == (0, [])


@pytest.mark.parametrize("path", [ARR, TAUTULLI])
def test_a_body_beyond_the_limit_is_413_and_stores_nothing(send, stored, path):
    assert refused(send(b'{"eventType": "Test"}' + b" " * LARGEST_BODY, path), 413)
    assert stored() == (0, [])


def test_a_body_up_to_the_limit_is_read(send):
    body = wire(make_radarr())
    assert send(body + b" " * (LARGEST_BODY - len(body))).status_code == 200


@pytest.mark.parametrize(
    "content_type",
    [
        "application/xml",
        "text/xml",
        "text/html",
        "multipart/form-data; boundary=x",
        FORM,
        "image/png",
        "application/octet-stream",
    ],
)
def test_a_type_that_cannot_be_json_is_415_and_stores_nothing(send, stored, content_type):
    assert refused(send(make_sonarr(), content_type=content_type), 415)
    assert stored() == (0, [])


@pytest.mark.parametrize(
    "content_type",
    [
        JSON,
        "application/json; charset=utf-8",
        "Application/JSON",
        "text/json",
        "text/plain",
        "text/plain; charset=utf-8",
        "application/vnd.arr+json",
        None,
        "",
    ],
)
def test_a_type_that_may_be_json_is_understood(send, content_type):
    assert send(make_sonarr(), content_type=content_type).json["message"] == "Trigger queued for Sonarr"


@pytest.mark.parametrize("path", [ARR, TAUTULLI])
def test_no_spelling_of_the_address_is_redirected(send, path):
    payload = make_sonarr() if path == ARR else make_tautulli()
    assert send(payload, f"{path}/").status_code == 200
    for other in (f"/{path}", path.replace("webhook/", "webhook//"), f"{path}//"):
        assert refused(send(payload, other), 404, 405)


@pytest.mark.parametrize("method", ["GET", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", [ARR, TAUTULLI])
def test_other_methods_are_405(send, stored, path, method):
    answer = send(make_sonarr(), path, method=method)
    assert refused(answer, 405) and "POST" in answer.headers["Allow"]
    assert stored() == (0, [])


def test_tautulli_posts_and_does_not_put(send):
    assert refused(send(make_tautulli(), TAUTULLI, method="PUT"), 405)


HOSTILE = "x]: y\r\n[arr_evil]: 1\u2028[arr_worse]: 2\x00 \"'`$(touch /tmp/evil)` -Force"


def test_hostile_values_stay_on_their_line_and_out_of_arguments(send, machine, stored):
    movie = make_movie(title=f"--{HOSTILE}", folderPath=f"/movies/{HOSTILE}")
    answer = send(json.dumps(make_radarr(movie=movie)).encode())
    assert answer.status_code == 200
    text = Path(answer.json["file"]).read_text(encoding="utf-8")
    assert text.count("\n") == 9 and len(text.splitlines()) == 9
    assert "\n[arr_evil]" not in text and "]: -" not in text
    fields = dict(read_trigger(Path(answer.json["file"])).fields)
    assert not {"arr_evil", "arr_worse"} & fields.keys()
    assert "$(touch /tmp/evil)" in fields["arr_movie_title"]


@pytest.mark.parametrize(
    "content_type", [JSON, "application/json; charset=utf-8", FORM, "text/plain", "x/y", None]
)
def test_json_of_tautulli_is_understood_under_any_name(send, stored, content_type):
    answer = send(json.dumps(make_tautulli()).encode(), TAUTULLI, content_type=content_type)
    _, (file,) = stored()
    assert answer.json == {
        "success": True,
        "message": "Tautulli trigger queued",
        "file": str(file),
        "files": [str(file)],
        "queued": 1,
    }
    assert re.fullmatch(r"tautulli_trigger_[0-9]{17}_[0-9a-f]{6}\.posterizarr", file.name)
    assert file.read_text() == "[RatingKey]: 1234\n[mediatype]: movie\n"


@pytest.mark.parametrize("content_type", [FORM, "application/json; charset=utf-8", "multipart/form-data"])
def test_the_fields_of_a_form_are_understood(send, stored, content_type):
    body = b"RatingKey=1234&mediatype=movie&parentratingkey=&grandparentratingkey="
    assert send(body, TAUTULLI, content_type=content_type).json["queued"] == 1
    assert stored()[1][0].read_text() == "[RatingKey]: 1234\n[mediatype]: movie\n"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        json.dumps(TEMPLATE).encode(),
        b'{"RatingKey": "", "mediatype": ""}',
        b'{"a": "b"}',
    ],
    ids=lambda body: repr(body[:40]),
)
def test_the_test_button_of_tautulli_gets_a_kind_answer(send, stored, body):
    answer = send(body, TAUTULLI)
    assert (answer.status_code, answer.json["message"]) == (200, "Test successful")
    assert "checks" in answer.json
    assert stored() == (0, [])


@pytest.mark.parametrize("kind", ["artist", "album", "track", "clip"])
def test_music_and_clips_are_ignored_by_name(send, stored, kind):
    answer = send(make_tautulli(mediatype=kind), TAUTULLI)
    assert (answer.status_code, answer.json["message"]) == (200, f"Ignored media type: {kind}")
    assert stored() == (0, [])


@pytest.mark.parametrize(
    "payload",
    [
        make_tautulli(RatingKey="1; rm -rf /"),
        make_tautulli(RatingKey="$(id)"),
        make_tautulli(mediatype="movie -Force"),
        make_tautulli(mediatype="season"),
        make_tautulli(RatingKey=["1"]),
        b"{",
        b"nonsense",
        b"RatingKey=1&RatingKey=2&mediatype=movie",
        b"\xff",
        b'["RatingKey"]',
    ],
    ids=repr,
)
def test_values_that_tautulli_does_not_send_are_400(send, stored, payload):
    assert refused(send(payload, TAUTULLI), 400)
    assert stored() == (0, [])


def test_a_key_of_a_sender_is_enough_and_nothing_less_is(client, anonymous, stored):
    made = client.post("/api/auth/keys", json={"name": "Sonarr", "scopes": ["webhook"]}).json["key"]
    read = client.post("/api/auth/keys", json={"name": "page", "scopes": ["read", "run"]}).json["key"]
    body = {"data": wire(make_sonarr_test()), "content_type": JSON}
    basic = b64encode(f"anybody:{made}".encode()).decode()
    assert anonymous.post(ARR, headers={"X-API-Key": made}, **body).status_code == 200
    assert anonymous.post(f"{ARR}?api_key={made}", **body).status_code == 200
    assert anonymous.post(f"{ARR}/?api_key={made}", **body).status_code == 200
    assert anonymous.post(ARR, headers={"Authorization": f"Basic {basic}"}, **body).status_code == 200
    assert refused(anonymous.post(ARR, headers={"X-API-Key": read}, **body), 403)
    assert refused(anonymous.post(ARR, **body), 401)
    assert refused(anonymous.post(TAUTULLI, data=b"{}"), 401)
    assert stored() == (0, [])
    told = anonymous.post(ARR, headers={"X-API-Key": made}, **body).json["checks"][0]
    assert told == {"name": "key", "ok": True, "message": "Sonarr may post webhooks."}


def test_the_template_of_the_readme_is_the_documented_one(send, stored):
    (line,) = re.findall(r"^    (\{.*rating_key.*\})$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert json.loads(line) == TEMPLATE
    filled = line.replace("{rating_key}", "5").replace("{media_type}", "show")
    filled = filled.replace("{parent_rating_key}", "").replace("{grandparent_rating_key}", "")
    assert send(filled.encode(), TAUTULLI).json["queued"] == 1
    assert stored()[1][0].read_text() == "[RatingKey]: 5\n[mediatype]: show\n"


def test_an_answer_starts_no_run(send, machine):
    send(make_radarr())
    with machine.database.reading() as session:
        assert session.scalar(select(func.count(Run.id))) == 0
