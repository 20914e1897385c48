"""Logos of the providers on Plex, Jellyfin and Emby: put there, left where they are by hand, taken back."""

import json
from contextlib import ExitStack

import pytest

from app.poster.__main__ import attend, prepare
from app.poster.records.server_art import Slot
from app.poster.script.arguments import parse
from app.poster.script.exits import ExitCode
from app.poster.script.log import open_log
from tests.doubles.coded_pictures import code_of, draw_coded
from tests.doubles.loopback import serving
from tests.doubles.media_world import small_media
from tests.doubles.provider_doubles import serving_providers
from tests.doubles.shown_pictures import HAND, RESET_AFTER, SERVER
from tests.doubles.world import LOGO, TMDB, Art, small_world
from tests.poster.exchange.pair import double_of
from tests.poster.pipeline.site import KEYS
from tests.poster.program import write_config

PATH = "Movies/Alien (1979)/logo.jpg"
POSTERS = [Slot.POSTER, Slot.BACKGROUND]


class LogoSite:
    """One media server beside the providers, which have logos for its film and its show."""

    def __init__(self, name, data, opened: ExitStack):
        self.name, self.data = name, data
        world = small_world()
        world.shows[0].art.append(Art(TMDB, LOGO, "dark-tmdb-logo-de.png", "de", size=(800, 300)))
        world.films[0].art.append(Art(TMDB, LOGO, "alien-tmdb-logo-de.png", "de", size=(800, 300)))
        self.providers = opened.enter_context(serving_providers(world))
        self.double = opened.enter_context(serving(double_of(name, small_media())))
        self.film, self.show = (item.key for item in self.double.world.items())

    def run(self, *arguments, languages=("en", "de"), **common) -> int:
        """A run of the script in this process; its exit code."""
        key, value = KEYS[self.name]
        parts = {f"{name}Part": {f"Use{name}": "false"} for name in KEYS}
        parts[f"{self.name}Part"] = {
            f"Use{self.name}": "true",
            f"{self.name}Url": self.double.url,
            "LibstoExclude": [],
        }
        api = {key: value, **self.providers.keys, "LogoLanguageOrder": list(languages)}
        write_config(self.data, PrerequisitePart=common, ApiPart=api, **parts)
        (self.data / "Logs").mkdir(exist_ok=True)
        variables = {"APP_DATA": str(self.data), "ASSET_PATH": "assets", "MANUAL_ASSET_PATH": "own"}
        variables |= self.providers.environment
        with open_log(self.data / "Logs" / "Scriptlog.log", 1) as log:
            return attend(prepare(parse(list(arguments)), variables), log)

    def logo(self, key=None) -> bytes:
        return self.double.shown_bytes(key or self.film, Slot.LOGO)

    def outcome(self, name="logoupdater") -> dict:
        return json.loads((self.data / "Logs" / f"{name}.json").read_text("utf-8"))

    def log(self) -> str:
        return (self.data / "Logs" / "Scriptlog.log").read_text("utf-8")

    def plan(self) -> list[dict]:
        newest = max((self.data / "engine" / "plans").iterdir(), key=lambda path: path.stat().st_mtime_ns)
        return [json.loads(line) for line in newest.read_text("utf-8").splitlines()]


@pytest.fixture(
    params=["Plex", *(pytest.param(name, marks=pytest.mark.slow) for name in ("Jellyfin", "Emby"))]
)
def site(request, tmp_path):
    with ExitStack() as opened:
        yield LogoSite(request.param, tmp_path / "data", opened)


def picture(name: str) -> bytes:
    return draw_coded(code_of(name), (80, 30), "png")


def shown_art(site, key=None) -> str | None:
    content = site.logo(key)
    return site.providers.world.art_in(content) if content else None


def others(site) -> list[bytes]:
    return [site.double.shown_bytes(key, slot) for key in (site.film, site.show) for slot in POSTERS]


