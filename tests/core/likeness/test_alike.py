"""Pictures with the same fault, the worst first."""

from app.core.decisions.states import HAND, TOOL
from app.core.likeness.alike import OURS, MeasuredPicture, alike_pictures, of_item, usual_size
from app.core.likeness.faults import GROUND, TitleFault
from app.core.likeness.title_measure import UNMEASURED_TITLE, TitleMeasure

FAULT = TitleFault(GROUND, 3.0, 200)


def make_picture(item="Alien (1979)", contrast=2.0, owner=OURS, library="Movies", **more):
    path = f"{library}/{item}/{more.pop('name', 'poster.jpg')}"
    measure = more.pop("measure", TitleMeasure(200, 1, contrast))
    return MeasuredPicture(path, library, item, item, owner, measure)


def test_the_worst_come_first_and_what_is_left_out_is_counted_by_the_reason():
    own = make_picture()
    pictures = [
        own,
        make_picture(name="fanart.jpg"),
        make_picture("B", 2.5),
        make_picture("C", 1.2),
        make_picture("D", 9.0),
        make_picture("E", owner=HAND),
        make_picture("F", owner=TOOL),
        make_picture("G", measure=TitleMeasure(200)),
        make_picture("Without a title", measure=UNMEASURED_TITLE),
        make_picture("H", measure=UNMEASURED_TITLE, owner="nobody"),
        make_picture("I"),
        make_picture("I", library="Classics"),
        make_picture("J", owner="the media server"),
    ]
    found = alike_pictures(pictures, FAULT, own, {("movies", "i")})
    assert [(one.library, one.item) for one in found.pictures] == [
        ("Movies", "C"),
        ("Classics", "I"),
        ("Movies", "B"),
    ]
    assert found.left_out == {"hand": 1, "tool": 1, "unmeasured": 1, "corrected": 1}


def test_pictures_of_one_item_belong_together():
    seasons = [make_picture("Dark", name=f"Season0{number}.jpg", library="TV") for number in (1, 2)]
    others = [make_picture("Dark"), make_picture("Alien")]
    assert of_item([*seasons, *others], seasons[1]) == [one.path for one in seasons]


def test_the_usual_size_is_the_median_of_those_that_are_known():
    sizes = (0, 100, 300, 320)
    assert usual_size([make_picture(measure=TitleMeasure(size)) for size in sizes]) == 300
    assert usual_size([]) == 0
