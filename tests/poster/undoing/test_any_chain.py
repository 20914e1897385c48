"""Whatever runs, edits, versions and undos do: undo of all, newest first, gives each state before."""

from collections.abc import Callable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.poster.journal.journal import Journal
from app.poster.records.journal_entry import Hold
from app.poster.script.exits import HandledExit
from app.poster.undoing.version import restore_ordered_version
from tests.editing import edited
from tests.poster.undoing.benches import Installation

FILM, SEASON = "Movies/A (1)/poster.jpg", "TV/B (2)/Season01.jpg"
CONTENTS = (b"one", b"two", b"three")
ON_CONTENT = ("make", "redraw", "put", "version")
ON_FILE = ("delete", "hold", "release")
PATHS = st.sampled_from((FILM, SEASON))
EVENTS = st.one_of(
    st.tuples(st.sampled_from(ON_CONTENT), PATHS, st.sampled_from(CONTENTS)),
    st.tuples(st.sampled_from(ON_FILE), PATHS),
    st.tuples(st.just("undo"), st.integers(1, 9)),
)
State = dict[str, tuple[bytes | None, Hold]]


class Chain:
    """An installation, and its state after each step; a step is one run of the server."""

    def __init__(self, folder: Path):
        self.place = Installation(folder)
        self.count = 0
        self.states = [self.state()]

    def state(self) -> State:
        """What lies there, and what a person said about it."""
        with closing(Journal(self.place.data / "engine")) as journal:
            known = journal.records([FILM, SEASON])
        contents = self.place.contents()
        holds = {path: known[path].hold if path in known else Hold.NONE for path in (FILM, SEASON)}
        return {path: (contents.get(path), hold) for path, hold in holds.items()}

    def take(self, event: tuple) -> None:
        name, *facts = event
        if name in ON_FILE or name == "put":
            self.edit(name, *facts)
        else:
            getattr(self, name)(*facts)
        self.states.append(self.state())

    def make(self, path: str, content: bytes) -> None:
        """A usual run leaves what a person holds."""
        with self.place.run() as run:
            if self.states[-1][path][1] is not Hold.HELD:
                run.make(path, content)
        self.count = int(run.number)

    def redraw(self, path: str, content: bytes) -> None:
        """A run over one picture, as with another text or another source: it is held afterwards."""
        with self.place.run() as run:
            run.make(path, content)
        self.count = int(run.number)
        self.by_hand({"edits": [{"action": "hold", "path": path}]}, f"{run.number}-2")

    def edit(self, action: str, path: str, content: bytes = b"") -> None:
        staged = self.place.data / "staged.jpg"
        staged.write_bytes(content)
        file = {"file": str(staged)} if content else {}
        self.by_hand({"edits": [{"action": action, "path": path, **file}]}, self.next_run())

    def version(self, path: str, content: bytes) -> None:
        with suppress(HandledExit):
            self.script(
                restore_ordered_version, "-Version", sha256(content).hexdigest(), "-Only", f'["{path}"]'
            )

    def undo(self, number: int) -> None:
        """Each other one is undone as the server undoes edits, without a run of the script."""
        if number % 2:
            self.by_hand({"undo": str(number)}, self.next_run())
        else:
            with suppress(HandledExit):
                self.place.undo(str(number))
            self.count += 1

    def script(self, work: Callable, *arguments: str) -> None:
        self.count += 1
        work(self.place.job(*arguments))

    def by_hand(self, document: dict, run: str) -> None:
        edited(self.place.data, document, run, ASSET_PATH=str(self.place.assets))

    def next_run(self) -> str:
        self.count = next(self.place.numbers)
        return f"{self.count}-1"


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([("make", FILM, b"one"), ("redraw", FILM, b"two"), ("redraw", FILM, b"three"), ("undo", 3)])
@example([("make", FILM, b"one"), ("redraw", FILM, b"two"), ("delete", FILM), ("undo", 3), ("undo", 4)])
@given(st.lists(EVENTS, min_size=2, max_size=8))
def test_undo_of_every_step_newest_first_gives_bytes_and_holds_as_they_were_before_it(events):
    with TemporaryDirectory() as folder:
        chain = Chain(Path(folder))
        for event in events:
            chain.take(event)
        steps = list(enumerate(chain.states))[1:]
        assert chain.count == len(steps)
        for number, _ in reversed(steps):
            chain.undo(number)
            assert chain.state() == chain.states[number - 1], events[:number]
