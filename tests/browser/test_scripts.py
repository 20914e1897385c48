"""The page's own modules, one by one, run by the browser that reads them."""

import json

import pytest

from app.core.modes import EDIT, MODES
from app.models import Origin, Status

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


def test_each_mode_origin_and_outcome_of_the_server_has_words(module):
    known = module("words", "({ m: it.MODES, o: it.ORIGINS, s: it.STATUSES })")
    assert {*MODES, EDIT} <= known["m"].keys()
    assert known["o"].keys() == set(Origin) and known["s"].keys() == set(Status)


WORDS = {
    "it.modeWord('odd')": "odd",
    "it.modeWord(null)": "Run",
    "it.counted(0, 'error')": "0 errors",
    "it.counted(1, 'error')": "1 error",
    "it.counted(2, 'entry', 'entries')": "2 entries",
    "it.fileSize(0)": "0 bytes",
    "it.fileSize(1)": "1 byte",
    "it.fileSize(1023)": "1023 bytes",
    "it.fileSize(1024)": "1 KB",
    "it.fileSize(1048575)": "1024 KB",
    "it.fileSize(1572864)": "1.5 MB",
    "it.duration(3599.6)": "1 h 0 min",
    "it.duration(90061)": "25 h 1 min",
    "it.remaining(0)": "a few seconds left",
    "it.remaining(5399)": "about 90 min left",
    "it.remaining(5400)": "about 2 h left",
    "it.ending({ mode: 'backup', status: 'completed', errors: 1 })": "Backup of artwork done with 1 error",
    "it.ending({ mode: 'backup', status: 'failed', errors: 3 })": "Backup of artwork failed",
    "it.ending({ mode: '<b>', status: 'completed', errors: 0 })": "<b> done",
}


def test_numbers_sizes_and_endings_are_written_in_words(module):
    assert module("words", f"[{', '.join(WORDS)}]") == [*WORDS.values()]


def test_a_run_has_failed_where_it_broke_off_or_had_errors(module):
    runs = [
        ("completed", 0),
        ("completed", 1),
        ("failed", 0),
        ("interrupted", 0),
        ("stopped", 0),
        ("skipped", 0),
    ]
    shown = json.dumps([{"status": status, "errors": errors} for status, errors in runs])
    assert module("words", f"{shown}.map(it.hasFailed)") == [False, True, True, True, False, False]


def test_a_selection_names_paths_or_a_filter_with_its_exceptions(module):
    found = module(
        "selection",
        """{
          const chosen = new it.Selection();
          for (const path of ['a', 'b', 'a']) chosen.toggle(path);
          chosen.put('b', true); chosen.put('c', false);
          const some = [chosen.count(9), chosen.has('a'), chosen.has('b'), chosen.names('search=x')];
          chosen.all(); chosen.toggle('a'); chosen.put('b', true); chosen.put('c', false);
          const query = 'search=a%26b&library=&missing=true&sort=title&order=desc';
          const all = [chosen.count(9), chosen.has('a'), chosen.has('z'), chosen.names(query)];
          chosen.put('a', true); chosen.toggle('c');
          const whole = chosen.count(9);
          chosen.clear();
          return [some, all, whole, chosen.count(9), chosen.names(query)];
        }""",
    )
    kept = {"search": "a&b", "library": "", "missing": "true"}
    assert found == [
        [1, False, True, {"paths": ["b"]}],
        [7, False, True, {"filter": kept, "excepted": ["a", "c"]}],
        *(9, 0, {"paths": []}),
    ]


def test_a_long_content_is_reached_from_end_to_end_and_small_steps_stay_small(module):
    found = module(
        "scroll-map",
        """{
          const short = new it.ScrollMap(1000); short.resize(500, 100);
          const long = new it.ScrollMap(1000); long.resize(50000, 100);
          const empty = new it.ScrollMap(1000); empty.resize(0, 100);
          return {
            short: [short.height, short.ratio, short.move(250), short.show(123)],
            ends: [long.height, long.move(0), long.move(900), long.move(-5), long.move(910)],
            jump: [long.move(0), long.move(450)],
            step: [long.move(460) - long.content + 10, long.move(455)],
            shown: [long.show(24950), long.content, long.move(451), long.show(49900), long.show(0)],
            empty: [empty.height, empty.ratio, empty.end, empty.move(0), empty.show(0)],
          };
        }""",
    )
    assert found == {
        "short": [500, 1, 250, 123],
        "ends": [1000, 0, 49900, -5, 49910],
        "jump": [0, 24950],
        "step": [10, 24955],
        "shown": [450, 24950, 24951, 900, 0],
        "empty": [0, 1, 0, 0, 0],
    }


LINES = {
    "": ("", "", ""),
    "[2025-11-25 16:34:18] [ERROR]|x|": ("16:34:18", "error", ""),
    "[2025-11-25 16:34:18] [info] |a| <img src=x onerror=alert(1)>": (
        *("16:34:18", "info"),
        "<img src=x onerror=alert(1)>",
    ),
    "[2025-11-25 16:34:18] [IN FO] |a| b": ("", "", "[2025-11-25 16:34:18] [IN FO] |a| b"),
    " [2025-11-25 16:34:18] [INFO] |a| b": ("", "", " [2025-11-25 16:34:18] [INFO] |a| b"),
    "[2025-11-25 16:34:18] [INFO] no bars": ("", "", "[2025-11-25 16:34:18] [INFO] no bars"),
}


def test_lines_of_a_log_are_text_whatever_they_hold(module):
    found = module("loglines", f"{json.dumps([*LINES])}.map(it.parsed)")
    assert [(line["time"], line["level"], line["message"]) for line in found] == [*LINES.values()]
    shown = module(
        "loglines", "it.logLine('[2025-11-25 16:34:18] [INFO] |a| <b>bold</b>').querySelector('b')"
    )
    assert shown is None


def test_loaded_slices_answer_by_index_and_old_ones_are_dropped_unless_they_are_wanted(module):
    found = module(
        "slices",
        """{
          const slices = new it.Slices('', { arrived: () => null, failed: () => null });
          const entry = (number, place) => ({ path: `${number}-${place}` });
          const entries = (number) => Array.from({ length: 60 }, (_, place) => entry(number, place));
          const paths = (...indexes) => indexes.map((index) => slices.entry(index)?.path ?? null);
          slices.wanted = [0];
          for (let number = 0; number < 45; number += 1) slices.take([number], { assets: entries(number) });
          slices.take([45, 46], { assets: [...entries(45), { path: 'last' }] });
          const places = ['last', '1-0'].map((path) => slices.placeOf(path));
          return [slices.kept.size, ...paths(7, 60, 45 * 60 + 59, 46 * 60, 46 * 60 + 1), ...places];
        }""",
    )
    assert found == [40, "0-7", None, "45-59", "last", None, 46 * 60, -1]
