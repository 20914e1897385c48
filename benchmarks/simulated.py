"""The poster script over a library of SIMULATED_FILMS films: `python -m benchmarks.simulated -Plan`.

Films are made as they are listed, so that the memory and the time are those of planning alone.
"""

import os
from collections.abc import Iterator
from unittest.mock import patch

from app.poster.__main__ import end, main
from app.poster.records.ids import Medium
from app.poster.records.library import Item, Library, LibraryContent, SourceName


class SimulatedSource:
    """One library of films without artwork; each has a folder and an id of its own."""

    name = SourceName.FOLDER

    def __init__(self, films: int):
        self._films = films

    def libraries(self) -> list[Library]:
        return [
            Library(self.name, "films", "Films", LibraryContent.FILMS, roots=("/films",), size=self._films)
        ]

    def items(self, library: Library, kinds: frozenset) -> Iterator[Item]:
        for number in range(self._films):
            folder = f"Film {number} (2000)"
            yield Item(
                library, f"film-{number}", Medium.FILM, f"Film {number}", year=2000, root_folder=folder
            )

    def files_gone(self, library: Library) -> int:
        return 0

    def close(self) -> None:
        """There is no connection."""


def open_simulated(*arguments: object, **options: object) -> SimulatedSource:
    return SimulatedSource(int(os.environ["SIMULATED_FILMS"]))


if __name__ == "__main__":
    with patch("app.poster.pipeline.engine.open_source", open_simulated):
        code = main()
    end(code)
