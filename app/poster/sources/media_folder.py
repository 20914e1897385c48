"""One folder of media: its videos, its sub-folders, and the files beside them."""

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from app.poster.sources.comparison import comparable_name

VIDEO_WORDS = (
    ".3g2 .3gp .asf .avi .divx .dvr-ms .f4v .flv .hevc .img .iso .m2t .m2ts .m2v .m4v .mk3d .mkv "
    ".mov .mp4 .mpe .mpeg .mpg .mts .nrg .nuv .ogm .ogv .qt .rec .rm .rmvb .strm .tp .ts .vob .webm "
    ".wmv .wtv .xvid"
)
EXTRAS_WORDS = (
    "behind the scenes;deleted scenes;featurettes;featurette;interviews;interview;scenes;shorts;"
    "trailers;trailer;other;others;extras;extra;clips;samples;sample;bonus;theme-music;backdrops;"
    "extrafanart;extrathumbs;extraposter;subs;subtitles;metadata;proof;screens;screenshots"
)
VIDEO_SUFFIXES = frozenset(VIDEO_WORDS.split())
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tbn")
IGNORE_FILES = (".ignore", ".nomedia")
LONGEST_IGNORE_FILE = 64 * 1024
SYSTEM_FOLDERS = frozenset(
    (
        "@eadir",
        "#recycle",
        "#snapshot",
        "$recycle.bin",
        "lost+found",
        "system volume information",
        "plex versions",
    )
)
EXTRAS_FOLDERS = frozenset(EXTRAS_WORDS.split(";"))
# The mark is attached to the name: "Show - S01E05 - The Interview" is an episode.
EXTRA_FILE = re.compile(
    r"(?:.*[-._])?(?:trailer\d?|sample)"
    r"|.*-(?:behindthescenes|deleted(?:scene)?|featurette|interview|scene|short|clip|other|extra|bonus)",
    re.IGNORECASE,
)
SAMPLE_FIRST = re.compile(r"sample[-_].*", re.IGNORECASE)
DISC_FOLDERS = frozenset(("video_ts", "bdmv", "hvdvd_ts"))


@dataclass(frozen=True, slots=True)
class MediaFolder:
    """What counts of a folder, each in a stable order.

    `pictures` are the names of pictures by their folded stem, `texts` those of NFO files likewise. `identity`
    is device and inode, so that a link back to a folder that was seen already is recognised.
    """

    path: Path
    folders: tuple[str, ...] = ()
    videos: tuple[str, ...] = ()
    pictures: dict[str, tuple[str, ...]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    has_disc: bool = False
    identity: tuple[int, int] = (0, 0)

    @property
    def name(self) -> str:
        return self.path.name


def read_media_folder(path: Path) -> MediaFolder:
    """The folder without hidden entries, extras, samples and broken links; OSError where it cannot be read.

    A folder with an empty `.ignore` or `.nomedia` has nothing; lines in it are patterns of names.
    """
    with os.scandir(path) as entries:
        found = sorted(entries, key=lambda entry: (comparable_name(entry.name), entry.name))
    patterns = ignored_names(path, found)
    kept = [entry for entry in found if not is_left_out(entry.name, patterns)]
    folders = tuple(entry.name for entry in kept if is_kind(entry, stat.S_ISDIR))
    files = [entry.name for entry in kept if is_kind(entry, stat.S_ISREG)]
    status = path.stat()
    return MediaFolder(
        path,
        folders=tuple(name for name in folders if comparable_name(name) not in DISC_FOLDERS),
        videos=tuple(name for name in files if is_video(name)),
        pictures=pictures_by_stem(files),
        texts={comparable_name(Path(name).stem): name for name in files if name.lower().endswith(".nfo")},
        has_disc=any(comparable_name(name) in DISC_FOLDERS for name in folders),
        identity=(status.st_dev, status.st_ino),
    )


def ignored_names(path: Path, entries: Iterable[os.DirEntry]) -> tuple[str, ...]:
    """The patterns of names that are left out, ("*",) for all."""
    patterns: list[str] = []
    for name in (entry.name for entry in entries if entry.name in IGNORE_FILES):
        with (path / name).open(encoding="utf-8", errors="replace") as file:
            lines = [line.strip() for line in file.read(LONGEST_IGNORE_FILE).splitlines()]
        patterns.extend([line.strip("/") for line in lines if line and not line.startswith("#")] or ["*"])
    return tuple(patterns)


def is_left_out(name: str, patterns: tuple[str, ...]) -> bool:
    is_system = name.startswith(".") or comparable_name(name) in SYSTEM_FOLDERS
    return is_system or any(fnmatch(comparable_name(name), comparable_name(pattern)) for pattern in patterns)


def is_kind(entry: os.DirEntry, fits) -> bool:
    """Whether the entry, or what its link leads to, is of that kind; broken links are of none."""
    try:
        return fits(entry.stat().st_mode)
    except OSError:
        return False


def is_video(name: str) -> bool:
    path = Path(name)
    if path.suffix.lower() not in VIDEO_SUFFIXES:
        return False
    return not (EXTRA_FILE.fullmatch(path.stem) or SAMPLE_FIRST.fullmatch(path.stem))


def is_extras_folder(name: str) -> bool:
    """Whether a folder of that name beside a film's video or in a show's folder holds no items."""
    return comparable_name(name) in EXTRAS_FOLDERS


def pictures_by_stem(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    by_stem: dict[str, list[str]] = {}
    for name in names:
        if Path(name).suffix.lower() in PICTURE_SUFFIXES:
            by_stem.setdefault(comparable_name(Path(name).stem), []).append(name)
    return {stem: tuple(sorted(same, key=suffix_rank)) for stem, same in by_stem.items()}


def suffix_rank(name: str) -> int:
    return PICTURE_SUFFIXES.index(Path(name).suffix.lower())
