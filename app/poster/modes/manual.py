"""Manual mode: one asset from a picture that the user names."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.poster.drawing.design import Design, Drawing, PictureError
from app.poster.drawing.draw import draw
from app.poster.editing.document import Edit, EditAction, is_path
from app.poster.editing.edits import Editor
from app.poster.folders import Folders, is_asset
from app.poster.kinds import Kind
from app.poster.modes.job import Job
from app.poster.modes.pictures import PictureUnavailable, is_url, load_picture, without_secrets
from app.poster.names import Asset, BadName, asset_path, episode_number, season_number
from app.poster.publish import write_whole
from app.poster.script.arguments import Order
from app.poster.script.choices import make_row, word
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.settings import Settings
from app.poster.text.label_words import card_label
from app.poster.text.wording import read_label_words
from app.poster.undoing.bench import open_bench

KIND_SWITCHES = {
    "SeasonPoster": Kind.SEASON,
    "CollectionCard": Kind.COLLECTION,
    "BackgroundCard": Kind.BACKGROUND,
    "TitleCard": Kind.TITLE_CARD,
}
ALWAYS_NEEDED = ("PicturePath", "FolderName", "LibraryName")
ALSO_NEEDED = {
    Kind.SEASON: ("SeasonPosterName",),
    Kind.TITLE_CARD: ("SeasonPosterName", "EpisodeNumber"),
}
TARGETS = (".jpg", ".jpeg")
ROW_TYPES = {Kind.SEASON: "Season", Kind.COLLECTION: "Collection", Kind.TITLE_CARD: "Episode"}


@dataclass(frozen=True)
class Request:
    """The requested picture; `medium` is Movie, Show, or "" where it was not given."""

    asset: Asset
    picture: str
    title: str
    season_text: str
    medium: str

    @property
    def row_type(self) -> str:
        if self.asset.kind is Kind.BACKGROUND:
            return f"{self.medium} Background".strip()
        return ROW_TYPES.get(self.asset.kind) or self.medium or "Poster"

    @property
    def row_title(self) -> str:
        name = self.title or self.asset.folder
        if self.asset.kind is Kind.SEASON:
            return f"{name} | Season {self.asset.season}"
        if self.asset.kind is Kind.TITLE_CARD:
            return f"S{self.asset.season:02}E{self.asset.episode:02} | {name}"
        return name


def make_manual(job: Job) -> None:
    """Draw the asset and put it in its place; the CSV row says what became of it."""
    request = read_request(job.order)
    target = target_of(request, job)
    job.log.info("Drawing 1 of 1: %s %s", request.asset.kind.value, request.row_title)
    try:
        picture = load_picture(request.picture, job.folders.data)
        drawing = draw(picture, manual_design(request, job))
    except (PictureUnavailable, PictureError) as error:
        job.fail(str(error))
        job.choices.add(manual_row(request))
        return
    if trouble := drawing.loss or put_drawn(job, target, drawing.jpeg):
        job.fail(f"{request.asset.kind.value} {request.row_title}: not saved, {trouble}")
        job.choices.add(manual_row(request))
        return
    keep_account(job, request, target, drawing)
    remove_source(request.picture, job.folders)


def put_drawn(job: Job, target: Path, jpeg: bytes) -> str:
    """Put the picture in its place as a person's own; why it is not there, "" where it is.

    The journal has what it replaced, so that an undo takes it back, and no run replaces it until a person
    releases it. OSError where the disk refuses.
    """
    drawn = job.folders.temp / f"manual-{os.getpid()}.jpg"
    path = target.relative_to(job.folders.assets).as_posix()
    try:
        write_whole(drawn, jpeg)
        with open_bench(job) as bench:
            editor = Editor(bench.journal, bench.files, bench.files.locks, bench.threads, bench.run)
            report = editor.take([Edit(EditAction.PUT, path, str(drawn))])
    finally:
        drawn.unlink(missing_ok=True)
    for error in report.errors:
        if isinstance(error, OSError):
            raise error
        return str(error)
    return ""


def read_request(order: Order) -> Request:
    """The request of the command line; HandledExit when something that is needed is blank or wrong."""
    kind = kind_of(order)
    needed = (*ALWAYS_NEEDED, *ALSO_NEEDED.get(kind, ()))
    if missing := [f"-{name}" for name in needed if not order.value(name)]:
        reason = f"Manual mode needs {', '.join(missing)} with a value for a {kind.value}"
        raise HandledExit(ExitCode.BAD_ARGUMENTS, reason)
    try:
        asset = asset_of(order, kind)
    except BadName as error:
        raise HandledExit(ExitCode.BAD_ARGUMENTS, str(error)) from None
    title = order.value("EPTitleName" if kind is Kind.TITLE_CARD else "Titletext")
    return Request(asset, order.value("PicturePath"), title, season_text(order), medium_of(order))


def kind_of(order: Order) -> Kind:
    chosen = [switch for switch in KIND_SWITCHES if switch in order.switches]
    if len(chosen) > 1:
        raise HandledExit(ExitCode.BAD_ARGUMENTS, f"-{' and -'.join(chosen)} exclude each other")
    return KIND_SWITCHES[chosen[0]] if chosen else Kind.POSTER


def asset_of(order: Order, kind: Kind) -> Asset:
    season = manual_season_name(order) if kind in ALSO_NEEDED else None
    return Asset(
        kind,
        order.value("LibraryName"),
        order.value("FolderName"),
        season=None if season is None else season_number(season),
        episode=episode_number(order.value("EpisodeNumber")) if kind is Kind.TITLE_CARD else None,
    )


def manual_season_name(order: Order) -> str:
    """The part with the number: all, or what follows the bar of "Text | Season 1"."""
    return order.value("SeasonPosterName").rpartition("|")[2].strip()


def season_text(order: Order) -> str:
    """The part that is drawn: what precedes the bar, else all."""
    text, bar, name = order.value("SeasonPosterName").rpartition("|")
    return text.strip() if bar else name


def medium_of(order: Order) -> str:
    media = {"MoviePosterCard": "Movie", "ShowPosterCard": "Show"}
    return next((medium for switch, medium in media.items() if switch in order.switches), "")


def target_of(request: Request, job: Job) -> Path:
    if named := job.order.value("Target"):
        return named_target(named, job.folders)
    by_library = job.settings.flag("PrerequisitePart", "LibraryFolders")
    follow_links = job.settings.flag("PrerequisitePart", "FollowSymlink")
    try:
        return asset_path(job.folders.assets, request.asset, by_library, follow_links)
    except BadName as error:
        raise HandledExit(ExitCode.BAD_ARGUMENTS, str(error)) from None


def named_target(path: str, folders: Folders) -> Path:
    """The file of that path; HandledExit for what is no path of a picture below the asset folder."""
    if not (is_path(path) and is_asset(path) and path.lower().endswith(TARGETS)):
        reason = f"-Target {path!r:.200} is no path below the asset folder that ends in .jpg"
        raise HandledExit(ExitCode.BAD_ARGUMENTS, reason)
    return folders.assets / path


def manual_design(request: Request, job: Job) -> Design:
    kind = request.asset.kind
    style = job.styles.style(kind, of_show=request.medium == "Show")
    job.note_settings()
    if kind is Kind.SEASON:
        return style.design(request.season_text, request.title)
    if not request.title:
        return style.plain
    return style.design(request.title, manual_second_text(request.asset, job.settings))


def manual_second_text(asset: Asset, settings: Settings) -> str:
    if asset.kind is Kind.TITLE_CARD:
        return card_label(read_label_words(settings), asset.season, (asset.episode,))
    if asset.kind is Kind.COLLECTION:
        return settings.text("CollectionTitlePosterPart", "CollectionTitle")
    return ""


def manual_row(request: Request, drawing: Drawing | None = None) -> dict[str, str]:
    """The CSV row; without a drawing it lists the asset as missing."""
    return make_row(
        Title=request.row_title,
        Type=request.row_type,
        Rootfolder=request.asset.folder,
        LibraryName=request.asset.library,
        TextTruncated=word(bool(drawing and (drawing.truncated or drawing.missing))),
        Download_Source=without_secrets(request.picture) if drawing else word(False),
        Manual=word(bool(drawing)),
    )


def keep_account(job: Job, request: Request, target: Path, drawing: Drawing) -> None:
    row = manual_row(request, drawing)
    job.tally.made[request.asset.kind] += 1
    job.note(drawing.notes)
    if drawing.truncated:
        job.log.warning("The text is truncated to fit its box")
        job.tally.truncated.append(row)
    if drawing.missing:
        job.tally.missing_characters.append(row | {"Characters": "".join(drawing.missing)})
    job.log.info("Saved %s", target)
    job.choices.add(row)


def remove_source(picture: str, folders: Folders) -> None:
    """Delete the picture where it was only left for us.

    The script this one replaces moves every source away. A user who names a file of a photo collection or
    of the manual asset folder wants to keep it, so only files in the folders of uploads and of temporary
    files go, and only now that the asset is safely in its place.
    """
    if is_url(picture):
        return
    path = (folders.data / picture).resolve()
    if any(path.is_relative_to(folder.resolve()) for folder in (folders.uploads, folders.temp)):
        with suppress(OSError):
            path.unlink()
