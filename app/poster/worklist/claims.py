"""One owner for the files of each folder, the same in every run."""

from enum import Enum
from unicodedata import normalize


class Claim(Enum):
    """What an item's claim on a folder came to."""

    OWNED = "owned"
    SHARED = "shared"
    OPEN = "open"


class Claims:
    """Remembers which item owns which folder of the asset folder in this run.

    The first item that claims a folder owns it, unless an earlier run gave it to another item: then the claim
    stays open until that item claims it too, or the library's listing is over.
    """

    def __init__(self):
        self._owners: dict[str, str] = {}

    def claim(self, folder: str, item_key: str, remembered: str = "") -> Claim:
        """`remembered` is the owner of an earlier run, "" for none. Names are compared Unicode-normalised."""
        place = normalize("NFC", folder)
        owner = self._owners.get(place)
        if owner is not None:
            return Claim.OWNED if owner == item_key else Claim.SHARED
        if remembered and remembered != item_key:
            return Claim.OPEN
        self._owners[place] = item_key
        return Claim.OWNED
