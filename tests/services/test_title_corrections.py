"""Where a rule corrects the title of a picture, by what the engine decided about it."""

import pytest

from app.core.errors import NotFound
from app.core.likeness.corrections import TitleAbsent, TitlePlace
from app.services.title_corrections import place_of

USUAL = {"library": "Films", "root_folder": "Alien (1979)", "kind": "poster", "logo": None}


def record(with_text=True, **changes):
    return {"decision": {**USUAL, "treatment": {"with_text": with_text}, **changes}}


@pytest.mark.parametrize("kind", ["poster", "collection", "season", "background", "title card"])
def test_a_rule_names_the_library_the_item_and_the_kind(kind):
    assert place_of("a.jpg", record(kind=kind)) == TitlePlace("Films", "Alien (1979)", kind)


@pytest.mark.parametrize(
    "found",
    [
        record(with_text=False),
        record(logo={"provider": "fanart"}),
        record(kind="square"),
        record(library=" "),
        record(root_folder=""),
    ],
)
def test_a_picture_without_a_drawn_title_has_none_to_correct(found):
    with pytest.raises(TitleAbsent, match="No title is drawn on 'a.jpg'"):
        place_of("a.jpg", found)


def test_a_picture_without_a_decision_is_not_found():
    with pytest.raises(NotFound, match="no decision about 'a.jpg'"):
        place_of("a.jpg", None)
