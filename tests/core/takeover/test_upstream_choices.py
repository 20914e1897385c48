"""Choices come with what a person decided, and nothing that a person deleted comes back."""

import os
from datetime import UTC, datetime

import pytest

from app.core.choices.importing import import_if_changed
from tests.choices import make_csv, make_row, stored, titles, write_csv
from tests.choices import take as import_csv
from tests.upstream import CHOICES, insert_rows, make_choices, make_past_choice

PART = "image choices"


@pytest.fixture
def taken(take, session):
    """Takes over the choices, and commits them."""

    def take_and_commit():
        outcome = take(PART)
        session.commit()
        return outcome

    return take_and_commit


def test_a_choice_comes_with_all_columns_and_its_times(taken, machine, data):
    make_choices(
        data, make_past_choice(), make_past_choice(Title="Dark | Season 2", Type="Season", tmdbid=70523)
    )
    assert taken().taken == 2
    first, second = stored(machine)
    expected = {
        "title": "Alien",
        "rootfolder": "Alien (1979)",
        "language": "Textless",
        "fallback": "false",
        "tvdbid": "",
        "created_at": datetime(2025, 11, 20, 9, tzinfo=UTC),
        "updated_at": datetime(2025, 11, 25, 15, 34, 17, tzinfo=UTC),
        "categories": 0,
    }
    assert {name: first[name] for name in expected} == expected
    assert (second["title"], second["tmdbid"]) == ("Dark | Season 2", "70523")


@pytest.mark.parametrize(
    ("word", "manual", "verdict"),
    [
        ("Yes", "false", "Yes"),
        ("No", "false", None),
        ("True", "true", None),
        ("", "", None),
        (None, "", None),
    ],
)
def test_the_decision_of_a_person_is_kept_apart_from_the_word_of_the_script(
    taken, machine, data, word, manual, verdict
):
    make_choices(data, make_past_choice(Manual=word))
    taken()
    (row,) = stored(machine)
    assert (row["manual"], row["verdict"]) == (manual, verdict)
    import_csv(machine, make_row(Manual="false", Language="en"))
    (row,) = stored(machine)
    assert (row["language"], row["verdict"]) == ("en", verdict)


def test_known_choices_stay_and_get_only_the_decision(taken, machine, data):
    import_csv(machine, make_row(Language="de"), make_row(Title="Dune", Manual="false"))
    make_choices(data, make_past_choice(Manual="Yes"), make_past_choice(Title="Heat"))
    outcome = taken()
    assert (outcome.taken, outcome.known, taken().taken) == (1, 1, 0)
    assert [(row["title"], row["language"], row["verdict"]) for row in stored(machine)] == [
        ("Alien", "de", "Yes"),
        ("Dune", "Textless", None),
        ("Heat", "Textless", None),
    ]


def test_lists_from_before_the_last_change_of_the_table_bring_nothing_back(taken, machine, data):
    write_csv(
        machine.paths.rotated_logs / "Logs_20251124_043417", make_csv(make_row(Title="Deleted")), age=900
    )
    write_csv(machine.paths.logs, make_csv(make_row(Title="Deleted too")), age=600)
    path = make_choices(data, make_past_choice())
    moment = path.stat().st_mtime - 300
    os.utime(path, (moment, moment))
    taken()
    assert import_if_changed(machine.database, machine.paths) is None and titles(machine) == ["Alien"]
    write_csv(machine.paths.logs, make_csv(make_row(Title="New")))
    import_if_changed(machine.database, machine.paths)
    assert titles(machine) == ["Alien", "New"]


def test_odd_rows_are_taken_or_named(taken, machine, data):
    columns = CHOICES.replace("Title TEXT NOT NULL", "Title").replace("UNIQUE(", "LogoSource TEXT, UNIQUE(")
    path = make_choices(data, make_past_choice(Title=None), make_past_choice(Title=1917), columns=columns)
    insert_rows(path, "imagechoices", {"Title": b"Ali\xffen", "Rootfolder": None, "created_at": "yesterday"})
    outcome = taken()
    assert titles(machine) == ["1917", "Ali\N{REPLACEMENT CHARACTER}en"]
    assert dict(outcome.left_out) == {"no title": 1}
    assert outcome.notes == ["Columns of imagechoices that have no place here: logosource."]


def test_a_table_with_little_but_titles_is_taken_over(taken, machine, data):
    make_choices(data, {"Title": "Alien"}, {"Title": "Alien"}, columns="Title TEXT")
    assert (taken().taken, titles(machine)) == (1, ["Alien"])
