"""The page's own modules, one by one, run by the browser that reads them."""

import json

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def module(browser, address):
    """Evaluate an expression over a module of the page, named `it`."""
    browser.open(f"{address}ui/icon.svg")

    def evaluate(name: str, expression: str):
        return browser.evaluate(f"import('{address}ui/{name}.js').then(async (it) => {expression})")

    return evaluate


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59.4, "59 s"), (60, "1 min 0 s"), (254, "4 min 14 s"), (3600, "1 h 0 min"), (-3, "0 s")],
)
def test_a_duration_is_told_in_the_units_that_matter(module, seconds, words):
    assert module("words", f"it.duration({seconds})") == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (4, "a few seconds left"),
        (42, "about 40 s left"),
        (90, "about 2 min left"),
        (9000, "about 3 h left"),
    ],
)
def test_the_time_left_is_told_as_roughly_as_it_is_known(module, seconds, words):
    assert module("words", f"it.remaining({seconds})") == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2025-11-25T19:30:00+01:00", "today 19:30"),
        ("2025-11-26T00:15:00+01:00", "tomorrow 00:15"),
        ("2025-11-24T22:59:00+00:00", "yesterday 23:59"),
        ("2025-11-24T23:01:00+00:00", "today 00:01"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_moment_is_told_by_the_calendar_of_the_given_zone(module, moment, words):
    today = "new Date('2025-11-25T12:00:00+01:00')"
    assert module("words", f"it.moment('{moment}', 'Europe/Berlin', {today})") == words


def test_the_day_after_the_clock_changed_is_still_yesterday(module):
    today = "new Date('2025-10-27T00:30:00+01:00')"
    assert (
        module("words", f"it.moment('2025-10-26T00:30:00+02:00', 'Europe/Berlin', {today})")
        == "yesterday 00:30"
    )


@pytest.mark.parametrize(
    "line",
    [
        "[2025-11-25 16:34:18] [INFO]    |L.33500| Finished | well",
        "[2025-11-25 16:34:18] [INFO]     [T01]  |NormalMode.ps1:L.849         | Finished | well",
    ],
)
def test_log_lines_of_both_script_versions_are_told_apart(module, line):
    expected = {"time": "16:34:18", "level": "info", "message": "Finished | well"}
    assert module("loglines", f"it.parsed({json.dumps(line)})") == expected


def test_a_line_that_no_script_wrote_is_shown_as_it_is(module):
    expected = {"time": "", "level": "", "message": "Traceback <b>"}
    assert module("loglines", "it.parsed('Traceback <b>')") == expected


def test_work_rests_in_a_hidden_tab_and_goes_on_when_it_is_seen(module):
    counts = module(
        "pace",
        """{
          let times = 0;
          const rest = (time) => new Promise((done) => setTimeout(done, time));
          const pace = new it.Pace(() => { times += 1; }, () => 5);
          await pace.start();
          await rest(100);
          Object.defineProperty(document, 'hidden', { value: true, configurable: true });
          await rest(50);
          const before = times;
          await rest(100);
          const during = times;
          delete document.hidden;
          document.dispatchEvent(new Event('visibilitychange'));
          await rest(100);
          pace.stop();
          const after = times;
          await rest(50);
          return { before, during, after, stopped: times };
        }""",
    )
    assert counts["before"] > 1
    assert counts["during"] == counts["before"]
    assert counts["after"] > counts["during"]
    assert counts["stopped"] == counts["after"]


def test_each_failure_waits_longer_and_a_success_is_quick_again(module):
    waits = module(
        "pace",
        """{
          let failing = true;
          const fail = () => { if (failing) throw { status: 503, message: 'busy' }; };
          const pace = new it.Pace(fail, () => 2000);
          const waits = [];
          for (let turn = 0; turn < 7; turn += 1) {
            await pace.turn();
            waits.push(pace.wait());
          }
          failing = false;
          await pace.turn();
          return [...waits, pace.wait()];
        }""",
    )
    assert waits == [4000, 8000, 16000, 32000, 60000, 60000, 60000, 2000]


def test_work_that_people_wait_for_names_its_own_longest_wait(module):
    fails = "() => { throw { status: 503, message: 'busy' }; }"
    pace = f"new it.Pace({fails}, () => 2000, () => null, 9000)"
    turn = "await pace.turn(); waits.push(pace.wait());"
    script = f"{{ const pace = {pace}; const waits = []; {turn * 3} return waits; }}"
    assert module("pace", script) == [4000, 8000, 9000]


@pytest.mark.parametrize(
    ("enabled", "words"), [(True, "Next run"), (False, "Off, but for RUN_TIME. Next run")]
)
def test_a_run_that_is_planned_while_the_switch_is_off_is_explained(module, enabled, words):
    answer = {"enabled": enabled, "next_run": "2025-11-25T04:30:00+01:00", "schedules": [{}]}
    assert module("schedule", f"it.outlook({json.dumps(answer)})").startswith(f"{words} ")


@pytest.mark.parametrize(
    ("status", "words"),
    [("completed", "Full run done"), ("failed", "Full run failed"), ("odd", "Full run odd")],
)
def test_the_end_of_a_run_is_told_in_a_few_words(module, status, words):
    assert module("words", f"it.ending({{mode: 'normal', status: '{status}'}})") == words


DECISIONS = [
    ({"chosen": None, "reason": "nothing found"}, "No picture was chosen: nothing found. Made because new."),
    (
        {"chosen": {"provider": "TMDB", "language": "de", "region": "AT", "lettered": "with text"}},
        "Picture from TMDB, in Austrian German. Made because new.",
    ),
    (
        {"chosen": {"provider": "Fanart", "language": "", "lettered": "textless"}, "considered": [{}, {}]},
        "Picture from Fanart without text, before 2 other candidates. Made because new.",
    ),
    (
        {"chosen": {"provider": "TVDB", "language": "x!", "lettered": "unknown"}, "fallback": True},
        "Fallback picture from TVDB, in x!. Made because new.",
    ),
    (
        {"chosen": {"provider": "Typographic"}},
        "Drawn from the title, since no picture was found. Made because new.",
    ),
]


@pytest.mark.parametrize(("decision", "words"), DECISIONS)
def test_a_decision_is_one_sentence_with_provider_language_and_reason(module, decision, words):
    record = {"action": "create", "why": "new", "decision": decision, "drawn": {}}
    assert module("decision", f"it.sentence({json.dumps(record)})") == words
