"""Which fault a correction mended, and who shares it."""

import pytest

from app.core.likeness.corrections import Correction
from app.core.likeness.faults import CUT, GROUND, LINES, SMALL, TitleFault, mended_fault
from app.core.likeness.title_measure import TitleMeasure, measure_of_marks

USUAL = 200
GOOD = TitleMeasure(200, 1, 15.0)
BRIGHT, CUT_OFF = TitleMeasure(200, 1, 2.1), TitleMeasure(45, 2, 15.0, True)
LONG, TINY = TitleMeasure(180, 4, 15.0), TitleMeasure(80, 1, 15.0)
MENDED = {
    "a shade over a bright ground": (Correction(shade=40), BRIGHT, TitleFault(GROUND, 3.0, USUAL)),
    "a shade over a ground that is hard to read": (
        Correction(shade=40),
        BRIGHT._replace(contrast=4.2),
        TitleFault(GROUND, 4.2, USUAL),
    ),
    "a shade where all can be read": (Correction(shade=40), GOOD, None),
    "a line break in a title that was cut": (Correction(text="A\nB"), CUT_OFF, TitleFault(CUT, 0.0, USUAL)),
    "a line break in small letters": (Correction(text="A\nB"), TINY, TitleFault(SMALL, 150.0, USUAL)),
    "a smaller title of many lines": (Correction(size=80), LONG, TitleFault(LINES, 0.0, USUAL)),
    "a larger title": (Correction(size=140), TINY, TitleFault(SMALL, 150.0, USUAL)),
    "a title that is moved off a bright ground": (
        Correction(move=20),
        BRIGHT,
        TitleFault(GROUND, 3.0, USUAL),
    ),
    "a title of many lines that is moved": (Correction(move=20), LONG, TitleFault(LINES, 0.0, USUAL)),
    "a matter of taste": (Correction(move=5), GOOD, None),
    "nothing measured": (Correction(shade=40, size=120), TitleMeasure(), None),
}


@pytest.mark.parametrize(("correction", "before", "fault"), MENDED.values(), ids=MENDED)
def test_the_fault_is_the_measured_one_for_which_the_correction_is_a_remedy(correction, before, fault):
    assert mended_fault(correction, before, USUAL) == fault


SHARED = {
    CUT: ([CUT_OFF], [GOOD, BRIGHT, LONG, TINY]),
    LINES: ([LONG, LONG._replace(lines=3)], [GOOD, CUT_OFF, TINY]),
    SMALL: ([TINY, CUT_OFF], [GOOD, LONG, TitleMeasure()]),
    GROUND: ([BRIGHT, BRIGHT._replace(contrast=3.0)], [GOOD, CUT_OFF, TitleMeasure(200)]),
}


@pytest.mark.parametrize(("code", "pictures"), SHARED.items())
def test_a_fault_is_shared_by_what_is_measured_alike(code, pictures):
    fault = TitleFault(code, {SMALL: 150.0, GROUND: 3.0}.get(code, 0.0), USUAL)
    assert [list(map(fault.is_shared, some)) for some in pictures] == [
        [True] * len(pictures[0]),
        [False] * len(pictures[1]),
    ]
    assert all(fault.values(one) for one in pictures[0])


MARKS = {
    "": TitleMeasure(),
    "size58,lines2,contrast21": TitleMeasure(58, 2, 2.1),
    "truncated,size45,lines3": TitleMeasure(45, 3, 0.0, True),
    "sizeX,glyphs": TitleMeasure(),
}


@pytest.mark.parametrize(("marks", "measure"), MARKS.items())
def test_marks_of_the_journal_are_read_as_a_measure(marks, measure):
    assert measure_of_marks(marks) == measure
    assert measure.is_unknown == ("size4" in marks)
