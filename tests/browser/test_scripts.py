"""The page's own modules, one by one, run by the browser that reads them."""

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
    [
        (0, "0 s"),
        (59.4, "59 s"),
        (60, "1 min 0 s"),
        (254, "4 min 14 s"),
        (3600, "1 h 0 min"),
        (90061, "25 h 1 min"),
        (-3, "0 s"),
    ],
)
def test_a_duration_is_told_in_the_units_that_matter(module, seconds, words):
    assert module("words", f"it.duration({seconds})") == words


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
