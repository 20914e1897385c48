"""kill -9 at random in runs of 500 pictures: nothing is lost, nothing is doubled, and all can be undone."""

from collections import Counter
from random import Random

import pytest

from app.poster.script.exits import ExitCode
from tests.poster.cleaning.yard import draw
from tests.poster.faults.sites import Site, done_files, entry_states, require_whole, world_of

FILMS, EPISODES, KILLS = 230, 37, 10
PICTURES = 2 * FILMS + 3 + EPISODES
# What may be under way when a run is killed.
AT_ONCE = 8


def by_hand(site: Site) -> None:
    """What people and an earlier script left in the asset folder."""
    draw(site.assets / "Movies" / "Film 0 (2000)" / "poster.jpg", mark="", color="teal")
    draw(site.assets / "Movies" / "Film 1 (2000)" / "poster.jpg", mark="overlay", color="teal")
    draw(site.assets / "Movies" / "Film 2 (2000)" / "poster.jpg", color="olive")
    draw(site.assets / "Elsewhere" / "poster.jpg", mark="", color="teal")


def kill_rounds(site: Site, random: Random) -> None:
    """Ten runs that are killed after a random amount of work, the first of them while it starts."""
    for round_ in range(KILLS):
        goal = site.events() + (random.randint(0, 2 * PICTURES // KILLS) if round_ else 0)
        site.start().kill_when(lambda goal=goal: site.events() >= goal)
        require_whole(site.assets)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_runs_over_a_folder_that_are_killed_lose_and_double_nothing_and_can_be_undone(tmp_path, forge):
    site = Site("Folder", tmp_path, world_of(FILMS, EPISODES), forge)
    by_hand(site)
    before, folders = site.files(), site.folders()
    kill_rounds(site, Random(16))
    last = site.run()
    assert last.code == ExitCode.DONE, last.text
    require_whole(site.assets)
    after = site.files()
    assert len(after) == PICTURES + 1 and all(name.endswith(".jpg") for name in after)
    assert {name: after[name] for name in before} == before
    done = done_files(site.data)
    assert done == Counter(set(after) - set(before)), "each picture is written once"
    assert set(entry_states(site.data)) <= {"done", "failed"}
    require_undo(site, before, folders, after)


def require_undo(site: Site, before: dict, folders: set, after: dict) -> None:
    """All runs undone, newest first, and then the undoing undone."""
    runs = site.number
    for number in range(runs, 0, -1):
        undo = site.run("-Undo", str(number))
        assert undo.code == ExitCode.DONE, undo.text
    assert (site.files(), site.folders()) == (before, folders)
    for number in range(2 * runs, runs, -1):
        redo = site.run("-Undo", str(number))
        assert redo.code == ExitCode.DONE, redo.text
    assert site.files() == after
    assert set(entry_states(site.data)) <= {"done", "failed", "undone"}
