"""The price of a change, as the API gives it; its numbers are held by tests/poster/pricing."""

import pytest

from tests.poster.rule_files import rule


def ask(client, **wanted):
    return client.post("/api/price", json=wanted)


def test_without_pictures_a_change_costs_nothing(client):
    answer = ask(client, settings={"PosterOverlayPart": {"maxPointSize": "150"}}, slot="page-1")
    assert answer.status_code == 200, answer.json
    assert {name: answer.json[name] for name in ("changed", "total", "seconds", "bytes")} == {
        "changed": 0, "total": 0, "seconds": 0, "bytes": 0,
    }  # fmt: skip
    assert answer.json["basis"]["same"] and answer.json["basis"]["seconds_by"] == "nothing"


def test_rules_are_checked_and_named_by_place_before_anything_is_counted(client):
    answer = ask(client, rules=[rule("Anime", {"library": "Anime"}, title_size=900)])
    assert answer.status_code == 400 and list(answer.json["errors"]) == ["rules[0].set.title_size"]
    assert ask(client, rules=[rule("Anime", {"library": "Anime"}, title_size=90)]).status_code == 200


@pytest.mark.parametrize("wanted", [{"settings": []}, {"settings": {"a": 1}}, {"rules": 7}, {"slot": "\0"}])
def test_what_is_no_question_is_refused(client, wanted):
    assert ask(client, **wanted).status_code == 400


def test_a_file_of_rules_that_runs_refuse_is_no_price(client, machine):
    machine.paths.rules.write_text("{")
    assert ask(client).status_code == 409


ANIME = {"library": "Anime"}
RULES = [rule("Anime", ANIME, title_size=90), rule("Again", {"library": "anime"}, title_size=80)]


def test_rules_that_contradict_each_other_are_named_by_place_before_they_are_saved(client):
    sent = [*RULES, rule("Wrong", ANIME, text="no"), rule("Label", {"label": "kids"}, skip=True)]
    answer = client.post("/api/rules/matches", json={"rules": sent})
    assert answer.status_code == 200, answer.json
    assert answer.json["conflicts"] == [{"first": 0, "second": 1, "setting": "title_size", "certain": True}]
    assert [bool(match) for match in answer.json["matches"]] == [True, True, False, True]
    assert list(answer.json["mistakes"]) == ["rules[2].set.text"]
    assert client.post("/api/rules/matches", json={"rules": 7}).status_code == 400


def test_names_are_looked_up_by_the_kind_of_condition(client):
    assert client.get("/api/rules/names?of=label&search=k").json["names"] == []
    assert client.get("/api/rules/names?of=colour").status_code == 400


def test_a_design_that_is_not_there_has_no_price(client):
    assert ask(client, design="nothing-like-it").status_code == 409
    assert ask(client, design="classic").status_code == 200
