"""What the next run does to a picture whatever settings say, and what a rule would apply to."""

import pytest

from app.poster.journal.journal import Journal
from app.poster.kinds import Kind
from app.poster.pricing.stock import DrawingNeed, read_stock
from app.poster.pricing.survey import known_names, matches_of_rules
from app.poster.records.candidate import Candidate, ProviderName
from app.poster.records.decision import Decision, Treatment
from app.poster.records.ids import Medium
from app.poster.records.journal_entry import AssetRecord, Hold
from app.poster.records.reasons import Action, Reason
from app.poster.records.step import FileState, Ingredients
from tests.poster.rule_files import rule, rules_of

MADE = Ingredients("s", "o", "f", "t", "d", "1")
CHOSEN = Candidate(ProviderName.TMDB, Kind.POSTER, "https://example.org/a.jpg")


def decision(title="Alien", library="Movies", medium=Medium.FILM, **facts):
    path = f"{library}/{title} (1979)/poster.jpg"
    facts = {"chosen": CHOSEN, "treatment": Treatment(title), "year": 1979, **facts}
    return Decision(path, Kind.POSTER, medium, library, f"{title} (1979)", "1", title, **facts)


def stock_of(folder, *records):
    journal = Journal(folder / "engine")
    for record in records:
        journal.note(record)
    journal.close()
    return read_stock(folder / "engine" / "engine.db", folder / "assets")


def made(folder, made_by=None, **facts):
    """The record of a picture that lies where a run has put it."""
    made_by = made_by or decision()
    file = folder / "assets" / made_by.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"picture")
    state = FileState(7, file.stat().st_mtime_ns, "a" * 64)
    facts = {"ingredients": MADE, "file": state, **facts}
    return AssetRecord(made_by.path, made_by, Action.CREATE, Reason.NEW, **facts)


STANDINGS = {
    "as it was made": ({}, DrawingNeed.COMPARED),
    "taken back": ({"undone": MADE}, DrawingNeed.COMPARED),
    "held": ({"hold": Hold.HELD}, DrawingNeed.LEFT),
    "released": ({"hold": Hold.RELEASED}, DrawingNeed.DRAWN),
    "without ingredients": ({"ingredients": None}, DrawingNeed.LEFT),
    "by hand": ({"file": FileState(8, 1, "b" * 64)}, DrawingNeed.LEFT),
}


@pytest.mark.parametrize(("facts", "expected"), STANDINGS.values(), ids=STANDINGS)
def test_a_picture_stands_as_a_plan_would_judge_it(tmp_path, facts, expected):
    (picture,) = stock_of(tmp_path, made(tmp_path, **facts))
    assert (picture.standing, picture.title, picture.item.year) == (expected, "Alien", 1979)


def test_a_picture_whose_file_is_gone_is_drawn_and_one_that_nobody_found_is_left(tmp_path):
    gone, none = made(tmp_path), made(tmp_path, decision("Dune", chosen=None, reason=Reason.NOTHING_FOUND))
    (tmp_path / "assets" / gone.path).unlink()
    standings = {one.title: one.standing for one in stock_of(tmp_path, gone, none)}
    assert standings == {"Alien": DrawingNeed.DRAWN, "Dune": DrawingNeed.LEFT}


def test_nothing_is_known_without_a_journal(tmp_path):
    assert read_stock(tmp_path / "engine.db", tmp_path) == []


def test_rules_are_met_by_library_label_title_and_show(tmp_path):
    stock = stock_of(
        tmp_path,
        made(tmp_path, decision(labels=("Kids",), original_title="L'étranger")),
        made(tmp_path, decision("Dark", "TV", Medium.SHOW)),
        made(tmp_path, decision("Dark Star")),
    )
    named = ("library", "movies"), ("label", "kids"), ("title", "alien (1979)"), ("title", "L'ÉTRANGER")
    conditions = [{key: word} for key, word in (*named, ("show", "dark"), ("show", "Alien"))] + [{}]
    rules = rules_of(tmp_path, *(rule(str(number), when) for number, when in enumerate(conditions)))
    found = matches_of_rules(stock, rules)["rules"]
    assert [one["titles"] for one in found] == [2, 1, 1, 1, 1, 0, 3]
    assert found[4]["example"] == "TV/Dark (1979)/poster.jpg" and found[5]["example"] is None


def test_names_begin_with_the_words_before_they_hold_them(tmp_path):
    titles = ("The Dark", "Dark Star", "Alien")
    records = [made(tmp_path, decision(title, labels=("b", "a"))) for title in titles]
    stock = stock_of(tmp_path, *records, made(tmp_path, decision("Dark", "TV", Medium.SHOW)))
    names = lambda of, search="": [one["name"] for one in known_names(stock, of, search)["names"]]  # noqa: E731
    assert names("title", "DARK") == ["Dark", "Dark Star", "The Dark"]
    assert (names("show"), names("library"), names("label")) == (["Dark"], ["Movies", "TV"], ["a", "b"])
    assert known_names(stock, "label", "a")["names"] == [{"name": "a", "titles": 3}]
