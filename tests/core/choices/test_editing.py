import pytest

from app.core.choices import editing
from app.core.choices.rules import RESOLVED, CategoryRules
from app.core.choices.state import current_state
from app.core.errors import Conflict, NotFound
from tests.choices import make_row, stored, take

RULES = CategoryRules("xx", "xx", "xx", "xx", "tmdb")


def change(machine, number, **changes):
    with machine.database.writing() as session:
        editing.change_values(session, RULES, number, changes)


def shown(machine, number):
    with machine.database.reading() as session:
        return editing.existing_choice(session, number)


@pytest.fixture
def number(machine):
    take(machine, make_row())
    return stored(machine)[0]["id"]


@pytest.mark.parametrize("verdict", ["Yes", "true"])
def test_a_choice_can_be_settled(machine, number, verdict):
    change(machine, number, Manual=verdict)
    assert shown(machine, number).manual == "Yes"
    assert stored(machine)[0]["categories"] == RESOLVED
    assert stored(machine)[0]["manual"] == "false"


def test_a_settled_choice_stays_settled_through_the_next_import(machine, number):
    change(machine, number, Manual="Yes")
    take(machine, make_row(Language="de"))
    row = shown(machine, number)
    assert (row.manual, row.language) == ("Yes", "de")
    assert stored(machine)[0]["categories"] == RESOLVED


def test_taking_it_back_leaves_the_word_to_the_script(machine, number):
    change(machine, number, Manual="Yes")
    change(machine, number, Manual="No")
    assert (stored(machine)[0]["verdict"], stored(machine)[0]["categories"]) == (None, 0)
    take(machine, make_row(Manual="true"))
    assert stored(machine)[0]["categories"] == RESOLVED


def test_a_person_can_open_what_the_script_calls_settled(machine):
    take(machine, make_row(Manual="true", Language="de"))
    number = stored(machine)[0]["id"]
    change(machine, number, Manual="No")
    assert shown(machine, number).manual == "No"
    assert stored(machine)[0]["categories"] not in (0, RESOLVED)


def test_other_columns_can_be_changed(machine, number):
    change(machine, number, Language="de", TextTruncated="True", DownloadSource="")
    row = shown(machine, number)
    assert (row.language, row.text_truncated, row.download_source) == ("de", "true", "")
    assert row.updated_at > row.created_at


def test_what_is_not_sent_stays(machine, number):
    change(machine, number, Language=None, Title=None, Unknown="x")
    assert shown(machine, number).language == "Textless"


def test_what_changes_nothing_leaves_no_trace(machine, number):
    before = stored(machine)
    with machine.database.reading() as session:
        version = current_state(session).version
    change(machine, number, Title="Alien", Manual="No", Language="Textless")
    assert stored(machine) == before
    with machine.database.reading() as session:
        assert current_state(session).version == version


def test_a_change_makes_kept_answers_old(machine, number):
    with machine.database.reading() as session:
        version = current_state(session).version
    change(machine, number, Language="de")
    with machine.database.reading() as session:
        assert current_state(session).version > version


def test_a_renamed_choice_is_known_by_its_new_name(machine, number):
    change(machine, number, Title="Brazil")
    assert take(machine, make_row(Title="Brazil", Language="de")) == 1
    assert [(row["title"], row["id"]) for row in stored(machine)] == [("Brazil", number)]


def test_two_choices_cannot_be_the_same(machine, number):
    take(machine, make_row(), make_row(Title="Brazil"))
    with pytest.raises(Conflict):
        change(machine, number, Title="Brazil")
    assert shown(machine, number).title == "Alien"


@pytest.mark.parametrize("unknown", [4711, 2**40, 0])
def test_an_unknown_choice_can_neither_be_seen_changed_nor_removed(machine, session, unknown):
    for act in (editing.existing_choice, editing.remove_choice):
        with pytest.raises(NotFound):
            act(session, unknown)
    with pytest.raises(NotFound):
        editing.change_values(session, RULES, unknown, {"Manual": "Yes"})


def test_a_choice_can_be_removed_and_comes_back_with_the_next_run(machine, number):
    with machine.database.writing() as session:
        editing.remove_choice(session, number)
    assert stored(machine) == []
    assert take(machine, make_row(Language="de")) == 1


def test_a_title_is_found_before_a_number(machine, number):
    take(machine, make_row(), make_row(Title=str(number), Rootfolder="a"))
    with machine.database.reading() as session:
        assert editing.titled(session, str(number)).rootfolder == "a"
        assert editing.titled(session, "Alien").id == number


def test_a_number_finds_what_no_title_does(machine, number):
    with machine.database.reading() as session:
        assert editing.titled(session, str(number)).title == "Alien"


@pytest.mark.parametrize("title", ["Brazil", "", "a\0b", "9" * 30, "\u0663", "-1", "4711"])
def test_an_unknown_title_is_not_found(machine, number, title):
    with machine.database.reading() as session, pytest.raises(NotFound):
        editing.titled(session, title)


def test_a_part_of_the_list_is_the_newest_first(machine):
    take(machine, *(make_row(Title=title) for title in "abcd"))
    with machine.database.reading() as session:
        assert [row.title for row in editing.choice_list(session, 2, 1)] == ["c", "b"]
        assert [row.title for row in editing.choice_list(session, None, 3)] == ["a"]
