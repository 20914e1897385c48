"""What problems say on the pages, in the language of the reader."""

import ast
import os
from pathlib import Path
from string import Formatter

import pytest

import app as package
from app.core import health
from app.core.assets import troubles
from app.core.problem_history import store_history
from app.core.problem_texts import ProblemText
from app.models.base import now
from app.ui.catalogue import LANGUAGES, texts_in

APP = Path(package.__file__).parent
HOSTILE = "\"'><script>alert(1)</script>{{7*7}}&amp;"
GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def settings(overrides):
    overrides["APP_ADMIN_PASSWORD"] = "a password of its own"  # noqa: S105
    overrides["APP_HOST"] = "127.0.0.1"


@pytest.fixture
def led(settings, machine):
    machine.state.publish(leader={"pid": os.getpid()})
    return machine


def fields(name):
    return {field for _, field, _, _ in Formatter().parse(texts_in("en").texts[name]) if field}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_of_a_problem_is_in_each_language_with_its_advice(language):
    known = {name for name in texts_in(language).texts if name.startswith("problem.")}
    assert known == {f"problem.{text}{part}" for text in ProblemText for part in ("", ".advice")}


def worded():
    """(text, names of the values) of each call that words a problem."""
    for path in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "problem_words":
                text = node.args[0]
                if isinstance(text, ast.Attribute):
                    yield ProblemText[text.attr], {keyword.arg for keyword in node.keywords}


def test_each_problem_has_the_values_that_its_text_names():
    found = list(worded())
    assert len(found) > 20
    assert [text for text, values in found if fields(f"problem.{text}") != values] == []
    assert all(not fields(f"problem.{text}.advice") for text in ProblemText)


@pytest.mark.parametrize("language", LANGUAGES)
def test_counted_problems_have_the_values_that_their_texts_name(language):
    counted = [
        *health.upload_problems({"overwritten": 3, "refused": 2}),
        *health.upload_problems({"refused": 2}),
    ]
    counted += [*health.upload_problems({"waiting": 1})]
    counted += [troubles.asset_problem(name, "AssetPath", 3) for name in troubles.WORDS]
    said = {each["text"]: texts_in(language)(f"problem.{each['text']}", **each["values"]) for each in counted}
    assert {text for text in ProblemText if text.startswith(("uploads_", "assets_"))} == said.keys()
    assert ": 2" in said["uploads_refused"] and "AssetPath" in said["assets_missing"]


@pytest.mark.parametrize("address", ["/server", "/server/system"])
def test_problems_are_in_the_language_of_the_reader(client, led, address):
    led.state.publish(assets={"troubles": {"AssetPath": {"unreadable": 3}}}, leader=None)
    page = client.get(address, headers=GERMAN).text
    assert "Ordner unter AssetPath, die nicht lesbar sind: 3." in page
    assert "Kein Prozess des Servers führt" in page and "No worker leads" not in page
    assert "No worker leads" in client.get(address).text


def test_what_is_silenced_or_over_is_in_the_language_of_the_reader(client, led):
    led.state.publish(assets={"troubles": {"AssetPath": {"unreadable": 3}}})
    [problem] = [each for each in client.get("/health").json["problems"] if each["source"] == "assets"]
    assert (problem["text"], problem["values"]["count"]) == ("assets_unreadable", 3)
    client.post("/api/problems/silenced", json={"code": problem["code"]})
    times = dict.fromkeys(("since", "until"), now().isoformat())
    with led.database.writing() as session:
        store_history(session, {"open": [], "mended": [problem | times | {"code": "another"}]})
    page = client.get("/server", headers=GERMAN).text
    assert page.count("Ordner unter AssetPath, die nicht lesbar sind: 3.") == 2
    assert "that cannot be read" not in page


def test_what_the_machine_says_stays_english_and_is_marked_as_that(client, led):
    words = {"text": "runs", "values": {"reason": HOSTILE}}
    led.state.publish(problems=[{"source": "runs", "message": "m", "public": "m", "advice": "a", **words}])
    page = client.get("/server/system", headers=GERMAN).text
    assert 'verfolgt werden: <span lang="en">&#34;' in page and "<script>alert" not in page
