"""What about a picture needs a person, by its choice and by the words of the journal."""

from types import SimpleNamespace

import pytest

from app.core.catalogue.concerns import CONCERNS, Concern, concerns_of, offer_of_choice
from app.core.choices.rules import LANGUAGE, PROVIDER
from app.core.decisions.picture_states import PictureState
from app.core.decisions.states import HAND, OVERWRITTEN, REFUSED, WAITING

OURS = PictureState("ours", "applied")
ALL = {"fallback": "true", "text_truncated": "true", "categories": LANGUAGE | PROVIDER}


def make_choice(**overrides):
    usual = {"fallback": "false", "text_truncated": "false", "categories": 0, "manual": "false"}
    return SimpleNamespace(**{**usual, "download_source": "https://image.tmdb.org/x.jpg", **overrides})


@pytest.mark.parametrize(
    ("choice", "state", "is_missing", "names"),
    [
        (make_choice(), OURS, False, ""),
        (None, OURS, False, ""),
        (make_choice(**ALL), OURS, False, "truncated language fallback"),
        (make_choice(**ALL), OURS, True, "missing"),
        (make_choice(**ALL, manual="Yes"), OURS, True, ""),
        (make_choice(**ALL), PictureState(HAND, ""), False, ""),
        (make_choice(categories=PROVIDER), OURS, False, ""),
        (None, PictureState("ours", OVERWRITTEN), False, "overwritten"),
        (make_choice(**ALL, manual="Yes"), PictureState(HAND, REFUSED), False, "failed"),
        (make_choice(fallback="true"), PictureState("ours", WAITING), False, "fallback"),
        (make_choice(text_truncated="true"), PictureState("ours", "", "glyphs"), False, "glyphs"),
        (
            make_choice(text_truncated="true"),
            PictureState("ours", "", "glyphs,truncated"),
            False,
            "glyphs truncated",
        ),
        (make_choice(), PictureState("", "", "stale_id,failed"), True, "missing failed stale_id"),
        (None, PictureState("", "", "failed"), False, "failed"),
        (None, PictureState("ours", "", "size200,lines1,contrast19"), False, "faint"),
        (None, PictureState("ours", "", "size200,lines1,contrast19"), True, ""),
        (None, PictureState("ours", "", "size200,lines1,contrast20"), False, ""),
        (None, PictureState(HAND, "", "contrast11"), False, ""),
        (None, PictureState(HAND, "", "stale_id,glyphs,failed"), False, "failed"),
    ],
)
def test_what_needs_a_person(choice, state, is_missing, names):
    found = Concern(concerns_of(choice, state, is_missing))
    assert [name for name, bit in CONCERNS.items() if bit in found] == names.split()


def test_another_picture_is_another_offer():
    assert offer_of_choice(make_choice()) != offer_of_choice(make_choice(download_source="false"))
    assert offer_of_choice(make_choice()) == offer_of_choice(make_choice(**ALL))
    assert offer_of_choice(None) == ""
