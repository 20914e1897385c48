"""The library on any day by the API."""

import json
import os
from urllib.parse import quote

import pytest

from app.core.days import file_pasts, pictures
from app.core.days.listing import day_named
from app.core.days.pictures import pictures_then
from tests.api.conftest import configure
from tests.days import History, path_of, picture
from tests.driving import row
from tests.poster.program import run_script

ALIEN, BRAZIL, HEAT, UP = (path_of(film) for film in ("Alien", "Brazil", "Heat", "Up"))


@pytest.fixture
def history(machine):
    folder = machine.paths.data / "assets"
    configure(machine, AssetPath=str(folder))
    return History(machine, folder)


@pytest.fixture
def days(history):
    """Three days: on the second Alien changed, Brazil went, Heat came; on the third a person chose Up's."""
    names = [
        history.run(Alien=1, Brazil=2, Up=3, **{"Dark/Season01": 4}),
        history.run(Alien=11, Brazil=None, Heat=12),
    ]
    history.put("Up", 13)
    history.run()
    return [*names, history.run(**{"Dark/Season01": 14})]


def get(client, day, rest="/assets", **query):
    answer = client.get(f"/api/days/{day}{rest}", query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json


def states(client, day, **query):
    return {each["path"]: each["state"] for each in get(client, day, **query)["assets"]}


def test_days_are_the_runs_that_changed_a_file_the_newest_first(client, days):
    found = client.get("/api/days").json
    assert [each["name"] for each in found["days"]] == days[::-1] and found["total"] == 3
    assert [(each["run"], each["mode"]) for each in found["days"]] == [
        (5, "normal"),
        (2, "normal"),
        (1, "normal"),
    ]
    assert client.get("/api/days?limit=1&offset=1").json["days"][0]["name"] == days[1]


def test_what_differs_from_a_day_is_listed_with_both_pictures(client, history, days):
    dark = path_of("Dark/Season01")
    assert states(client, days[0]) == {
        ALIEN: "changed", BRAZIL: "gone", HEAT: "new", UP: "changed", dark: "changed"
    }  # fmt: skip
    assert states(client, days[1]) == {UP: "changed", dark: "changed"} and states(client, days[2]) == {}
    found = {each["path"]: each for each in get(client, days[0])["assets"]}
    assert client.get(found[ALIEN]["then_url"], buffered=True).data == picture(1)
    assert client.get(found[BRAZIL]["then_url"], buffered=True).data == picture(2)
    assert (found[BRAZIL]["now_url"], found[HEAT]["then_url"]) == (None, None)
    assert (found[UP]["is_by_hand"], found[ALIEN]["is_by_hand"]) == (True, False)
    counts = get(client, days[0], "")["counts"]
    assert counts == {"changed": 3, "lost": 0, "new": 1, "gone": 1, "unknown": 0, "by_hand": 1}


def test_parts_follow_each_other_and_a_folder_narrows_them(client, days):
    found, after = [], ""
    while after is not None:
        part = get(client, days[0], limit=2, after=after)
        found += [each["path"] for each in part["assets"]]
        after = part["next"]
    assert found == sorted(states(client, days[0])) and len(found) == 5
    assert list(states(client, days[0], folder="Films/Alien")) == [ALIEN]
    assert states(client, days[0], folder="Films/Ali") == {}


@pytest.mark.parametrize(("first", "looked_up"), [(1, 0), (2, 0), (500, 0), (1, 4000)])
def test_a_large_library_is_read_in_growing_parts_with_the_same_answers(
    monkeypatch, client, history, days, first, looked_up
):
    (history.assets / UP).write_bytes(picture(99))
    usual = [(get(client, day), get(client, day, folder="Films")) for day in days]
    monkeypatch.setattr(pictures, "FIRST_PART", first)
    monkeypatch.setattr(pictures, "GROWTH", 2)
    monkeypatch.setattr(file_pasts, "MOST_LOOKED_UP", looked_up)
    assert [(get(client, day), get(client, day, folder="Films")) for day in days] == usual
    assert len(usual[0][0]["assets"]) == 5


def test_counting_reads_no_picture_and_a_list_those_of_another_time_alone(monkeypatch, client, history, days):
    read = []
    monkeypatch.setattr(pictures, "digest_of_file", lambda file: read.append(file.parent.name))
    os.utime(history.assets / ALIEN, ns=(1, 1))
    assert get(client, days[0], "")["counts"]["changed"] == 3 and read == []
    assert states(client, days[0])[ALIEN] == "changed" and read == ["Alien"]


def test_bytes_that_are_gone_and_files_of_other_hands_are_said_and_left(client, history, days):
    history.forget("Alien", 1)
    (history.assets / UP).write_bytes(picture(99))
    assert states(client, days[0])[ALIEN] == "lost"
    plan = restore(client, days[0], dry_run=True)
    assert (plan["count"], plan["removed"], plan["left"]) == (3, 1, {"no_bytes": 1, "touched": 1})
    assert plan["run_id"] is None and not restore(client, days[0], 400, assets=[ALIEN])["success"]


def test_a_day_that_the_journal_has_given_up_and_a_file_without_steps_are_unknown(machine, history):
    first = history.run(Alien=1)
    for shade in range(2, 22):
        last = history.run(Brazil=shade)
    with_own = history.assets / HEAT
    with_own.parent.mkdir(parents=True)
    with_own.write_bytes(picture(1))
    day = day_named(machine.paths.engine, first)
    found = pictures_then(machine.paths.engine, history.assets, day, [ALIEN, BRAZIL, HEAT])
    assert [each.state for each in found.values()] == ["same", "unknown", "unknown"] and last


def restore(client, day, status=200, **form):
    answer = client.post(f"/api/days/{day}/restore", json=form)
    assert answer.status_code == status, answer.json
    return answer.json if status == 200 else {"success": False, **answer.json}


def test_going_back_is_one_run_over_what_the_plan_named(client, machine, days):
    plan = restore(client, days[0], dry_run=True)
    assert (plan["count"], plan["by_hand"], plan["by_hand_paths"]) == (5, 1, [UP])
    kept = restore(client, days[0], dry_run=True, keep_by_hand=True)
    assert (kept["count"], kept["by_hand"], kept["left"]) == (4, 0, {"by_hand": 1})
    restore(client, days[0], 409, expected_count=4)
    show = restore(client, days[0], folder="TV/Dark", expected_count=1)
    run = row(machine, show["run_id"])
    assert (run.mode, run.arguments[:3]) == ("undo", [days[0], "-After", "-Only"])
    assert json.loads(run.arguments[3]) == [path_of("Dark/Season01")] and run.undoes is None


@pytest.mark.parametrize(
    ("name", "form", "status"),
    [("nowhere", {}, 404), ("{0}", {"assets": []}, 400), ("{0}", {"assets": ["nowhere.jpg"]}, 400),
     ("{0}", {"folder": "a\0b"}, 400), ("{2}", {}, 400), ("{0}", {"expected_count": -1}, 400)],
)  # fmt: skip
def test_what_cannot_go_back_is_refused(client, days, name, form, status):
    restore(client, quote(name.format(*days)), status, **form)


@pytest.mark.slow
def test_the_run_does_what_the_plan_said_and_is_undone_as_one(client, machine, history, days):
    def contents():
        files = (path for path in history.assets.rglob("*.jpg"))
        return {str(path.relative_to(history.assets)): path.read_bytes() for path in files}

    last = contents()
    plan = restore(client, days[0], dry_run=True)
    arguments = row(machine, restore(client, days[0])["run_id"]).arguments
    place = {"ASSET_PATH": str(history.assets)}
    done = run_script(machine.paths.data, "-Undo", *arguments, POSTERIZARR_RUN="77-1", **place)
    assert done.returncode == 0, done.stdout
    assert contents() == {
        ALIEN: picture(1), BRAZIL: picture(2), UP: picture(3), path_of("Dark/Season01"): picture(4)
    }  # fmt: skip
    assert states(client, days[0]) == {} and plan["count"] == 5
    run_script(machine.paths.data, "-Undo", "77", **place)
    assert contents() == last
