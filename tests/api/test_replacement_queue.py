"""The queue of replacements over HTTP."""

import io

import pytest

from app.core.replacing.replacement_queue import QueueRequest, add_item, take_next
from app.core.runs import claim_next
from app.models import ItemStatus, QueueItem
from app.models.base import now
from tests.api.test_replacing import NEW

FIELDS = {
    **dict.fromkeys(("id",), int),
    **dict.fromkeys(("asset_path", "source_type", "source_data", "status", "created_at", "updated_at"), str),
    **{"overlay_params": dict, "error_message": type(None), "run_id": type(None), "is_started": bool},
}
MANUAL = {"titletext": "Alien", "folderName": "Alien (1979)", "libraryName": "Movies", "add_to_queue": "true"}


def add(machine, *arguments, **facts):
    """A queued picture that is put as it is, unless it has arguments of a run."""
    with machine.database.writing() as session:
        request = QueueRequest("Movies/Alien (1979)/poster.jpg", ("upload", "x.jpg"), {}, arguments)
        number = add_item(session, request, "").id
    picture = machine.paths.uploads / f"{number}.jpg"
    picture.write_bytes(NEW)
    change(machine, number, picture=str(picture), **facts)
    return number


def change(machine, number, **facts):
    with machine.database.writing() as session:
        for name, value in facts.items():
            setattr(session.get(QueueItem, number), name, value)


def shown(client):
    return {item["id"]: (item["status"], item["is_started"]) for item in client.get("/api/queue").json}


def pictures(machine):
    return sorted(path.name for path in machine.paths.uploads.iterdir())


def process(machine):
    with machine.database.writing() as session:
        return take_next(session)


def test_manual_runs_wait_in_the_queue_on_request(client, machine):
    (machine.paths.uploads / "own.jpg").write_bytes(NEW)
    body = {**MANUAL, "picturePath": "own.jpg", "posterType": "season", "seasonPosterName": "Season 1"}
    first = client.post("/api/run-manual", json=body)
    form = {**MANUAL, "file": (io.BytesIO(NEW), "sent.jpg")}
    second = client.post("/api/run-manual-upload", data=form)
    assert [answer.status_code for answer in (first, second)] == [200, 200], (first.json, second.json)
    assert (first.json["queued"], first.json["run_id"], second.json["position"]) == (True, None, 1)
    items = client.get("/api/queue").json
    assert [item["id"] for item in items] == [first.json["queue_id"], second.json["queue_id"]]
    assert [item["source_type"] for item in items] == ["local_path", "upload"]
    assert items[0]["asset_path"] == "Movies/Alien (1979)/Season01.jpg"
    assert items[1]["overlay_params"] == {
        **{"asset_type": "standard", "title_text": "Alien", "folder_name": "Alien (1979)"},
        **{"library_name": "Movies", "season_number": None, "episode_number": None, "episode_title": ""},
        "process_with_overlays": True,
    }
    for item in items:
        assert {name: type(value) for name, value in item.items()} == FIELDS
    assert client.get("/api/runs").json["total"] == 0 and len(pictures(machine)) == 3


def test_a_file_that_is_too_large_for_a_picture_is_not_copied(client, machine):
    with (machine.paths.uploads / "own.jpg").open("wb") as file:
        file.truncate(65 * 1024**2)
    answer = client.post("/api/run-manual", json={**MANUAL, "picturePath": "own.jpg"})
    assert answer.status_code == 400 and "64 MiB" in answer.json["detail"]
    assert pictures(machine) == ["own.jpg"]


def test_the_queue_is_run_whole_or_in_part_also_while_a_run_is_active(client, machine, database):
    client.post("/api/run/testing")
    with database.writing() as session:
        claim_next(session, now())
    first, second, third = (
        add(machine),
        add(machine),
        add(machine, status=ItemStatus.FAILED, error_message="x"),
    )
    assert client.post("/api/queue/run", json={"item_ids": [second, 4711]}).json["started"] == 1
    assert shown(client) == {first: ("pending", False), second: ("pending", True), third: ("failed", False)}
    assert client.post("/api/queue/run", json={"item_ids": None}).json["started"] == 2
    assert client.post("/api/queue/run").json["started"] == 2
    assert client.post("/api/queue/run", json={"item_ids": [third]}).json["started"] == 1
    assert set(shown(client).values()) == {("pending", True)}
    assert client.get("/api/queue").json[2]["error_message"] is None


def test_items_are_deleted_with_their_pictures(client, machine):
    first, second, third, fourth = (add(machine) for _ in range(4))
    assert client.delete(f"/api/queue/{first}").json["success"]
    assert client.delete(f"/api/queue/{first}").status_code == 404
    assert client.delete(f"/api/queue/{10**12}").status_code == 404
    assert client.post("/api/queue/delete", json={"item_ids": [second, second, 4711]}).json["deleted"] == [
        second
    ]
    assert pictures(machine) == [f"{third}.jpg", f"{fourth}.jpg"]
    assert client.post("/api/queue/clear").json["deleted"] == [third, fourth]
    assert client.get("/api/queue").json == pictures(machine) == []


def test_an_item_that_is_being_processed_is_not_deleted(client, machine):
    number = add(machine, is_started=True)
    assert process(machine).id == number
    assert client.delete(f"/api/queue/{number}").status_code == 409
    answer = client.post("/api/queue/clear").json
    assert (answer["success"], answer["deleted"], answer["failed"][0]["id"]) == (False, [], number)
    assert pictures(machine) == [f"{number}.jpg"]


def test_an_item_whose_run_still_waits_is_deleted_and_the_run_with_it(client, machine):
    number = add(machine, "-PicturePath", "x", is_started=True)
    run = process(machine).run_id
    assert client.delete(f"/api/queue/{number}").status_code == 200
    assert client.get(f"/api/runs/{run}").json["run"]["status"] == "skipped"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("delete", {}),
        ("delete", {"item_ids": []}),
        ("delete", {"item_ids": ["x"]}),
        ("run", {"item_ids": "all"}),
        ("run", {"item_ids": [2**40]}),
    ],
)
def test_a_body_that_makes_no_sense_is_400(client, path, body):
    assert client.post(f"/api/queue/{path}", json=body).status_code == 400


def test_a_stranger_neither_sees_nor_changes_the_queue(anonymous, machine):
    number = add(machine)
    calls = [anonymous.get("/api/queue"), anonymous.delete(f"/api/queue/{number}")]
    calls += [
        anonymous.post(f"/api/queue/{path}", json={"item_ids": [number]})
        for path in ("run", "clear", "delete")
    ]
    assert {answer.status_code for answer in calls} == {401} and pictures(machine) == [f"{number}.jpg"]
