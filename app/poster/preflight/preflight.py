"""The preflight: lists the library, draws its hardest titles, and says what will not fit."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from app.poster.applying.draw_order import DrawOrder
from app.poster.applying.draw_pool import DrawPool, cores
from app.poster.drawing.design import Drawing
from app.poster.drawing.designs import StyleBook
from app.poster.drawing.samples import sample_picture
from app.poster.kinds import Kind
from app.poster.modes.job import Job
from app.poster.pipeline.engine import configured, configured_source
from app.poster.preflight.hardest import Hardest, HardTitle, titles_of
from app.poster.preflight.sheet import SheetTile, contact_sheet
from app.poster.publish import write_whole
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.settings import Settings
from app.poster.worklist.wanted import read_work_rules

FOLDER = "preflight"
SCENE = {Kind.POSTER: "poster", Kind.SEASON: "SeasonPoster", Kind.BACKGROUND: "background"}
BAD_CHANGES = '-Changed needs a JSON object of sections, such as {"PosterOverlayPart": {"AddBorder": "true"}}'


@dataclass(frozen=True)
class NamedStyles:
    """One set of settings: its name for captions, and the styles that follow from it."""

    name: str
    styles: StyleBook


def make_preflight(job: Job) -> None:
    """Write sheet.jpg and titles.json into the engine's folder preflight; nothing else is changed."""
    looks = looks_of(job)
    hardest = listed_titles(job)
    chosen = sorted(hardest.chosen(), key=lambda title: title.kind in (Kind.BACKGROUND, Kind.TITLE_CARD))
    if not chosen:
        raise HandledExit(ExitCode.FAILED, "The libraries hold no title that a picture would carry")
    job.log.info("The hardest %d of %d titles are drawn", len(chosen), hardest.titles)
    pairs = [(title, look) for title in chosen for look in looks]
    rows = [
        row_of(title, look, drawing) for (title, look), drawing in zip(pairs, drawn_pairs(pairs), strict=True)
    ]
    tiles = [SheetTile(row["jpeg"], caption(row, len(looks)), loss_words(row)) for row in rows]
    heading = f"The {len(chosen)} hardest of {hardest.titles} titles"
    folder = job.folders.engine / FOLDER
    write_whole(folder / "sheet.jpg", contact_sheet(tiles, heading))
    write_whole(folder / "titles.json", document(hardest.titles, rows))
    report_misfits(job, rows)


def looks_of(job: Job) -> list[NamedStyles]:
    """The present settings, and the changed ones where they are asked for."""
    present = NamedStyles("now", job.styles)
    text = job.order.value("Changed")
    if not text:
        return [present]
    changed = changed_settings(job.settings, text)
    return [present, NamedStyles("changed", StyleBook(changed, job.folders.overlays))]


def changed_settings(settings: Settings, text: str) -> Settings:
    try:
        changes = json.loads(text)
    except (ValueError, RecursionError):
        changes = None
    if not isinstance(changes, dict) or not all(isinstance(values, dict) for values in changes.values()):
        raise HandledExit(ExitCode.BAD_ARGUMENTS, BAD_CHANGES)
    return settings.over(changes)


def listed_titles(job: Job) -> Hardest:
    """The hardest titles of all libraries of the source."""
    hardest, kinds = Hardest(), read_work_rules(job.settings).kinds
    with configured(), closing(configured_source(job)) as source:
        for library in source.libraries():
            job.log.info("Listing library %s", library.name)
            for item in source.items(library, kinds):
                hardest.add(titles_of(item, kinds))
    return hardest


def drawn_pairs(pairs: list[tuple[HardTitle, NamedStyles]]) -> list[Drawing]:
    with closing(DrawPool(cores())) as pool, ThreadPoolExecutor(pool.callers) as threads:
        return list(threads.map(pool.draw, [title_order(title, look) for title, look in pairs]))


def title_order(title: HardTitle, look: NamedStyles) -> DrawOrder:
    style = look.styles.style(title.kind, of_show=title.of_show)
    design = style.design(title.title, title.second, title.language)
    content = io.BytesIO()
    sample_picture(SCENE.get(title.kind, "TitleCard"), design.size).save(content, "JPEG", quality=90)
    return DrawOrder(content.getvalue(), design)


def row_of(title: HardTitle, look: NamedStyles, drawing: Drawing) -> dict[str, Any]:
    """What titles.json says of one picture, and its JPEG."""
    return {
        "kind": title.kind.value,
        "title": title.title,
        "second": title.second,
        "library": title.library,
        "why": title.why,
        "settings": look.name,
        "lines": [list(text.lines) for text in drawing.texts],
        "sizes": list(drawing.point_sizes),
        "truncated": drawing.truncated,
        "missing": list(drawing.missing),
        "jpeg": drawing.jpeg,
    }


def loss_words(row: dict[str, Any]) -> str:
    """What of the text is lost, "" where all of it is there."""
    missing = " ".join(map(code_point, row["missing"]))
    parts = ("does not fit" if row["truncated"] else "", f"no font has {missing}" if missing else "")
    return ", ".join(filter(None, parts))


def code_point(character: str) -> str:
    return f"U+{ord(character[0]):04X}"


def caption(row: dict[str, Any], looks: int) -> str:
    return f"{row['settings']}: {row['why']}" if looks > 1 else row["why"]


def document(titles: int, rows: list[dict[str, Any]]) -> bytes:
    """JSON: how many titles there are, and a row for each picture in the order of the sheet."""
    shown = [{name: value for name, value in row.items() if name != "jpeg"} for row in rows]
    return json.dumps({"titles": titles, "pictures": shown}, ensure_ascii=False, indent=1).encode(
        "utf-8", "backslashreplace"
    )


def report_misfits(job: Job, rows: list[dict[str, Any]]) -> None:
    """Log what will not fit, and count the pictures."""
    for row in rows:
        job.tally.made[Kind(row["kind"])] += 1
        if loss := loss_words(row):
            job.log.warning("%s (%s, %s): %s", row["title"], row["kind"], row["settings"], loss)
