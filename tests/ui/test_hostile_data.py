"""The pages with empty, huge and hostile data, in both languages: what a name or an address holds is text."""

import html
import re
from datetime import timedelta, timezone

import pytest

from app.core.assets.register import marks
from app.models import Origin, Run, Status
from app.services import keys
from app.ui.library_query import LONGEST, ORDERS, PAGE_SIZE, SHOWN_FLAGS, library_query
from app.ui.page import moment
from app.ui.page_numbers import PageNumbers, wanted_page
from app.ui.run_chart import FEWEST, GAP, STEP, run_chart, seconds_of
from app.ui.views.library import indexed_places
from tests.api.test_assets import roots
from tests.choices import make_row, take
from tests.past_runs import BEGAN, make_run
from tests.trees import catalogue, make_tree
from tests.ui.test_page import Tags

__all__ = ["roots"]

HOSTILE = "\"'><script>alert(1)</script>{{7*7}}%s&amp;"
GERMAN = {"Accept-Language": "de-AT,de;q=0.9"}


def add(machine, *runs):
    with machine.database.writing() as session:
        session.add_all(runs)


def page_of(client, address, **options):
    answer = client.get(address, buffered=True, **options)
    assert answer.status_code == 200, answer.text
    return answer.text


def assert_text_only(page):
    """No tag or attribute of a page came out of data."""
    tags = Tags(page)
    assert "alert(1)" not in tags.inline and "<script>alert" not in page and "49%s" not in page
    assert not [name for _, values in tags.tags for name in values if name.startswith("on")]


@pytest.fixture
def hostile_library(machine, roots):
    name = HOSTILE.replace("/", "\N{DIVISION SLASH}")
    make_tree(roots["assets"], f"{name}/{name} (1999)/poster.jpg", f"{name}/\u202eoddly (2000)/poster.jpg")
    row = make_row(Title=HOSTILE, Rootfolder=f"{name} (1999)", LibraryName=name, Language=HOSTILE)
    take(machine, row, make_row(Title=HOSTILE, Rootfolder="None", Download_Source=f"https://{HOSTILE}/x"))
    catalogue(machine)


@pytest.mark.parametrize("language", ["en", "de"])
def test_hostile_names_are_text_in_the_library_its_filters_and_its_links(client, hostile_library, language):
    client.set_cookie("language", language)
    for query in ({}, {"search": HOSTILE}, {"library": HOSTILE, "provider": HOSTILE, "language": HOSTILE}):
        page = page_of(client, "/server/library", query_string=query)
        assert_text_only(page)
        assert f'<html lang="{language}"' in page
    page = page_of(client, "/server/library")
    assert html.escape(HOSTILE, quote=False)[:20] in page.replace("&#34;", '"').replace("&#39;", "'")
    for link in Tags(page).values("href", "action", "src"):
        assert not re.match(r"(?i)\s*(javascript|data|https?):", link)


@pytest.mark.parametrize("path", ["/server/runs", "/server/runs/1"])
def test_hostile_values_of_runs_are_text(client, machine, path):
    odd = make_run(mode=HOSTILE[:32], status=Status.FAILED, reason=HOSTILE, notes=HOSTILE, log_file=HOSTILE)
    add(machine, odd, make_run(arguments=["-Manual", HOSTILE], origin=Origin.RECOVERED, reason=HOSTILE))
    for headers in ({}, GERMAN):
        page = page_of(client, path, headers=headers)
        assert_text_only(page)
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "query",
    [
        {"mode": HOSTILE, "outcome": HOSTILE, "page": HOSTILE},
        {"mode": "normal\0", "outcome": "COMPLETED", "page": "\u0661"},
        {"mode": "x" * 5000, "outcome": "", "page": "9" * 400},
        {"mode": " normal", "page": "1 or 1=1"},
    ],
)
def test_what_is_no_filter_of_runs_is_left_out_of_every_link(client, machine, query):
    add(machine, *(make_run() for _ in range(26)))
    page = page_of(client, "/server/runs", query_string=query)
    assert_text_only(page)
    assert page.count('<tr id="run-') == 25 and 'href="/server/runs?page=2"' in page