def test_each_film_and_show_gets_its_logo_once_and_nothing_else_changes(site):
    before = others(site)
    assert site.run("-LogoUpdater", "-LibraryName", "all") == ExitCode.DONE, site.log()
    assert (shown_art(site), shown_art(site, site.show)) == ("alien-tmdb-logo.png", "dark-tmdb-logo-de.png")
    report = site.outcome()
    counts = (report["Posters"], report["Images Uploaded"], report["Uploads"]["applied"], report["Errors"])
    assert counts == (2, 2, 2, 0) and report["Mode"] == "logoupdater"
    assert others(site) == before and not list((site.data / "assets").rglob("*.*"))
    site.double.forget_requests()
    assert site.run("-LogoUpdater") == ExitCode.DONE
    assert not site.double.uploads and site.outcome()["Pictures Unchanged"] == 2
    assert not {"read", "upload", "select"} & {*site.double.counts()}


def test_the_order_of_languages_and_the_users_own_file_decide(site):
    assert site.run("-LogoUpdater", languages=("de", "en")) == ExitCode.DONE
    assert shown_art(site) == "alien-tmdb-logo-de.png"
    assert site.run("-LogoUpdater", languages=("en",)) == ExitCode.DONE
    assert shown_art(site) == "alien-tmdb-logo.png"
    own = site.data / "own" / PATH.replace(".jpg", ".png")
    own.parent.mkdir(parents=True)
    own.write_bytes(picture("own"))
    assert site.run("-LogoUpdater") == ExitCode.DONE
    assert site.logo() == picture("own")


LIBRARIES = [
    (("-LibraryName", "movies"), True, False),
    (("-LibraryName", "TV Shows"), False, True),
    (("-LibraryName", "ALL"), True, True),
]


@pytest.mark.parametrize(("arguments", "film", "show"), LIBRARIES)
def test_one_library_is_updated_and_reverted_alone(tmp_path, arguments, film, show):
    with ExitStack() as opened:
        site = LogoSite("Jellyfin", tmp_path / "data", opened)
        assert site.run("-LogoUpdater", *arguments) == ExitCode.DONE
        assert (bool(site.logo()), bool(site.logo(site.show))) == (film, show)
        site.run("-LogoUpdater")
        assert site.run("-LogoRevert", *arguments) == ExitCode.DONE
        assert (bool(site.logo()), bool(site.logo(site.show))) == (not film, not show)
        assert site.run("-LogoUpdater", "-LibraryName", "Music") == ExitCode.BAD_ARGUMENTS
        assert "has no library Music" in site.log()


def by_hand(site) -> bytes:
    """A person's logo, which Jellyfin and Emby know only by a lock of the item."""
    content = site.double.show(site.film, Slot.LOGO, picture("by hand"), by=HAND)
    if site.name != "Plex":
        site.double.locked_items.add(site.film)
    return content


@pytest.mark.parametrize("words", [("-ForceReplace",), ("-Take", json.dumps([PATH]))], ids=["force", "take"])
def test_a_logo_by_hand_is_left_unless_it_is_asked_for_and_comes_back(site, words):
    hand = by_hand(site)
    assert site.run("-LogoUpdater") == ExitCode.DONE
    assert site.logo() == hand and site.outcome()["Pictures Left"] == 1
    assert site.plan()[0]["reason"] == "by_hand"
    assert site.run("-LogoUpdater", *words) == ExitCode.DONE
    assert shown_art(site) == "alien-tmdb-logo.png"
    assert site.run("-LogoRevert") == ExitCode.DONE
    assert site.logo() == hand and not site.logo(site.show)


