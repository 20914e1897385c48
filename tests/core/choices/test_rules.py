import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from app.core.choices.rules import (
    CATEGORIES,
    CategoryRules,
    categories,
    choice_kind,
    configured_rules,
    first_language,
)
from app.core.choices.rules import stored as stored_rules
from app.core.choices.state import current_state, grade, grades
from app.core.choices.storing import store_choices
from app.core.choices.table import TABLE
from app.core.config_file import ConfigFile
from app.models.base import now
from tests.choices import by_column, make_row
from tests.core.choices.reference import categories_of

LANGUAGES = ["", "false", "False", "Textless", "textless", "xx", "XX", "en", "EN", "de", "pt-BR"]
ADDRESSES = [
    "",
    "false",
    "False",
    "https://image.tmdb.org/x.jpg",
    "https://www.TheMovieDB.org/movie/1",
    "https://artworks.thetvdb.com/y.jpg",
    "https://assets.fanart.tv/z.jpg",
    "http://plex:32400/library",
    "C:\\pictures\\100%_own.jpg",
]
TYPES = [
    "Movie",
    "Show",
    "Season",
    "Episode",
    "Movie Background",
    "Show Background",
    "TitleCard",
    "Season Background",
    "",
]
FLAGS = ["", "true", "false", "True", "FALSE", "Yes", "yes", "no"]
ORDERS = st.lists(st.sampled_from(["xx", "en", "DE", "pt-br", "Textless", "PleaseFillMe"]), max_size=2)
ROWS = st.fixed_dictionaries(
    {
        "Language": st.sampled_from(LANGUAGES),
        "Type": st.sampled_from(TYPES),
        "Download Source": st.sampled_from(ADDRESSES),
        "Fav Provider Link": st.sampled_from(ADDRESSES),
        "TextTruncated": st.sampled_from(FLAGS),
        "Manual": st.sampled_from(FLAGS),
    }
)
SETTINGS = st.fixed_dictionaries(
    {
        "PreferredLanguageOrder": ORDERS,
        "PreferredBackgroundLanguageOrder": ORDERS,
        "PreferredSeasonLanguageOrder": ORDERS,
        "PreferredTCLanguageOrder": ORDERS,
        "FavProvider": st.sampled_from(["", "tmdb", "TVDB", "Fanart", "plex"]),
    }
)


def rules_from(path, api_part):
    path.write_text(json.dumps({"ApiPart": api_part}))
    return configured_rules(ConfigFile(path))


def make_rules(**overrides):
    usual = {"poster": "xx", "background": "xx", "season": "xx", "titlecard": "xx", "provider": "tmdb"}
    return CategoryRules(**usual | overrides)


def put(session, rows):
    store_choices(session, map(by_column, rows), now())


def names(mask):
    return {name for name, bit in CATEGORIES.items() if mask & bit}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROWS, min_size=1, max_size=30), api_part=SETTINGS)
def test_every_choice_has_the_categories_of_the_plain_rules(session, tmp_path, rows, api_part):
    session.execute(delete(TABLE))
    told = [make_row(Title=f"Film {number}") | row for number, row in enumerate(rows)]
    put(session, told)
    grade(session, rules_from(tmp_path / "rules.json", api_part))
    found = dict(session.execute(select(TABLE.c.title, TABLE.c.categories)).all())
    assert {title: names(mask) for title, mask in found.items()} == {
        row["Title"]: categories_of(row, api_part) for row in told
    }


def test_a_choice_as_it_should_be_has_no_category(session):
    put(session, [make_row()])
    grade(session, make_rules())
    assert session.scalar(select(TABLE.c.categories)) == 0


def test_stored_categories_are_used_while_the_settings_are_the_same(session):
    grade(session, make_rules())
    assert grades(current_state(session), make_rules()) is TABLE.c.categories


def test_changed_settings_count_before_the_categories_are_stored_anew(session):
    put(session, [make_row(Language="de")])
    grade(session, make_rules(poster="de"))
    mask = grades(current_state(session), make_rules(poster="en"))
    assert names(session.scalar(select(mask))) == {"non_primary_lang", "assets_with_issues"}
    assert session.scalar(select(TABLE.c.categories)) == 0


def test_the_word_of_a_person_stands_above_the_script(session):
    put(
        session,
        [make_row(Title="settled", Language="de"), make_row(Title="open", Manual="true", Language="de")],
    )
    for title, verdict in (("settled", "Yes"), ("open", "No")):
        session.execute(TABLE.update().where(TABLE.c.title == title).values(verdict=verdict))
    mask = categories(make_rules())
    found = dict(session.execute(select(TABLE.c.title, mask)).all())
    assert names(found["settled"]) == {"resolved"}
    assert names(found["open"]) == {"non_primary_lang", "assets_with_issues"}


def test_every_grading_makes_kept_answers_old(session):
    grade(session, make_rules())
    before = current_state(session).version
    grade(session, make_rules())
    assert current_state(session).version > before


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (["de", "en"], "de"),
        ("de,en", "de"),
        (["PleaseFillMe"], ""),
        (["pleasefillme"], ""),
        ([], ""),
        ([None], ""),
        (None, ""),
        (7, ""),
        ([" de "], "de"),
    ],
)
def test_the_first_language_is_read_from_whatever_the_setting_holds(order, expected):
    assert first_language(order) == expected


def test_kinds_without_a_language_of_their_own_have_that_of_posters(tmp_path):
    api_part = {
        "PreferredLanguageOrder": ["de"],
        "PreferredSeasonLanguageOrder": ["en"],
        "FavProvider": "TVDB",
    }
    assert rules_from(tmp_path / "c.json", api_part) == CategoryRules("de", "de", "en", "de", "TVDB")


def test_rules_come_back_from_their_text():
    assert stored_rules(str(make_rules())) == make_rules()
    assert stored_rules("") is None


@pytest.mark.parametrize(
    ("choice_type", "kind"),
    [
        ("Movie", "poster"),
        ("Show Background", "background"),
        ("Season", "season"),
        ("Episode", "titlecard"),
        ("TitleCard", "titlecard"),
        ("", "poster"),
    ],
)
def test_the_type_tells_the_kind(choice_type, kind):
    assert choice_kind(choice_type) == kind
