"""The columns of image choices: in the table, in the script's file, and in the API."""

from hashlib import blake2b

from app.core.exports.sheets import CsvSheet, searchable
from app.models import ChoiceState, ImageChoice

TABLE = ImageChoice.__table__
STATE = ChoiceState.__table__

KEY = ("title", "rootfolder", "type", "library_name")
SEARCHED = ("title", "rootfolder", "library_name")
NAMES = {
    "title": "Title",
    "type": "Type",
    "rootfolder": "Rootfolder",
    "library_name": "LibraryName",
    "language": "Language",
    "fallback": "Fallback",
    "text_truncated": "TextTruncated",
    "download_source": "DownloadSource",
    "fav_provider_link": "FavProviderLink",
    "manual": "Manual",
    "tmdbid": "tmdbid",
    "tvdbid": "tvdbid",
    "imdbid": "imdbid",
}
# "Download Source" in the file is the same as "DownloadSource": blanks do not count there.
SHEET = CsvSheet(
    file="ImageChoices.csv",
    columns=NAMES,
    required=("title",),
    identity=("title",),
)
FLAGS = ("true", "false")


def cleaned(values: dict[str, str]) -> dict[str, str]:
    """The values as they are stored: flags in lower case, free text unchanged."""
    return {name: text if name in KEY else plain_value(text) for name, text in values.items()}


def plain_value(text: str) -> str:
    stripped = text.strip()
    small = stripped.lower()
    return small if small in FLAGS else stripped


def derived(key: dict[str, str]) -> dict[str, str]:
    """The columns that are computed from the four that identify a choice."""
    parts = "\0".join(key[name] for name in KEY)
    identity = blake2b(parts.encode(), digest_size=16).hexdigest()
    return {"identity": identity, "searched": searchable("\n".join(key[name] for name in SEARCHED))}