def test_a_revert_brings_back_what_was_there_before_any_logo_of_ours(site):
    first = site.double.show(site.film, Slot.LOGO, picture("agent"), by=SERVER)
    site.run("-LogoUpdater")
    site.run("-LogoUpdater", languages=("de",))
    assert shown_art(site) == "alien-tmdb-logo-de.png"
    assert site.run("-LogoRevert") == ExitCode.DONE, site.log()
    assert site.logo() == first and not site.logo(site.show)
    assert site.outcome("logorevert")["Uploads Taken Back"] == 2
    site.double.forget_requests()
    assert site.run("-LogoRevert") == ExitCode.DONE
    assert site.logo() == first and not {"upload", "select", "delete"} & {*site.double.counts()}
    site.run("-LogoUpdater")
    site.run("-LogoRevert")
    assert site.logo() == first and not site.logo(site.show)


def test_a_logo_that_a_person_changed_since_is_neither_replaced_nor_reverted(site):
    site.run("-LogoUpdater")
    hand = by_hand(site)
    assert site.run("-LogoUpdater") == ExitCode.DONE
    assert site.logo() == hand and site.outcome()["Pictures Left"] == 1
    assert site.run("-LogoRevert") == ExitCode.DONE
    assert site.logo() == hand and site.outcome("logorevert")["Uploads Left"] == 1


def test_an_undo_of_the_run_takes_its_logos_back(site):
    site.run("-LogoUpdater")
    plans = (site.data / "engine" / "plans").glob("*.jsonl")
    run = max(plans, key=lambda path: path.stat().st_mtime_ns).stem
    assert site.run("-Undo", run) == ExitCode.DONE
    assert not site.logo() and not site.logo(site.show)


@pytest.mark.parametrize("mode", ["-LogoUpdater", "-LogoRevert"])
def test_a_plan_says_what_would_be_done_and_changes_nothing(site, mode):
    if mode == "-LogoRevert":
        site.run("-LogoUpdater")
    before = site.logo(), site.logo(site.show)
    site.double.forget_requests()
    assert site.run("-Plan", mode) == ExitCode.DONE, site.log()
    assert (site.logo(), site.logo(site.show)) == before
    assert not {"upload", "select", "delete"} & {*site.double.counts()}
    *lines, totals = site.plan()
    assert {line["action"] for line in lines} == {"upload" if mode == "-LogoUpdater" else "delete"}
    assert [line["path"].rsplit("/", 1)[1] for line in lines] == ["logo.jpg"] * 2
    assert sum(totals["totals"].values()) == 2


# what goes wrong at the server, the run's exit code, whether the film has its logo after the next run
TROUBLES = [
    (lambda site: site.double.fail("upload", 500, times=None, key=site.film), ExitCode.SOME_PICTURES_FAILED),
    (lambda site: site.double.fail("upload", RESET_AFTER, key=site.film), ExitCode.DONE),
    (lambda site: site.double.fail("upload", 413, times=None, key=site.film), ExitCode.SOME_PICTURES_FAILED),
]


@pytest.mark.parametrize(("break_it", "ending"), TROUBLES, ids=["500", "reset after", "413"])
def test_trouble_with_one_logo_hurts_no_other_and_the_next_run_makes_it_good(site, break_it, ending):
    break_it(site)
    assert site.run("-LogoUpdater") == ending, site.log()
    assert shown_art(site, site.show) == "dark-tmdb-logo-de.png"
    site.double.failures.clear()
    assert site.run("-LogoUpdater") == ExitCode.DONE
    assert shown_art(site) == "alien-tmdb-logo.png"


@pytest.mark.parametrize("fault", ["page", "cut", "tiny"])
def test_a_logo_of_no_use_gives_way_to_the_next_one(site, fault):
    art = site.providers.world.films[0].art
    first = next(one for one in art if one.name == "alien-tmdb-logo.png")
    art[art.index(first)] = Art(TMDB, LOGO, first.name, "en", size=(800, 300), fault=fault)
    assert site.run("-LogoUpdater") == ExitCode.DONE, site.log()
    assert shown_art(site) == "alien-tmdb-logo-de.png"
