"""Why something cannot be started or ended so, in the language of the reader."""

import pytest

from app.models import Status
from tests.past_runs import make_run

GERMAN = {"Accept-Language": "de"}
HOSTILE = "<script>alert(1)</script>"
REASONS = {
    7: "was stopped by request",
    8: f"the script ended with exit code 3: {HOSTILE}",
    9: "Plex does not answer",
}


@pytest.fixture
def past(machine):
    runs = [make_run(id=number, status=Status.FAILED, reason=reason) for number, reason in REASONS.items()]
    with machine.database.writing() as session:
        session.add_all(runs)


@pytest.mark.parametrize("address", ["/server", "/server/runs", "/server/schedule"])
def test_what_cannot_be_started_says_why_in_the_language_of_the_reader(client, address):
    assert "Es ist keine Quelle für Filme und Serien gesetzt" in client.get(address, headers=GERMAN).text
    assert "No source of films and shows is set" in client.get(address).text


def test_why_runs_ended_is_in_the_language_of_the_reader_and_what_others_said_is_marked(client, past):
    page = client.get("/server/runs", headers=GERMAN).text
    assert "auf Wunsch gestoppt" in page and "was stopped" not in page
    assert 'mit dem Code 3: <span lang="en">&lt;script&gt;' in page and HOSTILE not in page
    assert '<span lang="en">Plex does not answer</span>' in page


@pytest.mark.parametrize(
    ("number", "words"),
    [(7, "auf Wunsch gestoppt"), (8, "das Skript endete"), (9, '<span lang="en">Plex does not answer')],
)
def test_the_page_of_a_run_says_why_it_ended(client, past, number, words):
    assert f"Grund: {words}" in client.get(f"/server/runs/{number}", headers=GERMAN).text


def test_the_runs_of_the_api_have_the_code_of_their_reason_and_its_values(client, past):
    runs = {each["id"]: each for each in client.get("/api/runs").json["runs"]}
    found = {number: (run["reason_code"], run["reason_values"]) for number, run in runs.items()}
    assert found[7] == ("stopped", {})
    assert found[8] == ("exit_code_said", {"number": "3", "reason": HOSTILE})
    assert found[9] == ("other", {"sentence": "Plex does not answer"})


def test_the_offers_of_the_api_have_a_code_and_the_english_sentence(client):
    offers = {each["mode"]: each for each in client.get("/api/runs/modes").json["modes"]}
    assert offers["normal"]["code"] == "no_source" and offers["normal"]["reason"].startswith("No source")
    assert (offers["testing"]["code"], offers["testing"]["values"]) == ("", {})
