"""kill -9 at random in runs of 135 pictures: nothing is lost, nothing is doubled, and all can be undone."""

from collections import Counter
from random import Random

import pytest

from app.poster.script.exits import ExitCode
from tests.doubles.loopback import serving
from tests.doubles.shown_pictures import HAND, SERVER, TOOL, foreign_picture
from tests.forked import BETWEEN_LOOKS
from tests.poster.cleaning.yard import draw
from tests.poster.faults.sites import Site, done_files, entry_states, require_whole, runs_with_work, world_of

FILMS, EPISODES, KILLS = 60, 12, 6
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
    """Runs that are killed after a random amount of work, the first of them while it starts."""
    for round_ in range(KILLS):
        goal = site.events() + (random.randint(0, 2 * PICTURES // KILLS) if round_ else 0)
        run = site.start()
        run.kill_when(lambda goal=goal: site.events() >= goal, random.random() * BETWEEN_LOOKS)
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


def require_undo(
    site: Site, before: dict, folders: set, after: dict, first: dict | None = None, shown: dict | None = None
) -> None:
    """All runs undone, newest first, and then the undoing undone."""
    runs = runs_with_work(site.data)
    for number in reversed(runs):
        undo = site.run("-Undo", str(number))
        assert undo.code == ExitCode.DONE, undo.text
    assert (site.files(), site.folders()) == (before, folders)
    assert first is None or site.shown() == first
    undone = [number for number in runs_with_work(site.data) if number not in runs]
    for number in reversed(undone):
        redo = site.run("-Undo", str(number))
        assert redo.code == ExitCode.DONE, redo.text
    assert site.files() == after
    assert shown is None or site.shown() == shown
    assert not entry_states(site.data)["intended"]


def by_hand_on_server(site: Site) -> set[str]:
    """A person's pictures, Kometa's, and a pile of three; the files whose place on the server is not ours."""
    double, places = site.double, site.places()
    poster, wide, overlaid, pile = (
        f"Movies/Film {number} (2000)/{name}.jpg"
        for number, name in ((3, "poster"), (3, "background"), (4, "poster"), (5, "background"))
    )
    double.show(*places[poster], by=HAND)
    double.show(*places[overlaid], by=TOOL)
    if site.name == "Plex":
        return {poster, overlaid}
    # Jellyfin and Emby say of a picture only whether its whole item is locked.
    double.locked_items.add(places[poster][0])
    key, slot = places[pile]
    double.set_pile(key, [foreign_picture(f"wide {number}", SERVER) for number in range(3)], slot)
    return {poster, wide, overlaid}


def require_shown(site: Site, first: dict, foreign: set, files: dict) -> None:
    """Each picture of ours is shown, others' are left, and no pile has more than one picture more."""
    shown = site.shown()
    for path, showing in shown.items():
        is_left = path in foreign or path not in files
        assert showing.picture == (first[path].picture if is_left else files[path]), path
        others = [sha for sha in showing.pile if sha != files.get(path)]
        assert others == [sha for sha in first[path].pile if sha in others], path
        assert len(showing.pile) <= len(first[path].pile) + 1, path
    assert all(shown[path] == first[path] for path in foreign)


def require_few_uploads(site: Site, needed: int) -> None:
    """Each place got its picture once, and once more only where a kill left it open whether it arrived."""
    times = Counter((upload.key, upload.slot) for upload in site.double.uploads)
    assert len(times) == needed and max(times.values()) <= 2
    assert times.total() <= needed + KILLS * AT_ONCE


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", ["Plex", "Jellyfin", "Emby"])
def test_runs_with_uploads_that_are_killed_lose_and_double_nothing_and_can_be_undone(tmp_path, forge, name):
    site = Site(name, tmp_path, world_of(FILMS, EPISODES), forge)
    with serving(site.double):
        by_hand(site)
        foreign = by_hand_on_server(site)
        before, folders, first = site.files(), site.folders(), site.shown()
        kill_rounds(site, Random(16))
        last = site.run()
        assert last.code == ExitCode.DONE, last.text
        after, shown = site.files(), site.shown()
        assert {path: after[path] for path in before} == before
        ours = {path: sha for path, sha in after.items() if path not in before}
        assert len(after) == PICTURES + 1 and done_files(site.data) == Counter(list(ours))
        require_shown(site, first, foreign, ours)
        require_few_uploads(site, len(set(ours) - foreign))
        assert set(entry_states(site.data)) <= {"done", "failed"}
        site.double.forget_requests()
        assert site.run().code == ExitCode.DONE and not site.double.uploads
        require_undo(site, before, folders, after, first, shown)
