"""Edits of artwork from the server: one call is one run of the history, with what it did."""

import pytest

from app.core.errors import Forbidden, Invalid, Unavailable
from app.models import Run, Status
from app.services.artwork_edits import put_artwork
from tests.api.conftest import configure
from tests.driving import row

PATH = "Movies/Alien (1979)/poster.jpg"


@pytest.fixture
def staged(machine):
    """A picture that was sent; the trees of artwork lie beside the data folder."""
    folder = machine.paths.data.parent
    configure(machine, AssetPath=str(folder / "assets"), ManualAssetPath=str(folder / "manual"))
    file = machine.paths.uploads / "staged.jpg"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"mine")
    return file


def test_a_put_picture_lies_there_and_is_a_run_of_the_history(machine, staged):
    outcome = put_artwork(machine, PATH, staged)
    assert (machine.roots.path("assets") / PATH).read_bytes() == b"mine" and staged.exists()
    run = row(machine, outcome.run)
    assert (run.mode, run.status, run.reason, run.notes) == ("edit", Status.COMPLETED, None, "1 put in place")


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("../x.jpg", Forbidden),
        ("a/b.txt", Invalid),
        ("", Invalid),
        ("a\0.jpg", Invalid),
        ("a\ud800.jpg", Invalid),
        ("a\n.jpg", Invalid),
    ],
)
def test_a_path_that_is_none_makes_no_run(machine, staged, path, error):
    with pytest.raises(error):
        put_artwork(machine, path, staged)
    with machine.database.reading() as session:
        assert session.query(Run).count() == 0


def test_an_edit_without_an_answer_stands_in_the_history_as_interrupted(machine, staged):
    machine.paths.config.write_text("no JSON")
    with pytest.raises(Unavailable):
        put_artwork(machine, PATH, staged, root="manual")
    run = row(machine, 1)
    assert run.status == Status.INTERRUPTED and "cannot be asked" in run.reason