RUN_FILTERS = {
    "mode=normal": 2,
    "outcome=failed": 2,
    "mode=normal&outcome=failed": 1,
    "mode=normal&outcome=stopped": 0,
    "mode=edit": 1,
    "mode=normal&mode=edit": 2,
}


def test_filters_of_runs_go_together(client, machine):
    failed = {"status": Status.FAILED, "reason": "x"}
    add(
        machine, make_run(mode="normal"), make_run(mode="normal", **failed), make_run(mode="backup", **failed)
    )
    add(machine, make_run(mode="edit", origin=Origin.API))
    for query, count in RUN_FILTERS.items():
        page = page_of(client, f"/server/runs?{query}", headers=GERMAN)
        assert page.count('<tr id="run-') == count, query
        assert ("Kein Lauf" in page) is (count == 0)


def test_counts_as_large_as_the_database_holds_are_shown_in_either_language(client, machine):
    most = 2**31 - 1
    facts = {"total_images": most, "errors": most, "posters": most, "runtime_seconds": most}
    add(machine, make_run(**facts), make_run(total_images=0, runtime_seconds=0))
    for path in ("/server/runs", "/server/runs/1"):
        assert "2,147,483,647" in page_of(client, path)
        assert "2.147.483.647" in page_of(client, path, headers=GERMAN)
    assert "596523 h 14 min" in page_of(client, "/server/runs/1")


def test_a_long_name_of_a_key_and_one_in_another_script_are_listed(client, machine):
    for name in ("x" * 100, "\N{CLAPPER BOARD} \u05d0", HOSTILE):
        keys.create_key(machine, name, ["read"])
    page = page_of(client, "/server/keys", headers=GERMAN)
    assert_text_only(page)
    assert "x" * 100 in page and page.count("data-revoke") == 3


@pytest.mark.parametrize("path", ["/server/keys", "/server/library", "/server/runs", "/server/runs/1"])
def test_a_language_that_is_none_of_ours_is_english_on_every_page(client, machine, path):
    add(machine, make_run())
    client.set_cookie("language", "../../de")
    for language in ("de", "en", "fr", "*", "de;q=0,en", "\u00fc;;q=x", "../de"):
        page = client.get(path, headers={"Accept-Language": language}).text
        assert f'<html lang="{"de" if language == "de" else "en"}"' in page


FIELDS = [
    ({"search": "x" * LONGEST}, {"search": "x" * LONGEST}),
    ({"search": "x" * (LONGEST + 1)}, {"kind": "all"}),
    ({"search": "a\0b"}, {"kind": "all"}),
    ({"search": "\ud800"}, {"kind": "all"}),
    ({"library": "", "kind": "poster"}, {"library": "", "kind": "poster"}),
    ({"library": "\ud800", "kind": "Poster", "provider": "\0"}, {"kind": "all"}),
    ({"missing": "true", "textless": "TRUE", "fallback": "1", "by_hand": ""}, {"missing": "true"}),
    ({"order": "newest", "size": "huge", "page": "3"}, {"order": "newest", "kind": "all"}),
    ({"order": "title; drop", "page": "0"}, {"kind": "all"}),
    ({"unknown": "x", "_external": "true", "endpoint": "y"}, {"kind": "all"}),
]


@pytest.mark.parametrize(("fields", "address"), FIELDS)
def test_an_address_keeps_what_has_a_meaning(fields, address):
    query = library_query(fields, {})
    assert query.address() == address
    filters = {name for name, value in address.items() if name != "order" and value != "all"}
    assert query.is_filtered is bool(filters & fields.keys())
    assert library_query(query.address(), {}) == library_query({**fields, "page": "1"}, {})


