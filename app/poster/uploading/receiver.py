"""What a media server that takes pictures offers to the run."""

from typing import Protocol

from app.poster.records.library import SourceName
from app.poster.records.server_art import Place, Shown


class UploadTrouble(Exception):
    """A call for one picture that failed after its retries; its text is one sentence that says what to do.

    `is_final` is True where the same call would fail again in this run (400, 401, 403, 404, 413, 415, 507).
    `stops` is True where no other picture of the run can be uploaded either: a refused key, a server that is
    gone. `is_gone` is True where the server does not know the item any more.
    """

    def __init__(self, sentence: str, is_final: bool = False, stops: bool = False, is_gone: bool = False):
        super().__init__(sentence)
        self.is_final = is_final
        self.stops = stops
        self.is_gone = is_gone


class TooLarge(UploadTrouble):
    """The server takes no picture of that size; `most` is the number of bytes that it takes, 0 if unknown."""

    def __init__(self, sentence: str, most: int = 0):
        super().__init__(sentence, is_final=True)
        self.most = most


class Receiver(Protocol):
    """One media server; calls come from several threads and raise UploadTrouble.

    `most_bytes` is the largest picture that the server is known to take, 0 for no known limit.
    """

    name: SourceName
    most_bytes: int

    def shown(self, place: Place) -> Shown:
        """What is shown there now, past every cache, without `sha256` and `size`."""

    def read(self, place: Place, shown: Shown) -> bytes:
        """The original bytes of the picture that is shown, at most 64 MiB; b"" where nothing is shown."""

    def put(self, place: Place, content: bytes, ours: str = "") -> Shown:
        """Upload the bytes and have them shown; what is shown then, without `sha256`.

        The call is made once: where it is not known whether it arrived, `shown` is asked before it is made
        again. In a pile the new picture becomes number 0, the rest keeps its order, and the picture
        with the art id `ours` is removed, so that the pile does not grow from run to run.
        """

    def select(self, place: Place, art_id: str) -> bool:
        """Show a picture that the server still has; False where it has it no more or cannot select."""

    def clear(self, place: Place, art_id: str) -> None:
        """Remove the picture with that art id from the place; the server shows what it has besides."""

    def reset(self, place: Place, uploaded: str) -> bool:
        """Show, unlocked, the first picture that the server offers and nobody uploaded.

        `uploaded` is the art id of what is shown. False where the server offers none; then nothing changes.
        """

    def arrange(self, place: Place, pile: tuple[str, ...]) -> None:
        """Bring the numbered pictures that are still there into that order, where there is a pile."""

    def set_label(self, item_key: str, label: str, present: bool) -> None:
        """Add exactly that label or take it away; nothing where it is so already."""

    def set_locked(self, place: Place, is_locked: bool) -> None:
        """Lock the picture or unlock it, where a server locks pictures (Plex), as `Shown.is_locked` was.

        Plex locks each picture that is uploaded or selected, so that its agent replaces it no more.
        """

    def close(self) -> None:
        """Give back connections."""
