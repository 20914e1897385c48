"""The numbered backdrops of one item on Jellyfin or Emby: which is number 0, and the order of the others.

The call that changes an index swaps two pictures on Jellyfin, and may move one elsewhere; between neighbours
that is the same, so only neighbours are exchanged. Whether tags move too depends on the server's disk.
"""

import contextlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.poster.uploading.calls import ServerCalls
from app.poster.uploading.jellyfin_images import Backdrop, backdrops
from app.poster.uploading.receiver import UploadTrouble
from app.poster.web.trouble import WebTrouble


@dataclass
class Sorting:
    """A pile on its way into another order.

    `seen` is the pile as it was listed last, `names` has for each place the index that its picture had first,
    `wanted` the names in the order to reach. `tried` is the place of the picture that was to change with the
    one before it, `answered` whether the server agreed to that.
    """

    seen: list[Backdrop]
    names: list[int]
    wanted: list[int]
    tried: int = 0
    answered: bool = False
    ignored: int = 0

    def next_place(self) -> int:
        """The place whose picture has to go one to the front, 0 where the order is reached."""
        while (place := self._first_wrong()) and self.seen[place] == self.seen[place - 1]:
            self._exchange(place)
        return place

    def note(self, listed: list[Backdrop]) -> None:
        """Take in the pile after a call; UploadTrouble where somebody else changed it too."""
        if without_place(listed, self.tried) != without_place(self.seen, self.tried) or len(listed) != len(
            self.seen
        ):
            raise UploadTrouble(
                "somebody else changes the backdrops of the item; the next run tries it again"
            )
        if listed == self.seen:
            self.ignored += self.answered
            return
        self.seen = listed
        self._exchange(self.tried)

    def tag_of(self, name: int) -> str:
        return self.seen[self.names.index(name)].tag

    def _first_wrong(self) -> int:
        wrong = (place for place, name in enumerate(self.names) if name != self.wanted[place])
        return next((self.names.index(self.wanted[place]) for place in wrong), 0)

    def _exchange(self, place: int) -> None:
        self.names[place - 1], self.names[place] = self.names[place], self.names[place - 1]


class Pile:
    """The backdrops of one item; `path` is that of its images."""

    def __init__(self, calls: ServerCalls, path: str):
        self._calls = calls
        self._path = path
        self._name = calls.server.name.value

    def listed(self) -> list[Backdrop]:
        return self._calls.ask(self._path, lambda content: backdrops(content, self._name))

    def put(self, content: bytes, ours: str, send: Callable[[Callable[[], bool]], None]) -> None:
        """Make the bytes number 0, and take `ours` away; bytes that are in the pile already are only moved.

        `send` uploads and is given the check whether that arrived.
        """
        listed = self.listed()
        index, is_new = self._index_of(listed, content), False
        if index is None:
            before = listed
            send(lambda: len(self.listed()) > len(before))
            listed = self.listed()
            index, is_new = new_index(before, listed), True
        if ours and ours != listed[index].tag and self.remove(ours):
            tag, listed, is_new = listed[index].tag, self.listed(), False
            index = place_in_pile(tag, listed)
        if index:
            self._show(listed, index, is_new)

    def bring_to_front(self, tag: str) -> bool:
        """False where the pile has no such picture."""
        listed = self.listed()
        index = place_in_pile(tag, listed)
        if index:
            self._show(listed, index)
        return index is not None

    def arrange(self, tags: Sequence[str]) -> None:
        """Bring the pictures with these tags into their order, at the places that they have together."""
        listed = self.listed()
        tags = [tag for tag in tags if tag in {one.tag for one in listed}]
        places = [place for place, one in enumerate(listed) if one.tag in tags]
        wanted = list(range(len(listed)))
        for place, own in zip(
            places, sorted(places, key=lambda place: tags.index(listed[place].tag)), strict=True
        ):
            wanted[place] = own
        self._sort(sorting_of(listed, wanted))

    def remove(self, tag: str) -> bool:
        """Remove the picture with that tag; False where none has it, or where it is not clear which."""
        tried = []

        def step() -> bool:
            places = [place for place, one in enumerate(self.listed()) if one.tag == tag]
            if len(places) != 1:
                return True
            tried.append(tag)
            self._calls.once("DELETE", f"{self._path}/Backdrop/{places[0]}")
            return True

        self._calls.reach(step)
        return bool(tried)

    def _index_of(self, pile: list[Backdrop], content: bytes) -> int | None:
        """Where exactly these bytes are, as an interrupted upload leaves them."""
        same_size = (place for place, one in enumerate(pile) if one.size == len(content))
        return next((place for place in same_size if self._read(place) == content), None)

    def _read(self, place: int) -> bytes:
        return self._calls.read(f"{self._path}/Backdrop/{place}")

    def _show(self, listed: list[Backdrop], index: int, is_new: bool = False) -> None:
        """Bring one to the front; a new one that cannot go there is removed again."""
        sorting = sorting_of(listed, [index, *(place for place in range(len(listed)) if place != index)])
        try:
            self._sort(sorting)
        except UploadTrouble:
            if is_new:
                with contextlib.suppress(UploadTrouble):
                    self.remove(sorting.tag_of(index))
            raise

    def _sort(self, sorting: Sorting) -> None:
        try:
            self._calls.reach(lambda: self._step(sorting))
        except UploadTrouble as trouble:
            if isinstance(trouble.__cause__, WebTrouble) and trouble.__cause__.status == 500:
                raise UploadTrouble(
                    f"{self._name} cannot change the order of the backdrops (500); "
                    "let it write the folders that they lie in"
                ) from trouble
            raise

    def _step(self, sorting: Sorting) -> bool:
        """Exchange two neighbours; True where all are in order."""
        if sorting.tried:
            sorting.note(self.listed())
        place = sorting.next_place()
        if not place:
            return True
        if sorting.ignored:
            self._fetch(sorting, place)
        sorting.tried, sorting.answered = place, False
        self._calls.once("POST", f"{self._path}/Backdrop/{place}/Index", {"newIndex": str(place - 1)})
        sorting.answered = True
        return False

    def _fetch(self, sorting: Sorting, place: int) -> None:
        """Jellyfin exchanges no picture that it did not fetch from its provider yet; asking for it does."""
        if sorting.ignored > 1:
            raise UploadTrouble(
                f"{self._name} does not change the order of the backdrops; remove those of this item there "
                "that should not be shown first",
                is_final=True,
            )
        for index in (place - 1, place):
            self._read(index)


def sorting_of(listed: list[Backdrop], wanted: list[int]) -> Sorting:
    return Sorting(listed, list(range(len(listed))), wanted)


def without_place(listed: list[Backdrop], place: int) -> list[Backdrop]:
    """The pile without a place and the one before it."""
    return listed[: place - 1] + listed[place + 1 :]


def place_in_pile(tag: str, listed: list[Backdrop]) -> int | None:
    return next((place for place, one in enumerate(listed) if one.tag == tag), None)


def new_index(before: list[Backdrop], after: list[Backdrop]) -> int:
    """Where an upload went: the one new tag, else the end."""
    fresh = Counter(one.tag for one in after) - Counter(one.tag for one in before)
    if not after or not fresh:
        raise UploadTrouble("the server took the backdrop but does not list it; the next run tries it again")
    places = [place for place, one in enumerate(after) if one.tag in fresh]
    return places[0] if len(fresh) == 1 and len(places) == 1 else len(after) - 1
