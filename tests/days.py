"""Runs that make, change and lose pictures, as the built-in script leaves them in journal and store."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from app.core.decisions.versions import asset_file
from app.poster.journal.journal import Journal
from app.poster.journal.store import ByteStore
from app.poster.records.reasons import Action, Owner
from tests.past_runs import BEGAN
from tests.pictures import make_picture
from tests.poster.journal.steps import RUN, announced, record, step, written


def picture(shade: int) -> bytes:
    return make_picture((40, 60), color=(shade, 90, 160))


class History:
    """Runs 1, 2, … over the asset folder of a machine."""

    def __init__(self, machine, assets):
        self.machine, self.assets, self.count = machine, assets, 0

    def run(self, mode: str = "Normal", **contents) -> str:
        """A run writes these contents, a shade or bytes by the name of a film; None deletes. Its name."""
        self.count += 1
        name = f"20251125153003{self.count:06}-{self.count}-1"
        began = BEGAN + timedelta(days=self.count)
        with closing(Journal(self.machine.paths.engine)) as journal:
            journal.begin(replace(RUN, name=name, mode=mode, started=began))
            for film, content in contents.items():
                self.write(journal, name, path_of(film), content)
            journal.end(name, began + timedelta(minutes=5))
        return name

    def write(self, journal, name, path, content, action=None):
        file = self.assets / path
        before = None
        if file.exists():
            ByteStore(self.machine.paths.engine / "store").keep(file)
            before = replace(announced(file.read_bytes()), mtime_ns=file.stat().st_mtime_ns)
        content = picture(content) if isinstance(content, int) else content
        taken = step(path, before)
        taken = replace(taken, action=action or (Action.DELETE if content is None else taken.action))
        known = record(path, owner=Owner.OURS)
        number = journal.intend(name, taken, announced(content) if content else None, known)
        if content is None:
            file.unlink()
        journal.complete(number, written(file, content) if content else None)

    def put(self, film, content) -> str:
        """A person puts a picture there through the server."""
        self.count += 1
        name = f"20251125153003{self.count:06}-{self.count}-1"
        with closing(Journal(self.machine.paths.engine)) as journal:
            journal.begin(replace(RUN, name=name, mode="Edit", started=BEGAN + timedelta(days=self.count)))
            self.write(journal, name, path_of(film), content, Action.PUT)
            journal.end(name, BEGAN + timedelta(days=self.count))
        return name

    def forget(self, film, shade: int) -> None:
        """The store gives up the bytes of that picture."""
        asset = asset_file(self.machine.paths.engine, self.assets, path_of(film))
        asset.kept(announced(picture(shade)).sha256).unlink()


def path_of(film: str) -> str:
    """Of "Alien", or of a season: "Dark/Season01"."""
    folder, _, season = film.partition("/")
    return f"TV/{folder}/{season}.jpg" if season else f"Films/{film}/poster.jpg"
