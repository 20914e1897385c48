"""The texts of the pages: a folder a language, in it a JSON file an area, all with the same names."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import request
from markupsafe import Markup, escape

FOLDER = Path(__file__).parent / "texts"
LANGUAGES = ("en", "de")
COOKIE = "language"
# The names of texts that scripts show begin so; they are handed to the page as one JSON object.
OF_SCRIPTS = "script."
# Areas whose texts templates and scripts show.
OF_BOTH = ("reason",)
# The area of what every page has.
FRAME = "frame"


@dataclass(frozen=True)
class Texts:
    """The texts of one language by name."""

    language: str
    texts: dict[str, str]

    def __call__(self, name: str, /, **values: object) -> Markup:
        """The text with its values, escaped where they are no markup; a missing name raises KeyError."""
        return escape(self.texts[name]).format(**values)

    def of_scripts(self, areas: Iterable[str]) -> dict[str, str]:
        """{name without its prefix: text} of what the scripts of the frame and of these areas show."""
        shared = (f"{area}." for area in areas if area in OF_BOTH)
        starts = (*(f"{OF_SCRIPTS}{area}." for area in (FRAME, *areas)), *shared)
        return {
            name.removeprefix(OF_SCRIPTS): text
            for name, text in self.texts.items()
            if name.startswith(starts)
        }


@cache
def texts_in(language: str) -> Texts:
    areas = sorted((FOLDER / language).glob("*.json"))
    parts = [json.loads(area.read_text(encoding="utf-8")) for area in areas]
    return Texts(language, {name: text for part in parts for name, text in part.items()})


def texts_of_request() -> Texts:
    """The texts in the language that the reader chose, else in one that the browser asks for."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return texts_in(chosen)
    return texts_in(request.accept_languages.best_match(LANGUAGES, default=LANGUAGES[0]))
