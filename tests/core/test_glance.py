from xml.etree import ElementTree

import pytest

from app.core.glance import COLOURS, badge_svg, badge_words, glance
from tests.past_runs import make_run

RUNNING = {"running": True, "current_mode": "normal", "percent": 42.4, "seconds_left": 90.5, "queued": 2}
IDLE = {"running": False, "current_mode": None, "percent": None, "seconds_left": None, "queued": 0}


def problem(kind, message="A problem."):
    return {"type": kind, "source": "runs", "message": message, "advice": "Correct it."}


def test_what_runs_and_what_there_is_in_a_few_figures():
    counts = {"posters": 3, "backgrounds": 2, "seasons": 1, "titlecards": 0}
    found = glance(RUNNING, [], "2025-11-26T01:00:00+01:00", make_run(total_images=7, errors=1), counts)
    assert found == {
        **{"health": "ok", "problems": 0, "problem": None},
        **{"state": "running", "running": True, "mode": "normal", "percent": 42.4, "seconds_left": 90.5},
        **{"queued": 2, "next_run": "2025-11-26T01:00:00+01:00"},
        "last_run": {
            **{"mode": "scheduled", "status": "completed", "ended_at": "2025-11-25T15:34:17+00:00"},
            **{"images": 7, "errors": 1},
        },
        "images": counts | {"total": 6},
    }


@pytest.mark.parametrize(
    ("kinds", "health", "count"),
    [(["note"], "ok", 0), (["warning"], "problems", 1), (["note", "error", "warning"], "problems", 2)],
)
def test_a_note_is_no_problem(kinds, health, count):
    found = glance(IDLE, [problem(kind, kind) for kind in kinds], None, None, None)
    assert (found["health"], found["problems"]) == (health, count)
    assert found["problem"] == next((kind for kind in kinds if kind != "note"), None)
    assert found["last_run"] is found["images"] is None


@pytest.mark.parametrize(
    ("changes", "kinds", "words", "colour"),
    [
        (IDLE, [], "idle", "idle"),
        (RUNNING, [], "normal 42 %", "running"),
        (RUNNING | {"percent": None}, [], "normal", "running"),
        (RUNNING | {"current_mode": None}, [], "running 42 %", "running"),
        (RUNNING, ["warning"], "1 problem", "problems"),
        (IDLE, ["error", "warning"], "2 problems", "problems"),
    ],
)
def test_a_badge_says_one_thing_and_problems_come_first(changes, kinds, words, colour):
    found = glance(changes, [problem(kind) for kind in kinds], None, None, None)
    assert badge_words(found) == (words, COLOURS[colour])


@pytest.mark.parametrize("text", ["idle", "<script>&\"'", "normal 42 %", ""])
def test_a_badge_is_a_picture_of_any_text(text):
    picture = ElementTree.fromstring(badge_svg(text, "#123456"))
    assert picture.tag.endswith("svg") and picture.get("aria-label") == f"Posterizarr: {text}"
    assert [part.text or "" for part in picture.iter() if part.tag.endswith("}text")] == ["Posterizarr", text]
    right = list(picture.iter("{http://www.w3.org/2000/svg}rect"))[1]
    assert int(picture.get("width")) == int(right.get("x")) + int(right.get("width"))
