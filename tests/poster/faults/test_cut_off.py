"""A media server that goes away in mid-run: files stay whole, nothing is cleared, and the rest follows."""

from collections import Counter

import pytest

from app.poster.script.exits import ExitCode
from tests.doubles.loopback import serving
from tests.doubles.scripted import resetting
from tests.poster.cleaning.yard import draw
from tests.poster.faults.sites import Site, done_files, entry_states, require_whole, world_of

# More than a run has in hand, so that the listing is cut short too.
FILMS = 150
GONE = "Movies/Gone (1990)/poster.jpg"


def go_away_after(site: Site, uploads: int):
    """From so many uploads on, every connection is reset; how the server answered before."""
    answers = site.double.trouble

    def trouble(handler) -> None:
        behave = resetting if len(site.double.uploads) >= uploads else answers
        behave(handler)

    site.double.trouble = trouble
    return answers


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ["Plex", "Jellyfin"])
def test_a_run_that_is_cut_off_from_its_server_goes_on_with_the_next_one(tmp_path, forge, name):
    site = Site(name, tmp_path, world_of(FILMS, 0), forge, AssetCleanup="true", BackgroundPosters="false")
    draw(site.assets / GONE)
    with serving(site.double):
        answers = go_away_after(site, 5)
        cut_off = site.run()
        assert cut_off.code == ExitCode.SOME_PICTURES_FAILED
        # Jellyfin lists so many films with one request, before it goes away.
        is_cut_short = "could not be listed to its end" in cut_off.text
        assert (site.assets / GONE).is_file() is is_cut_short and (is_cut_short or name == "Jellyfin")
        require_whole(site.assets)
        site.double.trouble = answers
        assert site.run().code == ExitCode.DONE
        files = site.files()
        assert len(files) == FILMS and GONE not in files
        assert {path: one.picture for path, one in site.shown().items() if path in files} == files
        assert max(Counter((one.key, one.slot) for one in site.double.uploads).values()) <= 2
    assert set(done_files(site.data).values()) == {1} and not entry_states(site.data)["intended"]
