"""Pictures that need no search: manual files, templates, the source's own art, and posters of words alone."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.poster.drawing.marks import carries_mark
from app.poster.folders import Folders
from app.poster.kinds import Kind
from app.poster.providers.provider import Provider
from app.poster.records.candidate import (
    Candidate,
    CandidateRefused,
    FetchedPicture,
    ProviderAnswer,
    ProviderName,
    Question,
    Typography,
)
from app.poster.records.library import SourceArt, SourceName
from app.poster.records.wanted import WantedAsset
from app.poster.settings import Settings
from app.poster.sources.source import Source
from app.poster.text.label_words import card_label
from app.poster.text.wording import read_label_words

EXTENSIONS = (".jpg", ".jpeg", ".png", ".bmp", ".webp")
TEMPLATES = {Kind.SEASON: "SeasonTemplate", Kind.TITLE_CARD: "EpisodeTemplate"}
# One template serves all collections of a library, or all where files lie flat.
COLLECTION_TEMPLATE = "CollectionTemplate"


def own_providers(source: Source, folders: Folders, settings: Settings) -> dict[ProviderName, Provider]:
    """The providers that are always there, by name."""
    art_name = ProviderName.BESIDE if source.name is SourceName.FOLDER else ProviderName.SERVER
    refuse_marked = not settings.flag("PrerequisitePart", "DisableHashValidation")
    providers = (
        OwnFiles(ProviderName.MANUAL, folders.manual_assets),
        OwnFiles(ProviderName.TEMPLATE, folders.manual_assets),
        SourceArtwork(art_name, source, refuse_marked),
        TypographicPosters(settings),
    )
    return {provider.name: provider for provider in providers}


@dataclass(frozen=True)
class OwnFiles:
    """Manual files below `folder`, laid out like the asset folder; or templates for seasons and episodes."""

    name: ProviderName
    folder: Path

    def check(self) -> str:
        return ""

    def ask(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        stem = self._stem(wanted)
        found = named_files(stem) if stem else []
        return ProviderAnswer(question, tuple(self._candidate(path, wanted.kind) for path in found))

    def fetch(self, candidate: Candidate) -> FetchedPicture:
        return FetchedPicture(Path(candidate.address), candidate.validator)

    def close(self) -> None:
        """Nothing is held open."""

    def _stem(self, wanted: WantedAsset) -> Path | None:
        """The file's path without its extension, None where the kind has no template."""
        own = self.folder / wanted.path.removesuffix(".jpg")
        if self.name is ProviderName.MANUAL:
            return own
        if wanted.kind is Kind.COLLECTION:
            return self.folder.joinpath(*wanted.path.split("/")[:-1][:2], COLLECTION_TEMPLATE)
        template = TEMPLATES.get(wanted.kind)
        head, flat, _ = own.name.rpartition("_")
        return own.with_name(f"{head}{flat}{template}") if template else None

    def _candidate(self, path: Path, kind: Kind) -> Candidate:
        facts = path.stat()
        return Candidate(self.name, kind, str(path), validator=f"{facts.st_size}:{facts.st_mtime_ns}")


def named_files(stem: Path) -> list[Path]:
    """The picture files of that name in the order of EXTENSIONS, in upper or lower case."""
    if not stem.parent.is_dir():
        return []
    found = [path for path in stem.parent.iterdir() if path.stem == stem.name and path.is_file()]
    known = [path for path in found if path.suffix.lower() in EXTENSIONS]
    return sorted(known, key=lambda path: EXTENSIONS.index(path.suffix.lower()))


@dataclass(frozen=True)
class SourceArtwork:
    """What the media server shows, or what lies beside the media; never a picture that was made here."""

    name: ProviderName
    source: Source
    refuse_marked: bool

    def check(self) -> str:
        return ""

    def ask(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        listed = [art for art in owned_art(wanted, question.kind) if art.kind is question.kind]
        return ProviderAnswer(question, tuple(self._candidate(rank, art) for rank, art in enumerate(listed)))

    def fetch(self, candidate: Candidate) -> FetchedPicture:
        art = SourceArt(candidate.kind, candidate.address, candidate.validator)
        content = self.source.read_art(art)
        if self.refuse_marked and carries_mark(content):
            raise CandidateRefused("it was made by this script")
        return FetchedPicture(content, candidate.validator)

    def close(self) -> None:
        """The source is closed by the caller that opened it."""

    def _candidate(self, rank: int, art: SourceArt) -> Candidate:
        size = {"width": art.width, "height": art.height}
        return Candidate(self.name, art.kind, art.where, rank=rank, validator=art.validator, **size)


def owned_art(wanted: WantedAsset, kind: Kind) -> tuple[SourceArt, ...]:
    """The pictures of the season or episode for its own kind, else those of the film or show."""
    if kind is Kind.SEASON and wanted.season:
        return wanted.season.art
    if kind is Kind.TITLE_CARD and wanted.episode:
        return wanted.episode.art
    return wanted.item.art


@dataclass(frozen=True)
class TypographicPosters:
    """One candidate for every asset: its title, and what distinguishes it from others of that title."""

    settings: Settings
    name: ProviderName = ProviderName.TYPOGRAPHIC

    def check(self) -> str:
        return ""

    def ask(self, wanted: WantedAsset, question: Question) -> ProviderAnswer:
        words = Typography(
            drawn_title(wanted),
            self._second(wanted),
            family=wanted.item.title,
            figure=figure_of(wanted),
            language=wanted.item.library.language,
        )
        content = msgspec.json.encode(words).decode()
        candidate = Candidate(self.name, wanted.kind, "typographic", validator=content)
        return ProviderAnswer(question, (candidate,))

    def fetch(self, candidate: Candidate) -> FetchedPicture:
        words = msgspec.json.decode(candidate.validator, type=Typography)
        return FetchedPicture(words, candidate.validator)

    def close(self) -> None:
        """Nothing is held open."""

    def _second(self, wanted: WantedAsset) -> str:
        if wanted.episode:
            words = read_label_words(self.settings, wanted.item.library.language)
            return card_label(words, wanted.episode.season, wanted.episode.numbers)
        if wanted.season:
            return wanted.season.name
        return str(wanted.item.year) if wanted.item.year else ""


def drawn_title(wanted: WantedAsset) -> str:
    """The episode's title on its card, the show's or film's on everything else."""
    titles = wanted.episode.titles if wanted.episode else ()
    return " / ".join(title for title in titles if title.strip()) or wanted.item.title


def figure_of(wanted: WantedAsset) -> str:
    """The number of the episode or season; empty for specials and for everything else."""
    number = wanted.episode.numbers[0] if wanted.episode else wanted.season.number if wanted.season else 0
    return str(number or "")
