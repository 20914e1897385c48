import pytest

from app.core.errors import Conflict, NotFound
from app.core.health import overall, published_problems
from app.core.silenced_problems import (
    MOST,
    code_of,
    end_silence,
    marked_problems,
    silence,
    silenced_problems,
)
from app.models.base import now


def make_problem(**overrides):
    values = {"type": "warning", "source": "disk", "message": "Only 3 MB are free.", "advice": "Make room."}
    return values | overrides


ANOTHER = {
    "another figure": ({"message": "Only 2 MB are free."}, True),
    "another advice": ({"advice": "Buy a disk."}, False),
    "another source": ({"source": "login"}, False),
    "worse": ({"type": "error"}, False),
}


@pytest.mark.parametrize(("changes", "is_same"), ANOTHER.values(), ids=ANOTHER)
def test_a_code_names_the_kind_of_a_problem(changes, is_same):
    assert (code_of(make_problem()) == code_of(make_problem(**changes))) is is_same


KINDS = {
    "another figure": ({"values": {"count": 2, "setting": "ASSET_PATH"}}, True),
    "another kind with the same advice": ({"text": "assets_loops"}, False),
    "another folder": ({"values": {"count": 1, "setting": "BACKUP_PATH"}}, False),
    "words of another version": ({"advice": "Mount it, please."}, True),
}


@pytest.mark.parametrize(("changes", "is_same"), KINDS.values(), ids=KINDS)
def test_a_code_is_of_the_name_of_the_text_and_of_what_it_is_about(changes, is_same):
    words = {"text": "assets_missing", "values": {"count": 1, "setting": "ASSET_PATH"}}
    assert (code_of(make_problem(**words)) == code_of(make_problem(**words | changes))) is is_same


def test_a_problem_has_the_same_code_for_who_may_not_read_its_details():
    words = {"text": "runs", "values": {"reason": "x"}}
    entry = {"source": "runs", "message": "No: x", "public": "No.", "advice": "Look.", **words}
    codes = {code_of(found) for private in (True, False) for found in published_problems([entry], private)}
    assert len(codes) == 1


def test_what_is_silenced_counts_as_no_problem_until_it_is_shown_again(session):
    problems = marked_problems([make_problem()], silenced_problems(session))
    silence(session, problems, problems[0]["code"], now())
    quiet = marked_problems([make_problem(), make_problem(source="x")], silenced_problems(session))
    assert [each["silenced"] for each in quiet] == [True, False]
    assert overall(quiet[:1]) == "ok" and overall(quiet) == "problems"
    end_silence(session, problems[0]["code"])
    assert not marked_problems([make_problem()], silenced_problems(session))[0]["silenced"]


def test_errors_what_is_not_there_and_too_many_are_refused(session):
    problems = marked_problems([make_problem(type="error"), make_problem()], {})
    with pytest.raises(Conflict):
        silence(session, problems, problems[0]["code"], now())
    with pytest.raises(NotFound):
        silence(session, problems, "disk-00000000", now())
    with pytest.raises(NotFound):
        end_silence(session, problems[1]["code"])
    many = marked_problems([make_problem(source=f"x{'y' * number}") for number in range(MOST + 1)], {})
    for each in many[:MOST]:
        silence(session, many, each["code"], now())
    with pytest.raises(Conflict):
        silence(session, many, many[MOST]["code"], now())
    silence(session, many, many[0]["code"], now())  # again is no further one
