"""What a folder of a show holds: its seasons and episodes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.poster.kinds import Kind
from app.poster.records.ids import Medium
from app.poster.records.library import Episode, EpisodeOrder, Item, Library, Season
from app.poster.sources.beside import episode_art, season_art, show_art
from app.poster.sources.comparison import comparable_name
from app.poster.sources.episode_names import ALONE, EpisodeName, episode_of_name, is_numbered
from app.poster.sources.folder_names import SEASON_WORD, season_of_folder, title_of_name
from app.poster.sources.guesses import NameGuesses
from app.poster.sources.media_folder import MediaFolder
from app.poster.sources.nfo import Nfo, read_nfo
from app.poster.sources.own_folder import OwnFolder
from app.poster.sources.resolution import level_in_text
from app.poster.sources.source import Note
from app.poster.sources.written_ids import distinct, ids_in_name

ORDERS = {"dvd": EpisodeOrder.DVD, "absolute": EpisodeOrder.ABSOLUTE}
# "Alien 1" and "Alien 2" may be films; "Show - 01" and "Episode 1" are not.
SURE_NUMBERS = ALONE[:3]
NAMED_SEASON = re.compile(rf"(?:{SEASON_WORD})\s", re.IGNORECASE)
LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
NO_FACTS = Nfo(Medium.SHOW)


@dataclass(frozen=True, slots=True)
class EpisodeFile:
    """A video below a show's folder, and the facts in its name and NFO."""

    folder: MediaFolder
    video: str
    season_folder: MediaFolder | None
    named: EpisodeName
    facts: tuple[Nfo, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowPlace:
    """Where a show was found; `key` is its path below the media folder."""

    library: Library
    folder: MediaFolder
    own: OwnFolder
    key: str
    media: Path


def seems_show(folder: MediaFolder) -> bool:
    """Whether the names in the folder are those of a show: numbered episodes, or a tvshow.nfo."""
    if "tvshow" in folder.texts or any(is_numbered(Path(video).stem) for video in folder.videos):
        return True
    stems = [Path(video).stem for video in folder.videos]
    if len(stems) < 2 or any(title_of_name(stem).year for stem in stems):
        return False
    return all(any(pattern.search(stem) for pattern in SURE_NUMBERS) for stem in stems)


def show_item(place: ShowPlace, files: Sequence[EpisodeFile], kinds: frozenset[Kind]) -> Item:
    facts = show_facts(place.folder)
    named = title_of_name(place.folder.name)
    wants_seasons = kinds & {Kind.SEASON, Kind.TITLE_CARD}
    return Item(
        library=place.library,
        key=place.key,
        medium=Medium.SHOW,
        title=facts.title or named.title,
        original_title=facts.original_title,
        year=named.year or facts.year,
        ids=distinct((*ids_in_name(place.folder.name, Medium.SHOW), *facts.ids)),
        path=str(place.folder.path),
        root_folder=place.own.root_folder,
        extra_folder=place.own.extra_folder,
        labels=facts.tags,
        order=episode_order(facts, files),
        art=show_art(place.folder),
        seasons=tuple(seasons_of(place, files, kinds)) if wants_seasons else (),
    )


def show_facts(folder: MediaFolder) -> Nfo:
    """The facts of tvshow.nfo."""
    name = folder.texts.get("tvshow")
    return next(iter(read_nfo(folder.path / name, Medium.SHOW)), NO_FACTS) if name else NO_FACTS


def episode_order(facts: Nfo, files: Sequence[EpisodeFile]) -> EpisodeOrder:
    """The order that the NFO names; absolute where neither names nor folders contain a season."""
    if facts.order.lower() in ORDERS:
        return ORDERS[facts.order.lower()]
    tells_season = any(file.named.season is not None for file in files)
    return EpisodeOrder.UNKNOWN if tells_season or not files else EpisodeOrder.ABSOLUTE


def seasons_of(place: ShowPlace, files: Sequence[EpisodeFile], kinds: frozenset[Kind]) -> Iterator[Season]:
    by_number: dict[int, list[EpisodeFile]] = {}
    for file in files:
        by_number.setdefault(season_number_of(file), []).append(file)
    for number, members in sorted(by_number.items()):
        folder = next((file.season_folder for file in members if file.season_folder), None)
        episodes = local_episodes(place, number, members) if Kind.TITLE_CARD in kinds else ()
        yield Season(
            key=f"{place.key}/Season{number:02}",
            number=number,
            name=local_season_name(number, folder),
            episodes=tuple(episodes),
            art=season_art(place.folder, folder, number),
        )


def season_number_of(file: EpisodeFile) -> int:
    return 1 if file.named.season is None else file.named.season


def local_season_name(number: int, folder: MediaFolder | None) -> str:
    """ "Staffel 2" of the folder "Staffel 02"; else "Specials" or "Season 2"."""
    if folder and NAMED_SEASON.match(folder.name):
        return LEADING_ZEROS.sub("", folder.name)
    return f"Season {number}" if number else "Specials"


def local_episodes(place: ShowPlace, season: int, files: Sequence[EpisodeFile]) -> Iterator[Episode]:
    """The episodes in the order of their numbers, each number once: other files of it are versions."""
    seen: set[int] = set()
    for file in sorted(files, key=lambda file: file.named.numbers):
        if file.named.numbers[0] not in seen:
            seen.add(file.named.numbers[0])
            yield local_episode(place, season, file)


def local_episode(place: ShowPlace, season: int, file: EpisodeFile) -> Episode:
    path, stem = file.folder.path / file.video, Path(file.video).stem
    titles = tuple(entry.title for entry in file.facts if entry.title) or (file.named.title,)
    return Episode(
        key=path.relative_to(place.media).as_posix(),
        season=season,
        numbers=file.named.numbers,
        titles=tuple(filter(None, titles)),
        ids=file.facts[0].ids if file.facts else (),
        path=str(path),
        resolution=level_in_text(stem),
        watched=file.facts[0].watched if file.facts else None,
        art=episode_art(file.folder, stem),
        aired=file.named.aired,
    )


class EpisodeReader:
    """Reads the names of videos; `note` takes a sentence for each without an episode number."""

    def __init__(self, guesses: NameGuesses, note: Note):
        self._guesses = guesses
        self._note = note

    def read(self, folder: MediaFolder, season_folder: MediaFolder | None) -> Iterator[EpisodeFile]:
        """The episodes directly in `folder`."""
        number = season_of_folder(season_folder.name) if season_folder else None
        for video in folder.videos:
            stem = Path(video).stem
            text = folder.texts.get(comparable_name(stem))
            facts = read_nfo(folder.path / text, Medium.EPISODE) if text else ()
            named = self._named(stem, number, facts)
            if named:
                yield EpisodeFile(folder, video, season_folder, named, facts)
            else:
                self._note(f"{folder.path / video} has no episode number in its name; no title card is made")

    def _named(self, stem: str, number: int | None, facts: tuple[Nfo, ...]) -> EpisodeName | None:
        """The NFO's numbers count where the name has none but a date, or nothing at all."""
        named = episode_of_name(stem, number)
        stated = nfo_numbers(facts)
        if stated and (named is None or named.aired):
            return replace(named or stated, season=stated.season, numbers=stated.numbers, aired=None)
        guessed = named or self._guesses.episode(stem)
        return replace(guessed, season=number) if guessed and guessed.season is None else guessed


def nfo_numbers(facts: tuple[Nfo, ...]) -> EpisodeName | None:
    numbers = tuple(sorted({entry.episode for entry in facts if entry.episode is not None}))
    season = next((entry.season for entry in facts if entry.season is not None), None)
    return EpisodeName(season, numbers) if numbers else None