def test_a_filter_is_toggled_on_its_own_and_leads_to_the_first_page():
    query = library_query({"library": "Movies", "missing": "true", "search": "a&b", "page": "7"}, {})
    assert query.toggled("library", "Movies") == {"search": "a&b", "missing": "true"}
    assert query.toggled("library", "TV")["library"] == "TV" and "page" not in query.toggled("kind", "poster")
    assert query.toggled("missing", "true").keys() == {"search", "library"}
    assert query.without_filters() == {"kind": "all"} and query.address(page=7)["page"] == 7
    assert query.arrangement().offset == 6 * PAGE_SIZE and "search=a%26b" in query.api_query()
    assert library_query(dict.fromkeys(SHOWN_FLAGS, "true"), {}).flags == SHOWN_FLAGS


@pytest.mark.parametrize("order", ORDERS)
def test_letters_and_years_lead_to_their_first_entry_in_either_direction(order):
    years = [{"year": 2001, "count": 70}, {"year": 1999, "count": 3}]
    letters = [{"letter": "#", "offset": 0, "count": 5}, {"letter": "A", "offset": 5, "count": 70}]
    found = indexed_places(library_query({"order": order}, {}), {"letters": letters, "years": years})
    expected = {
        "title": [("#", 0, 1), ("A", 5, 1)],
        "title_back": [("A", 0, 1), ("#", 70, 2)],
        "year": [("2001", 0, 1), ("1999", 70, 2)],
        "year_back": [("1999", 0, 1), ("2001", 3, 1)],
    }
    assert found == expected.get(order, [])


def test_an_index_of_another_folder_is_not_shown(client, machine, hostile_library, tmp_path):
    machine.roots.overrides["assets"] = tmp_path / "moved"
    page = page_of(client, "/server/library")
    assert "oddly" not in page and "for the first time" in page
    with machine.database.reading() as session:
        assert marks(session)["assets"].path != str(tmp_path / "moved")


@pytest.mark.parametrize(
    ("number", "total", "expected"),
    [
        (1, 0, (1, None, None)),
        (1, 25, (1, None, None)),
        (1, 26, (2, None, 2)),
        (2, 26, (2, 1, None)),
        (99, 26, (2, 2, None)),
        (99, 0, (1, 1, None)),
    ],
)
def test_pages_have_neighbours_within_their_bounds(number, total, expected):
    pages = PageNumbers(number, 25, total)
    assert (pages.last, pages.previous, pages.next) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 1),
        ("007", 7),
        ("99999999", 99999999),
        ("999999999", 1),
        ("-3", 1),
        ("+3", 1),
        ("1.0", 1),
        (" 2", 1),
    ],
)
def test_a_number_of_a_page_is_digits_alone(text, number):
    assert wanted_page(text) == number


def test_the_chart_of_runs_without_images_or_time_has_no_bars_that_lie():
    idle = [make_run(id=number, total_images=0, runtime_seconds=0, ended_at=BEGAN) for number in (2, 1)]
    chart = run_chart(idle)
    assert [(bar.images, bar.time) for bar in chart.bars] == [(0, 0), (0, 0)]
    assert chart.width == STEP * FEWEST - GAP and chart.images == chart.seconds == (0, 0)
    many = run_chart([make_run(id=number, total_images=number) for number in range(40, 0, -1)])
    assert many.width == 40 * STEP - GAP and many.bars[0].images == 2 and many.bars[-1].images == 100
    assert run_chart([]) is None


def test_a_run_lasts_as_long_as_it_says_or_as_the_clock_says_and_never_less_than_nothing():
    assert seconds_of(make_run(runtime_seconds=0)) == 254
    assert seconds_of(make_run(runtime_seconds=9)) == 9
    assert seconds_of(make_run(runtime_seconds=0, ended_at=None)) == 0
    backwards = Run(started_at=BEGAN, ended_at=BEGAN.replace(year=2020), runtime_seconds=0)
    assert seconds_of(backwards) == 0


def test_a_time_is_written_in_utc_whatever_its_zone():
    expected = '<time datetime="2025-11-25T15:30:03+00:00">2025-11-25 15:30 UTC</time>'
    for hours in (-12, 0, 14):
        assert moment(BEGAN.astimezone(timezone(timedelta(hours=hours)))) == expected
