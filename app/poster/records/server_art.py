"""What a media server shows of an item, and where."""

from dataclasses import dataclass
from enum import Enum

from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner


class Slot(Enum):
    """A kind of picture as media servers name it; the value is the word in the journal.

    Plex has one list of pictures for each slot and shows the selected one. Jellyfin and Emby have one picture
    for POSTER (Primary), THUMB (Thumb) and LOGO (Logo), and a numbered pile for BACKGROUND (Backdrop), of
    which they show number 0.
    """

    POSTER = "poster"
    BACKGROUND = "background"
    THUMB = "thumb"
    SQUARE = "square"
    LOGO = "logo"


@dataclass(frozen=True, slots=True)
class Place:
    """One place for a picture on a media server; `item_key` names the film, show, season or episode."""

    server: SourceName
    item_key: str
    slot: Slot


@dataclass(frozen=True, slots=True)
class Shown:
    """What a server shows at a place at one moment; `art_id` is "" where it shows nothing.

    `art_id` names the picture on the server: on Plex the ratingKey of the selected entry
    ("upload://posters/ab", "metadata://posters/cd"), on Jellyfin and Emby its image tag. `validator` is what
    a listing (`SourceArt.validator`) has for the same picture, so that an unchanged one is not fetched again.
    `sha256` and `size` are those of the original bytes, "" and 0 where they were not fetched. `owner` is
    what the server and the picture's bytes alone say. `labels` are the item's labels or tags. `pile` has the
    art ids of all numbered pictures of the slot in their order, where the server has several. `is_locked`
    says that a person has locked this picture (Plex) or the whole item (Jellyfin, Emby).
    """

    art_id: str = ""
    validator: str = ""
    sha256: str = ""
    size: int = 0
    owner: Owner = Owner.NOBODY
    labels: tuple[str, ...] = ()
    pile: tuple[str, ...] = ()
    is_locked: bool = False


class UploadState(Enum):
    """What became of a picture on its way to the server; the value is the word in records and answers.

    WAITING goes up with the next run without being drawn again. RE_ENCODED means that the server shows our
    picture in other bytes, whose digest is kept. OVERWRITTEN means that the server shows another picture by
    now, KEPT that it shows one that is not ours and is therefore left. TAKEN_BACK means that an undo had the
    server show again what was there before ours.
    """

    APPLIED = "applied"
    RE_ENCODED = "re_encoded"
    WAITING = "waiting"
    REFUSED = "refused"
    OVERWRITTEN = "overwritten"
    KEPT = "kept"
    TAKEN_BACK = "taken_back"
