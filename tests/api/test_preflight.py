"""A preflight is a queued run; its sheet is a picture."""

import json

from app.core.runs import list_runs
from tests.poster.program import make_picture


def test_a_preflight_is_queued_with_the_changed_settings(client, machine):
    changed = {"PosterOverlayPart": {"AddBorder": "true"}}
    assert client.post("/api/runs/preflight").status_code == 200
    assert client.post("/api/runs/preflight", json={"changed": changed}).status_code == 200
    assert client.post("/api/runs/preflight", json={"changed": {"PosterOverlayPart": 7}}).status_code == 400
    with machine.database.reading() as session:
        second, first = list_runs(session, limit=5)[0]
    assert (first.mode, first.arguments) == ("preflight", [])
    assert second.arguments[0] == "-Changed" and json.loads(second.arguments[1]) == changed


def test_what_will_not_fit_is_listed(client, machine):
    none = client.get("/api/preflight")
    assert none.status_code == 404 and "no preflight yet" in none.json["message"]
    folder = machine.paths.engine / "preflight"
    folder.mkdir(parents=True)
    fitting = {"kind": "poster", "title": "Alien", "second": "", "library": "Movies", "why": "longest word"}
    fitting |= {"settings": "present", "lines": [["ALIEN"]], "sizes": [90], "truncated": False, "missing": []}
    losing = fitting | {"title": "𓀀", "lines": [[]], "missing": ["𓀀"], "more": 7}
    (folder / "titles.json").write_text(json.dumps({"titles": 12, "pictures": [fitting, losing]}))
    found = client.get("/api/preflight").json
    assert (found["success"], found["titles"], found["failing"]) == (True, 12, 1)
    assert found["pictures"][0] == fitting | {"fits": True}
    assert (found["pictures"][1]["missing"], found["pictures"][1]["fits"]) == (["𓀀"], False)
    for damaged in ("{", "[]", '{"titles": "x", "pictures": []}', '{"titles": 1, "pictures": [3]}'):
        (folder / "titles.json").write_text(damaged)
        assert client.get("/api/preflight").status_code == 503


def test_the_sheet_of_the_last_preflight_is_downloaded(client, machine):
    assert client.get("/api/preflight/sheet").status_code == 404
    make_picture(machine.paths.engine / "preflight" / "sheet.jpg")
    answer = client.get("/api/preflight/sheet")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    answer.close()
