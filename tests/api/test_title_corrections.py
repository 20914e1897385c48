"""A title is corrected: a rule, a run, the pictures with the same fault, and one undo of both."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.execution.undo_requests import UndoRequest
from app.core.item_rules.rules_document import rules_state, save_rules
from app.core.runs import MOST_QUEUED
from app.models import Origin, Run, Status
from app.poster.journal.journal import Journal
from app.poster.kinds import Kind
from app.poster.records.decision import Treatment
from app.poster.records.journal_entry import DrawnFacts
from app.poster.records.reasons import Owner, Reason
from tests.api.conftest import configure
from tests.driving import row, rows
from tests.poster.records.test_records import record
from tests.trees import catalogue, make_tree

ALIEN, SEASON = "Movies/Alien (1979)/poster.jpg", "TV/Dark (2017)/Season01.jpg"
SEASONS = [SEASON, "TV/Dark (2017)/Season02.jpg"]
BRIGHT = DrawnFacts(point_sizes=(200,), lines=1, contrast=2.1)
CUT = DrawnFacts(truncated=True, point_sizes=(45,), lines=2, contrast=15.0)


def made(path, drawn, kind=Kind.POSTER, owner=Owner.OURS, title="Alien", **treatment):
    """What the journal knows of a picture that a run made."""
    known, (library, item, _) = record(), path.split("/")
    decision = replace(
        known.decision,
        path=path,
        kind=kind,
        library=library,
        root_folder=item,
        treatment=Treatment(title=title, **treatment),
    )
    return replace(
        known, path=path, decision=decision, drawn=drawn, owner=owner, reason=Reason.NEW, uploads=()
    )


PICTURES = [
    made(ALIEN, BRIGHT),
    made("Movies/Heat (1995)/poster.jpg", replace(BRIGHT, contrast=2.9), title="Heat"),
    made("Movies/Star Wars (1977)/poster.jpg", replace(BRIGHT, contrast=1.4), title="Star Wars"),
    made("Movies/Dune (2021)/poster.jpg", replace(BRIGHT, contrast=12.0), title="Dune"),
    made("Movies/Mine (2000)/poster.jpg", BRIGHT, owner=Owner.HAND, title="Mine"),
    made("Movies/Old (1999)/poster.jpg", DrawnFacts(point_sizes=(200,)), title="Old"),
    made("Movies/Jaws (1975)/poster.jpg", CUT, title="Jaws The Revenge"),
    made("Movies/It (2017)/poster.jpg", CUT, title="It"),
    made("Movies/Bare (2010)/poster.jpg", DrawnFacts(), with_text=False),
    *(made(path, BRIGHT, Kind.SEASON, title="Season 1") for path in SEASONS),
]


@pytest.fixture
def library(machine, client, tmp_path, monkeypatch):
    monkeypatch.setattr(type(machine), "media_folder", tmp_path)
    journal = Journal(machine.paths.engine)
    for one in PICTURES:
        journal.note(one)
    journal.end("run", datetime(2026, 11, 29, tzinfo=UTC))
    journal.close()
    make_tree(tmp_path / "assets", *(one.path for one in PICTURES))
    configure(machine, AssetPath=str(tmp_path / "assets"))
    catalogue(machine)
    return machine


def correct(client, asset=ALIEN, **values):
    return client.post("/api/corrections", json={"corrections": [{"asset": asset, **values}]})


def rules_of(machine):
    return [(one["when"], one["set"]) for one in rules_state(machine.paths).rules]


def test_a_correction_is_a_rule_and_a_run_over_what_it_changes(client, library):
    before = client.get(f"/api/assets/{ALIEN}/correction").json
    assert (before["title"], before["takes_text"], before["paths"]) == ("Alien", True, [ALIEN])
    assert before["measure"] == {"size": 200, "lines": 1, "contrast": 2.1, "is_cut": False}
    answer = correct(client, shade=40, text="Ali\nen")
    assert answer.status_code == 200 and answer.json["count"] == 1
    run = row(library, answer.json["run_id"])
    assert (run.mode, run.arguments) == ("normal", ["-Only", f'["{ALIEN}"]', "-Take", f'["{ALIEN}"]'])
    when = {"library": "Movies", "title": "Alien (1979)"}
    assert rules_of(library) == [(when, {"correct": {"poster": {"text": "Ali\nen", "shade": 40}}})]
    after = client.get(f"/api/assets/{ALIEN}/correction").json["correction"]
    assert after == {"text": "Ali\nen", "size": 100, "shade": 40, "move": 0}


def test_a_rule_of_a_season_changes_all_of_its_show(client, library):
    found = client.get(f"/api/assets/{SEASON}/correction").json
    assert (found["takes_text"], found["paths"]) == (False, SEASONS)
    answer = correct(client, SEASON, size=80)
    assert answer.json["count"] == 2 and SEASONS[1] in row(library, answer.json["run_id"]).arguments[1]
    assert correct(client, SEASON, text="A\nB").status_code == 400


def test_the_pictures_with_the_same_fault_come_with_their_reason_and_without_those_left_out(client, library):
    assert client.get(f"/api/assets/{ALIEN}/alike").json["fault"] is None
    correct(client, shade=40)
    found = client.get(f"/api/assets/{ALIEN}/alike").json
    assert (found["fault"], found["total"]) == ("ground", 2)
    assert [(one["title"], one["measured"]) for one in found["alike"]] == [
        ("Star Wars (1977)", {"contrast": "1.4"}),
        ("Heat (1995)", {"contrast": "2.9"}),
    ]
    assert found["alike"][0]["correction"] == {"text": "", "size": 100, "shade": 40, "move": 0}
    assert found["left_out"] == {"hand": 1, "unmeasured": 1}
    wanted = [{"asset": one["asset"], **one["correction"]} for one in found["alike"]]
    answer = client.post("/api/corrections", json={"corrections": wanted})
    assert answer.json["count"] == 2 and row(library, answer.json["run_id"]).arguments[2:] == []
    again = client.get(f"/api/assets/{ALIEN}/alike").json
    assert (again["total"], again["left_out"]) == (0, {"hand": 1, "unmeasured": 1, "corrected": 2})


JAWS = "Movies/Jaws (1975)/poster.jpg"


def test_line_breaks_are_proposed_for_titles_that_have_enough_words(client, library):
    correct(client, JAWS, text="Jaws\nThe Revenge")
    found = client.get(f"/api/assets/{JAWS}/alike").json
    assert (found["fault"], found["alike"], found["left_out"]["one_word"]) == ("cut", [], 1)
    correct(client, JAWS, text="Another\nwording")
    assert client.get(f"/api/assets/{JAWS}/alike").json["fault"] is None


def ended(machine, number):
    with machine.database.writing() as session:
        run = session.get(Run, number)
        run.status = Status.COMPLETED
        run.ended_at = run.queued_at


def test_an_undo_of_the_run_takes_the_rule_back_and_its_own_undo_brings_it_again(
    client, library, monkeypatch
):
    save_rules(library.paths, [{"name": "Mine", "when": {"library": "Movies"}, "set": {"text": True}}])
    kept = rules_of(library)
    number = correct(client, size=130).json["run_id"]
    changed = rules_of(library)
    assert len(changed) == 2
    monkeypatch.setattr("app.api.runs.undo_request", lambda paths, run, *more: undo_of(run))
    ended(library, number)
    undo = client.post(f"/api/runs/{number}/undo").json["run_id"]
    assert rules_of(library) == kept
    ended(library, undo)
    client.post(f"/api/runs/{undo}/undo")
    assert rules_of(library) == changed


def undo_of(run):
    return UndoRequest("undo", ["-Undo", str(run.id)], run.id)


def test_where_no_run_can_be_queued_the_rules_are_as_before(client, library):
    with library.database.writing() as session:
        session.add_all(Run(mode="normal", origin=Origin.API) for _ in range(MOST_QUEUED))
    assert correct(client, size=130).status_code == 409
    assert rules_of(library) == [] and len(rows(library)) == MOST_QUEUED


def test_rules_with_a_mistake_are_left_as_they_are(client, library):
    library.paths.rules.write_text('{"rules": [{"name": "x", "set": {"colour": 1}}]}')
    answer = correct(client, size=130)
    assert answer.status_code == 409 and "rules[0].set.colour" in answer.json["detail"]
    assert rows(library) == []


REFUSED = [
    ("/api/assets/Movies/None (1900)/poster.jpg/correction", None, 404),
    ("/api/assets/Movies/Bare (2010)/poster.jpg/correction", None, 409),
    ("/api/corrections", {"corrections": []}, 400),
    ("/api/corrections", {"corrections": [{"asset": ALIEN, "size": 24}]}, 400),
    ("/api/corrections", {"corrections": [{"asset": ALIEN, "shade": "1"}]}, 400),
    ("/api/corrections", {"corrections": [{"asset": ALIEN, "colour": 1}]}, 400),
    ("/api/corrections", {"corrections": [{"asset": ALIEN, "text": "a\0"}]}, 400),
    ("/api/corrections", {"corrections": [{"asset": ALIEN}, {"asset": ALIEN}]}, 400),
    ("/api/corrections", {"corrections": [{"asset": "Movies/None (1900)/poster.jpg"}]}, 404),
]


@pytest.mark.parametrize(("address", "body", "status"), REFUSED)
def test_what_cannot_be_corrected_is_refused_and_changes_nothing(client, library, address, body, status):
    answer = client.post(address, json=body) if body else client.get(address)
    assert answer.status_code == status and answer.json["detail"]
    assert rules_of(library) == [] and rows(library) == []
