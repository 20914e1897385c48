"""Runs that are killed at random go on where they were: nothing is lost and nothing goes up twice."""

import random
import time

import pytest

from app.poster.records.server_art import Slot
from app.poster.script.exits import ExitCode
from tests.doubles.media_world import many_films
from tests.poster.exchange.pair import FOLDERS
from tests.poster.program import run_script, start_script

FILMS, KILLS = 60, 4


def world(prefix):
    made = many_films(FILMS)
    for item in made.items():
        item.poster, item.background = f"{prefix}-{item.title}.jpg", f"{prefix}-background-{item.title}.jpg"
    return made


def killed(pair, arguments, progress) -> None:
    """Start a run and kill it after a few more pictures than there were."""
    enough = progress() + random.randint(1, 2 * FILMS // (KILLS + 1))
    script = start_script(pair.data, *arguments, **folders(pair))
    until = time.monotonic() + 60
    while progress() < enough and script.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    script.kill()
    script.communicate()


def folders(pair):
    return {name: str(pair.data / folder) for name, folder in FOLDERS.items()}


def shown(double):
    return {
        (item.key, slot): double.shown_bytes(item.key, slot)
        for item in double.world.items()
        for slot in (Slot.POSTER, Slot.BACKGROUND)
    }


@pytest.mark.slow
@pytest.mark.parametrize("names", [("Plex", "Jellyfin"), ("Jellyfin", "Plex")], ids=" to ".join)
def test_a_sync_that_is_killed_again_and_again_ends_whole_and_can_be_undone(open_pair, names):
    pair = open_pair(*names, (world("first"), world("second")))
    before, wanted = shown(pair.target), shown(pair.origin)
    arguments = ("-Sync", "-From", names[0].lower(), "-To", names[1].lower())
    pair.configure()
    for _ in range(KILLS):
        killed(pair, arguments, lambda: len(pair.target.uploads))
    assert run_script(pair.data, *arguments, **folders(pair)).returncode == ExitCode.DONE
    assert shown(pair.target) == wanted
    assert len(pair.target.uploads) <= len(wanted) + KILLS * 8, "each upload in hand at most once more"
    piles = [pair.target.pile_bytes(item.key) for item in pair.target.world.items()]
    assert all(pile.count(pile[0]) == 1 for pile in piles)
    for run in plans(pair):
        run_script(pair.data, "-Undo", run, **folders(pair))
    assert shown(pair.target) == before


@pytest.mark.slow
def test_a_backup_that_is_killed_goes_on_and_has_whole_files_only(open_pair):
    pair = open_pair("Jellyfin", "Plex", (world("first"), world("second")))
    pair.configure("Plex")
    expected = set(shown(pair.target).values())
    for _ in range(KILLS):
        killed(pair, ("-Backup",), lambda: len(list((pair.data / "backup").rglob("*.jpg"))))
        whole = [content for name, content in pair.backed_up().items() if name.endswith(".jpg")]
        assert set(whole) <= expected
    pair.forget()
    assert run_script(pair.data, "-Backup", **folders(pair)).returncode == ExitCode.DONE
    assert set(pair.backed_up().values()) == expected and len(pair.backed_up()) == 2 * FILMS


@pytest.mark.slow
@pytest.mark.parametrize("target", ["Jellyfin", "Plex"])
@pytest.mark.parametrize(
    "arguments", [("-Restore",), ("-PosterReset", "-Libraries", "Movies", "-Kinds", "poster,background")]
)
def test_the_way_back_is_killed_again_and_again_and_ends_whole_and_can_be_undone(
    open_pair, target, arguments
):
    origin = {"Jellyfin": "Plex", "Plex": "Jellyfin"}[target]
    pair = open_pair(origin, target, (world("first"), world("second")))
    own = shown(pair.target)
    assert pair.backup() == ExitCode.DONE and pair.sync() == ExitCode.DONE
    ours = shown(pair.target)
    assert ours == shown(pair.origin) != own
    synced = set(plans(pair))
    pair.configure(target)
    for _ in range(KILLS):
        killed(pair, arguments, lambda: sum(own[place] == now for place, now in shown(pair.target).items()))
    assert run_script(pair.data, *arguments, **folders(pair)).returncode == ExitCode.DONE
    assert shown(pair.target) == own
    for run in plans(pair):
        if run not in synced:
            run_script(pair.data, "-Undo", run, **folders(pair))
    assert shown(pair.target) == ours


def plans(pair) -> list[str]:
    """The runs that have a plan, newest first."""
    return sorted((path.stem for path in (pair.data / "engine" / "plans").glob("*.jsonl")), reverse=True)
