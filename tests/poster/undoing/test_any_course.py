"""Whatever runs, undos and people do to files: undo of all runs, newest first, leaves what people left."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.poster.records.reasons import Owner
from tests.poster.undoing.benches import Installation

PATHS = ("Movies/A (1)/poster.jpg", "Movies/A (1)/background.jpg", "TV/B (2)/Season01.jpg")
CONTENTS = (b"one", b"two", b"three")
FILES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(CONTENTS), min_size=1)
EVENTS = st.one_of(
    st.tuples(st.just("run"), FILES),
    st.tuples(st.just("hand"), st.dictionaries(st.sampled_from(PATHS), st.sampled_from((*CONTENTS, None)))),
    st.tuples(st.just("undo"), st.integers(0, 7)),
)


class Course:
    """The installation beside a model of it: what lies there, and each run's files before and after."""

    def __init__(self, folder: Path):
        self.place = Installation(folder)
        self.files: dict[str, bytes] = {}
        self.runs: dict[int, dict[str, tuple[bytes | None, bytes | None]]] = {}
        self.count = 0

    def run(self, files: dict[str, bytes]) -> None:
        with self.place.run() as run:
            for path, content in files.items():
                run.make(path, content, Owner.HAND if path in self.files else None)
        self.count += 1
        self.runs[self.count] = {path: (self.files.get(path), content) for path, content in files.items()}
        self.files |= files

    def hand(self, files: dict[str, bytes | None]) -> None:
        for path, content in files.items():
            self.place.by_hand(path, content)
            self.put(path, content)

    def undo(self, number: int) -> None:
        """Undo that run, where there is one that did something; its undo is the next run."""
        if not self.runs.get(number):
            return
        self.place.undo(str(number))
        self.count += 1
        mine = self.runs[self.count] = {}
        for path, (before, after) in self.runs[number].items():
            if self.files.get(path) == after != before:
                mine[path] = (after, before)
                self.put(path, before)

    def put(self, path: str, content: bytes | None) -> None:
        self.files.pop(path, None)
        if content is not None:
            self.files[path] = content


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(PATHS), st.sampled_from(CONTENTS)), st.lists(EVENTS, max_size=8))
def test_undo_of_all_runs_newest_first_gives_every_byte_save_what_other_hands_changed(first, events):
    with TemporaryDirectory() as folder:
        course = Course(Path(folder))
        course.hand(first)
        for kind, facts in events:
            getattr(course, kind)(facts)
            assert course.place.contents() == course.files
        touched = {path for kind, facts in events if kind == "hand" for path in facts}
        for number in range(course.count, 0, -1):
            course.undo(number)
            assert course.place.contents() == course.files
        untouched = {path: content for path, content in course.files.items() if path not in touched}
        assert untouched == {path: content for path, content in first.items() if path not in touched}
