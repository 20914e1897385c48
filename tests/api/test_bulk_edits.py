"""Many pictures are changed by a list or a filter: first the plan, then one run that is taken back whole."""

import json
from string import ascii_uppercase

import pytest

from tests.api.test_assets import roots
from tests.driving import rows
from tests.edited_artwork import FILM, ODD, TWIN, make_trees
from tests.pictures import make_picture
from tests.trees import catalogue, make_image

__all__ = ["roots"]


@pytest.fixture
def folder(machine, client, monkeypatch):
    return make_trees(machine, monkeypatch)


def edit(client, **body) -> dict:
    answer = client.post("/api/assets/bulk-edit", json=body)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_a_filter_with_exceptions_says_first_what_it_would_do_and_is_one_run(client, folder):
    wanted = {"action": "delete", "filter": {"kind": "poster", "library": "Movies"}, "excepted": [ODD[0]]}
    plan = edit(client, **wanted, dry_run=True)
    assert (plan["dry_run"], plan["count"], plan["run_id"]) == (True, 4, None)
    assert plan["skipped"] == [{"why": "it is excepted", "code": "excepted", "count": 1, "paths": [ODD[0]]}]
    assert len(plan["sample"]) == 4 and ODD[0] not in {picture["path"] for picture in plan["sample"]}
    assert (folder / "assets" / FILM).exists()
    done = edit(client, **wanted, expected=plan["count"])
    assert (done["count"], done["skipped_count"], done["failed"], done["sample"]) == (4, 1, [], [])
    assert not (folder / "assets" / FILM).exists() and (folder / "assets" / ODD[0]).exists()
    client.post(f"/api/runs/{done['run_id']}/undo")
    assert (folder / "assets" / FILM).exists()


def test_a_plan_that_is_no_longer_true_is_not_carried_out(client, folder):
    body = {"action": "delete", "filter": {}, "expected": 3}
    answer = client.post("/api/assets/bulk-edit", json=body)
    assert answer.status_code == 409 and "ask for the plan again" in answer.json["message"]
    assert (folder / "assets" / FILM).exists()


def test_pictures_are_held_and_released_and_each_is_undone(client, machine, folder):
    def hold() -> str:
        return client.get(f"/api/assets/{FILM}/decision").json["hold"]

    held = edit(client, action="hold", paths=[FILM, TWIN])
    assert held["count"] == 2 and hold() == "held"
    again = edit(client, action="hold", filter={"search": "ALIEN"}, dry_run=True)
    assert (again["count"], again["skipped"][0]["why"]) == (1, "it is a person's already")
    assert again["skipped"][0]["code"] == "held"
    catalogue(machine)
    released = edit(client, action="release", filter={"owner": "a person"})
    assert released["count"] == 2 and hold() == "released"
    skipped = edit(client, action="release", paths=[FILM])["skipped"]
    assert skipped[0]["why"] == "it is made by the runs, and nobody holds it"
    client.post(f"/api/runs/{released['run_id']}/undo")
    assert hold() == "held"
    client.post(f"/api/runs/{held['run_id']}/undo")
    assert hold() == ""


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"action": "burn", "paths": []},
        {"action": "hold"},
        {"action": "hold", "paths": [], "filter": {}},
        {"action": "hold", "filter": {"kind": "x"}},
        {"action": "hold", "filter": {"root": "manual"}},
        {"action": "hold", "root": "manual", "paths": []},
        {"action": "hold", "filter": {"unknown": "x"}},
        {"action": "hold", "filter": {"folder": "a\0"}},
        {"action": "hold", "paths": [], "expected": -1},
    ],
)
def test_a_bulk_edit_that_is_none_is_refused(client, folder, body):
    assert client.post("/api/assets/bulk-edit", json=body).status_code == 400


def test_a_filter_means_any_tree(client, folder):
    plan = edit(client, action="delete", root="manual", filter={"folder": "Movies"}, dry_run=True)
    done = edit(client, action="delete", root="manual", filter={"folder": "Movies"})
    assert (plan["count"], done["count"]) == (1, 1) and not (folder / "manual" / FILM).exists()
    assert (folder / "assets" / FILM).exists()


def test_a_plan_shows_up_to_twelve_pictures_from_all_over_the_list(client, machine, roots):
    names = [f"Movies/{letter} (2000)/poster.jpg" for letter in ascii_uppercase]
    for name in names:
        make_image(roots["assets"], name, make_picture((20, 30)))
    catalogue(machine)
    plan = edit(client, action="delete", filter={}, dry_run=True)
    sample = plan["sample"]
    assert (plan["count"], len(sample), sample[0]["title"]) == (26, 9, "A (2000)")
    assert [picture["path"] for picture in sample] == names[::3]
    for picture in sample:
        assert "&v=" in picture["thumbnail_url"] and picture["color"].startswith("#")
    small = client.get(f"{sample[-1]['thumbnail_url']}&width=320")
    assert small.mimetype == "image/jpeg" and "immutable" in small.headers["Cache-Control"]


def test_chosen_pictures_are_drawn_by_one_run_but_for_those_that_are_held(client, machine, folder):
    edit(client, action="hold", paths=[TWIN])
    order = {"paths": [FILM, TWIN, *ODD], "excepted": ODD[:1]}
    plan = client.post("/api/assets/bulk-redraw", json={**order, "dry_run": True}).json
    assert {each["code"]: each["paths"] for each in plan["skipped"]} == {"excepted": ODD[:1], "held": [TWIN]}
    before = len(rows(machine))
    assert len(plan["sample"]) == plan["count"] and plan["run_id"] is None
    refused = client.post("/api/assets/bulk-redraw", json={**order, "expected": 0})
    assert refused.status_code == 409 and len(rows(machine)) == before
    answer = client.post("/api/assets/bulk-redraw", json={**order, "expected": plan["count"]}).json
    run = next(run for run in rows(machine) if run.id == answer["run_id"])
    switch, chosen = run.arguments
    assert (run.mode, switch, json.loads(chosen)) == ("normal", "-Only", [FILM, *ODD[1:]])
    nothing = client.post("/api/assets/bulk-redraw", json={"paths": [TWIN]}).json
    assert (nothing["count"], nothing["run_id"]) == (0, None) and len(rows(machine)) == before + 1


def test_a_filter_whose_folder_leads_outside_is_refused(client, folder):
    body = {"action": "delete", "filter": {"folder": "../x"}}
    assert client.post("/api/assets/bulk-edit", json=body).status_code == 403
