"""What guessit makes of episode names that the plain patterns do not fit; each name is asked about once."""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.poster.sources.episode_names import MOST_IN_FILE, EpisodeName

MOST_NAMES = 20_000


class NameGuesses:
    """Answers by name, kept in a JSON file between runs; None keeps them in memory only.

    The file holds {name: [season or null, [numbers], title] or null}.
    """

    def __init__(self, file: Path | None = None):
        self._file = file
        self._known: dict[str, Any] | None = None
        self._has_new = False

    def episode(self, stem: str) -> EpisodeName | None:
        """The episode that the name most likely means, None where no number can be guessed."""
        known = self._load()
        if stem not in known:
            if len(known) >= MOST_NAMES:
                known.pop(next(iter(known)))
            known[stem] = guess(stem)
            self._has_new = True
        answer = known[stem]
        return EpisodeName(answer[0], tuple(answer[1]), answer[2]) if answer else None

    def save(self) -> None:
        """Write what is new; where the disk refuses, the names are guessed again in the next run."""
        if not (self._file and self._has_new):
            return
        beside = self._file.with_name(f"{self._file.name}.{os.getpid()}.tmp")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self._known), "utf-8")
            beside.replace(self._file)
        except OSError:
            with suppress(OSError):
                beside.unlink()
        self._has_new = False

    def _load(self) -> dict[str, Any]:
        if self._known is None:
            self._known = read_answers(self._file) if self._file else {}
        return self._known


def read_answers(file: Path) -> dict[str, Any]:
    """The answers in the file; none where it is missing or holds anything else."""
    try:
        stored = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {name: answer for name, answer in stored.items() if answer is None or is_answer(answer)}


def is_answer(answer: Any) -> bool:
    if not (isinstance(answer, list) and len(answer) == 3 and isinstance(answer[1], list) and answer[1]):
        return False
    numbers = [*answer[1], *([] if answer[0] is None else [answer[0]])]
    return all(type(number) is int for number in numbers) and isinstance(answer[2], str)


def guess(stem: str) -> list | None:
    """[season, [numbers], title] of one name, None where guessit finds no number."""
    # Costs half a second, which most libraries never need.
    from guessit import guessit
    from guessit.api import GuessitException

    try:
        found = guessit(stem, {"type": "episode"})
    except GuessitException:
        return None
    numbers, seasons = whole_numbers(found.get("episode")), whole_numbers(found.get("season"))
    if not numbers or len(numbers) > MOST_IN_FILE:
        return None
    title = found.get("episode_title")
    return [seasons[0] if seasons else None, numbers, title if isinstance(title, str) else ""]


def whole_numbers(value: Any) -> list[int]:
    values = value if isinstance(value, list) else [value]
    return sorted({number for number in values if type(number) is int})
