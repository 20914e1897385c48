"""What is done with an asset, for every owner and every ingredient that changes."""

from dataclasses import replace

import pytest

from app.poster.kinds import Kind
from app.poster.planning.steps import plan_step
from app.poster.records.candidate import Lettered
from app.poster.records.journal_entry import AssetRecord, Hold
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.step import FileState, Ingredients
from tests.poster.offers import ASSETS, TMDB, book_with, choose, picture

BOOK = book_with()
DECISION = choose(ASSETS[Kind.POSTER], BOOK, picture(TMDB))
NOTHING = choose(ASSETS[Kind.POSTER], BOOK)
MADE_OF = Ingredients("source", "overlay", "fonts", "text", "design", "engine")
OURS = FileState(10, 20, "ours")
RECORD = AssetRecord(DECISION.path, DECISION, Action.CREATE, Reason.NEW, MADE_OF, OURS)


@pytest.mark.parametrize(
    ("record", "owner", "before", "expected"),
    [
        (None, Owner.NOBODY, None, (Action.CREATE, Reason.NEW)),
        (RECORD, Owner.NOBODY, None, (Action.CREATE, Reason.MISSING)),
        (replace(RECORD, file=None), Owner.NOBODY, None, (Action.CREATE, Reason.NEW)),
        (RECORD, Owner.OURS, OURS, (Action.SKIP, Reason.UNCHANGED)),
        (RECORD, Owner.OURS, FileState(10, 99, "ours"), (Action.SKIP, Reason.UNCHANGED)),
        (None, Owner.OURS, OURS, (Action.SKIP, Reason.ADOPTED)),
        (RECORD, Owner.OURS, FileState(10, 20, "older"), (Action.SKIP, Reason.ADOPTED)),
        (replace(RECORD, file=None), Owner.OURS, OURS, (Action.SKIP, Reason.ADOPTED)),
        (replace(RECORD, ingredients=None), Owner.OURS, OURS, (Action.SKIP, Reason.ADOPTED)),
        (None, Owner.HAND, OURS, (Action.SKIP, Reason.BY_HAND)),
        (RECORD, Owner.HAND, FileState(1, 2, "new"), (Action.SKIP, Reason.BY_HAND)),
        (None, Owner.TOOL, OURS, (Action.SKIP, Reason.OTHER_TOOL)),
        (replace(RECORD, hold=Hold.HELD), Owner.HAND, OURS, (Action.SKIP, Reason.HELD)),
        (replace(RECORD, hold=Hold.HELD), Owner.NOBODY, None, (Action.CREATE, Reason.MISSING)),
        (replace(RECORD, hold=Hold.RELEASED), Owner.OURS, OURS, (Action.REPLACE, Reason.RELEASED)),
        (replace(RECORD, hold=Hold.RELEASED), Owner.HAND, OURS, (Action.SKIP, Reason.BY_HAND)),
    ],
)
def test_the_step_follows_from_the_file_its_owner_and_the_record(record, owner, before, expected):
    step = plan_step(DECISION, MADE_OF, record, owner, before)
    assert (step.action, step.reason) == expected
    assert (step.path, step.before, step.owner, step.ingredients) == (DECISION.path, before, owner, MADE_OF)


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        (Owner.OURS, (Action.REPLACE, Reason.ASKED)),
        (Owner.HAND, (Action.SKIP, Reason.BY_HAND)),
        (Owner.TOOL, (Action.SKIP, Reason.OTHER_TOOL)),
    ],
)
def test_what_is_asked_for_is_made_anew_only_where_it_is_ours(owner, expected):
    step = plan_step(DECISION, MADE_OF, RECORD, owner, OURS, asked=True)
    assert (step.action, step.reason) == expected


@pytest.mark.parametrize("owner", [Owner.HAND, Owner.TOOL, Owner.OURS])
def test_what_a_person_takes_by_name_is_made_anew_whosever_it_is(owner):
    step = plan_step(DECISION, MADE_OF, RECORD, owner, OURS, is_taken=True)
    assert (step.action, step.reason, step.owner) == (Action.REPLACE, Reason.ASKED, owner)


