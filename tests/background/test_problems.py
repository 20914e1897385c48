from types import SimpleNamespace

from app.background.active_run import ActiveRun
from app.background.problems import Problems
from app.core.execution.report import Report
from app.core.state import SharedState

WORDS = {"text": "runs", "values": {}}


def make_problems():
    state = SharedState(None)
    state.publish(problems=[{"source": "releases", "message": "x", "advice": "y"}])
    return Problems(state)


def test_a_problem_is_told_once_under_its_source_and_replaced_by_a_newer_one():
    problems = make_problems()
    news = [problems.report("runs", message, "wait", WORDS) for message in ("first", "first", "second")]
    assert news == [True, False, True]
    assert [problem["message"] for problem in problems.state.read()["problems"]] == ["x", "second"]


def test_a_problem_that_is_over_goes_and_those_of_others_stay():
    problems = make_problems()
    problems.report("runs", "first", "wait", WORDS)
    problems.resolve("runs")
    problems.resolve("runs")
    assert [problem["source"] for problem in problems.state.read()["problems"]] == ["releases"]


def test_a_message_that_was_not_sent_is_a_problem_until_a_run_sends_its_messages(machine):
    run = SimpleNamespace(problems=Problems(machine.state))
    ActiveRun.tell_message_problems(run, Report({}, message_problems=("Discord: no usable answer",)))
    (found,) = machine.state.read()["problems"]
    assert (found["source"], found["message"]) == (
        "messages",
        "The message about the last run was not sent: Discord: no usable answer",
    )
    assert found["public"] == "The message about the last run was not sent."
    ActiveRun.tell_message_problems(run, None)
    assert machine.state.read()["problems"] == [found]
    ActiveRun.tell_message_problems(run, Report({}))
    assert machine.state.read()["problems"] == []
