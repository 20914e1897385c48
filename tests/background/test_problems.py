from app.background.problems import Problems
from app.core.state import SharedState


def make_problems():
    state = SharedState(None)
    state.publish(problems=[{"source": "releases", "message": "x", "advice": "y"}])
    return Problems(state)


def test_a_problem_is_told_once_under_its_source_and_replaced_by_a_newer_one():
    problems = make_problems()
    news = [problems.report("runs", message, "wait") for message in ("first", "first", "second")]
    assert news == [True, False, True]
    assert [problem["message"] for problem in problems.state.read()["problems"]] == ["x", "second"]


def test_a_problem_that_is_over_goes_and_those_of_others_stay():
    problems = make_problems()
    problems.report("runs", "first", "wait")
    problems.resolve("runs")
    problems.resolve("runs")
    assert [problem["source"] for problem in problems.state.read()["problems"]] == ["releases"]