@pytest.mark.parametrize(
    ("changed", "reason", "words"),
    [
        ({"source"}, Reason.SOURCE_CHANGED, "another source picture was chosen"),
        ({"text"}, Reason.TEXT_CHANGED, "text changed"),
        ({"fonts"}, Reason.FONT_CHANGED, "font changed"),
        ({"overlay"}, Reason.OVERLAY_CHANGED, "overlay changed"),
        ({"design"}, Reason.DESIGN_CHANGED, "settings changed"),
        ({"engine"}, Reason.ENGINE_CHANGED, "drawn by another version"),
        ({"source", "text", "design"}, Reason.SOURCE_CHANGED, "another source picture was chosen"),
        ({"text", "fonts", "design"}, Reason.TEXT_CHANGED, "text changed"),
        ({"fonts", "design", "engine"}, Reason.FONT_CHANGED, "font changed"),
    ],
)
def test_one_changed_ingredient_draws_again_and_is_the_reason(changed, reason, words):
    now = replace(MADE_OF, **dict.fromkeys(changed, "changed"))
    step = plan_step(DECISION, now, RECORD, Owner.OURS, OURS)
    assert (step.action, step.reason, step.reason.sentence) == (Action.REPLACE, reason, words)


@pytest.mark.parametrize(
    ("now", "ingredient", "detail"),
    [
        (
            replace(DECISION, chosen=picture(TMDB, address="/new.jpg")),
            "source",
            "better candidate: /new.jpg of TMDB",
        ),
        (
            replace(DECISION, chosen=picture(TMDB, lettered=Lettered.TEXTLESS, validator="2")),
            "source",
            "the picture at the same address changed",
        ),
        (
            replace(DECISION, treatment=replace(DECISION.treatment, title="Aliens")),
            "text",
            "'Alien' is now 'Aliens'",
        ),
        (
            replace(DECISION, treatment=replace(DECISION.treatment, second="Dark")),
            "text",
            "'' is now 'Dark'",
        ),
        (
            replace(DECISION, logo=picture(TMDB, kind=Kind.LOGO, address="/logo.png")),
            "text",
            "the logo is now /logo.png of TMDB",
        ),
        (DECISION, "text", ""),
        (DECISION, "fonts", ""),
    ],
)
def test_the_detail_says_what_changed(now, ingredient, detail):
    changed = replace(MADE_OF, **{ingredient: "changed"})
    step = plan_step(now, changed, RECORD, Owner.OURS, OURS)
    assert step.detail[: len(detail) or None] == detail


UNDONE = replace(RECORD, ingredients=replace(MADE_OF, text="older"), undone=MADE_OF)
TAKEN_BACK = (Action.SKIP, Reason.UNDONE)


@pytest.mark.parametrize(
    ("owner", "before", "changed", "arguments", "expected"),
    [
        (Owner.OURS, OURS, {}, {}, TAKEN_BACK),
        (Owner.NOBODY, None, {}, {}, TAKEN_BACK),
        (Owner.OURS, OURS, {}, {"asked": True}, TAKEN_BACK),
        (Owner.HAND, OURS, {}, {}, (Action.SKIP, Reason.BY_HAND)),
        (Owner.OURS, OURS, {"source": "new"}, {}, (Action.REPLACE, Reason.SOURCE_CHANGED)),
        (Owner.NOBODY, None, {"source": "new"}, {}, (Action.CREATE, Reason.MISSING)),
        (Owner.OURS, OURS, {}, {"is_taken": True}, (Action.REPLACE, Reason.ASKED)),
        (Owner.NOBODY, None, {}, {"is_taken": True}, (Action.CREATE, Reason.MISSING)),
        (Owner.HAND, OURS, {}, {"is_taken": True}, (Action.REPLACE, Reason.ASKED)),
        (Owner.TOOL, OURS, {}, {"is_taken": True}, (Action.REPLACE, Reason.ASKED)),
    ],
)
def test_what_was_taken_back_is_made_of_other_ingredients_or_asked_for_by_name(
    owner, before, changed, arguments, expected
):
    step = plan_step(DECISION, replace(MADE_OF, **changed), UNDONE, owner, before, **arguments)
    assert (step.action, step.reason) == expected


@pytest.mark.parametrize("before", [None, OURS])
def test_nothing_found_does_nothing_and_leaves_what_lies_there(before):
    step = plan_step(NOTHING, None, RECORD, Owner.OURS if before else Owner.NOBODY, before)
    assert (step.action, step.reason) == (Action.SKIP, Reason.NOTHING_FOUND)
    step = plan_step(replace(NOTHING, reason=Reason.LABELLED), None, None, Owner.NOBODY, before)
    assert step.reason is Reason.LABELLED


def test_what_a_person_holds_is_not_missing_where_no_picture_is_found():
    held = replace(RECORD, hold=Hold.HELD)
    assert plan_step(NOTHING, None, held, Owner.HAND, OURS).reason is Reason.HELD
    assert plan_step(NOTHING, None, held, Owner.NOBODY, None).reason is Reason.NOTHING_FOUND
