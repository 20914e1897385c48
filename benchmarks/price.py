"""The price of a change over a large library: seconds of an answer, and whether it equals the plan's steps.

QUICK=1 takes a tenth of the pictures. The records are written as a run writes them; their files are empty,
with the time and size that the journal has.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from PIL import Image, ImageFilter

from app.poster.drawing.designs import StyleBook
from app.poster.drawing.overlays import ensure_default_overlays
from app.poster.folders import Folders, read_folders
from app.poster.journal.journal import Journal
from app.poster.kinds import Kind
from app.poster.planning.designing import design_of
from app.poster.planning.ingredients import Digests
from app.poster.planning.steps import plan_step
from app.poster.pricing.plans import Asked
from app.poster.pricing.pricer import PriceQuestion, Pricer
from app.poster.records.candidate import Candidate, Lettered, ProviderName
from app.poster.records.decision import Considered, Decision, Treatment
from app.poster.records.environment import Environment
from app.poster.records.ids import Medium
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.step import FileState
from app.poster.settings import DEFAULTS, Settings, read_settings
from benchmarks.engine import data_folder, run_script

PICTURES = 3_900 if os.environ.get("QUICK") == "1" else 39_000
SIZE, LOSERS = 0, 6
REAL_FILMS = 12 if os.environ.get("QUICK") == "1" else 60
# The first one after the first run is priced by that; later ones by runs that drew again.
REDRAWN = [
    {"PosterOverlayPart": {"fontcolor": "red"}, "BackgroundOverlayPart": {"fontcolor": "red"}},
    {"PosterOverlayPart": {"fontcolor": "gold"}},
    {"PosterOverlayPart": {"fontcolor": "red"}, "BackgroundOverlayPart": {"fontcolor": "gold"}},
]
FILMS, SHOWS = PICTURES // 13, PICTURES // 390  # two pictures of a film, 330 of a show
CHANGES = {
    "the size of titles": {"PosterOverlayPart": {"maxPointSize": "150"}},
    "capitals of title cards": {"TitleCardTitleTextPart": {"fontAllCaps": "false"}},
    "the quality": {"OverlayPart": {"outputQuality": "70"}},
    "nothing": {},
}


def measure() -> list[dict]:
    return [*measure_answers(), *measure_runs()]


def measure_runs() -> list[dict]:
    """What the price says of runs that then take place; the farthest from the truth counts."""
    with data_folder({}, {"BackgroundPosters": "true"}) as (data, media):
        add_pictures(media)
        run_script(data, media)
        folders = read_folders(data, read_settings(data / "config.json"), {})
        pairs = [priced_and_taken(data, media, folders, change) for change in REDRAWN]
    return [
        {"name": "seconds of a run / of its price, farthest", "value": max(one / other for one, other in
         (sorted(pair, reverse=True) for pair in pairs)), "target": 1.3, "most": True,
         "first": pairs[0][1] / pairs[0][0], "last": pairs[-1][1] / pairs[-1][0]},
    ]  # fmt: skip


def priced_and_taken(data: Path, media: Path, folders: Folders, change: dict) -> tuple[float, float]:
    """(seconds by the price, seconds of the run) of a change that is then saved."""
    config = json.loads((data / "config.json").read_text())
    saved = read_settings(data / "config.json")
    priced = ask(Pricer(folders), folders, saved, change)
    (data / "config.json").write_text(json.dumps(config | change))
    return priced["seconds"], run_script(data, media).seconds


def add_pictures(media: Path) -> None:
    """Films with a picture of each kind beside them."""
    picture = Image.effect_noise((1000, 1500), 60).convert("RGB").filter(ImageFilter.GaussianBlur(2))
    for number in range(REAL_FILMS):
        folder = media / "Movies" / f"Film {number} (2000)"
        folder.mkdir(parents=True)
        (folder / "Film.mkv").touch()
        picture.save(folder / "poster.jpg")
        picture.resize((1920, 1080)).save(folder / "fanart.jpg")


def measure_answers() -> list[dict]:
    with tempfile.TemporaryDirectory() as place:
        folders, settings, records = fill(Path(place))
        pricer, slowest, wrong = Pricer(folders), 0.0, 0
        begun = perf_counter()
        ask(pricer, folders, settings, {})
        first = perf_counter() - begun
        for number in range(3):
            for change in CHANGES.values():
                moved = {name: {key: word.replace("150", f"15{number}") for key, word in keys.items()}
                         for name, keys in change.items()}  # fmt: skip
                begun = perf_counter()
                found = ask(pricer, folders, settings, moved)
                slowest = max(slowest, perf_counter() - begun)
                if not number:
                    wrong += abs(found["changed"] - planned(folders, settings.over(moved), records))
    return [
        {"name": f"ms for the price of a change at {PICTURES:,} pictures, slowest", "value": slowest * 1000,
         "target": 400, "most": True, "first": first * 1000},
        {"name": "pictures by which the price differs from the plan", "value": wrong, "target": 0,
         "most": True},
    ]  # fmt: skip


def ask(pricer: Pricer, folders: Folders, settings: Settings, changed: dict) -> dict:
    asked = (Asked(one, (), Environment()) for one in (settings, settings.over(changed)))
    return pricer.price(PriceQuestion(*asked))


def planned(folders: Folders, settings: Settings, records: list[AssetRecord]) -> int:
    """The number of pictures that the steps of a plan would draw."""
    styles, digests, drawn = StyleBook(settings, folders.overlays), Digests(folders.overlays), 0
    for record in records:
        ingredients = digests.ingredients(record.decision, design_of(record.decision, styles))
        step = plan_step(record.decision, ingredients, record, Owner.OURS, record.file)
        drawn += step.action in (Action.CREATE, Action.REPLACE)
    return drawn


def fill(place: Path) -> tuple[Folders, Settings, list[AssetRecord]]:
    """A journal in which a run has made everything, the settings it had, and its records."""
    folders = Folders(place, place / "assets", place / "manual", place / "backup")
    folders.overlays.mkdir()
    ensure_default_overlays(folders.overlays)
    common = {"BackgroundPosters": "true", "SeasonPosters": "true", "TitleCards": "true"}
    settings = Settings(
        {"PrerequisitePart": common, "PlexPart": {"UsePlex": "false"}}, json.loads(DEFAULTS.read_text())
    )
    styles, digests = StyleBook(settings, folders.overlays), Digests(folders.overlays)
    journal, records = Journal(folders.engine), []
    for decision in decisions():
        record = record_of_run(decision, styles, digests, folders.assets)
        records.append(record)
        journal.note(record)
    journal.close()
    return folders, settings, records


def record_of_run(decision: Decision, styles: StyleBook, digests: Digests, assets: Path) -> AssetRecord:
    file = assets / decision.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch()
    state = FileState(SIZE, file.stat().st_mtime_ns, "0" * 64)
    ingredients = digests.ingredients(decision, design_of(decision, styles))
    return AssetRecord(
        decision.path, decision, Action.CREATE, Reason.NEW, ingredients, state, decided_at=datetime.now(UTC)
    )


def decisions() -> Iterator[Decision]:
    for number in range(FILMS):
        for kind in (Kind.POSTER, Kind.BACKGROUND):
            yield decision(kind, Medium.FILM, "Movies", f"The Film of Number {number}", kind.value)
    for number in range(SHOWS):
        title = f"Show {number}"
        yield decision(Kind.POSTER, Medium.SHOW, "TV", title, "poster")
        yield decision(Kind.BACKGROUND, Medium.SHOW, "TV", title, "background")
        for season in range(1, 9):
            yield decision(
                Kind.SEASON, Medium.SHOW, "TV", title, f"Season{season:02}", f"Season {season}", title, season
            )
            for episode in range(1, 41):
                text = f"Episode {episode} of Season {season} of Show {number}"
                stem, label = f"S{season:02}E{episode:02}", f"Season {season} • Episode {episode}"
                yield decision(Kind.TITLE_CARD, Medium.SHOW, "TV", title, stem, text, label, season, episode)


def decision(kind, medium, library, title, stem, text="", second="", season=None, *episodes) -> Decision:
    chosen = Candidate(ProviderName.TMDB, kind, f"https://example.org/{title}/{stem}.jpg", Lettered.TEXTLESS)
    lost = tuple(
        Considered(replace(chosen, rank=rank), "it has fewer votes than the chosen one")
        for rank in range(LOSERS)
    )
    treatment = Treatment(text or title, second, of_show=medium is Medium.SHOW, language="en")
    path = f"{library}/{title} (2001)/{stem}.jpg"
    facts = {"chosen": chosen, "treatment": treatment, "considered": lost, "episodes": episodes}
    root = f"{title} (2001)"
    return Decision(path, kind, medium, library, root, title, title, season=season, **facts)
