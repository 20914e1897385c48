"""Names and explanations of the settings in each language of the pages."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from app.core.settings.mapping import SettingPlace
from app.core.settings.wording import label_of, title_of

ENGLISH = "en"


class SettingWords(NamedTuple):
    """What a person reads of a setting."""

    name: str
    explanation: str


def words_in(language: str, name: str, place: SettingPlace) -> SettingWords:
    """The words of the setting with that flat name; of one that is not known here, its key and a sentence."""
    if language == ENGLISH:
        label = label_of(name, place)
        return SettingWords(label.name, label.tooltip)
    translated = translations(language)
    if name in translated["settings"]:
        return SettingWords(*translated["settings"][name])
    if place.key not in translated["lettering"] or place.section not in translated["sections"]:
        return SettingWords(title_of(name), translated["foreign"])
    own_name, explanation = translated["lettering"][place.key]
    return SettingWords(own_name, explanation.format(**translated["sections"][place.section]))


@cache
def translations(language: str) -> dict[str, Any]:
    """{"settings": {flat name: [name, explanation]}, "lettering": {key: [name, explanation]}, "sections":
    {section: {word: text}}, "foreign": text}; not to be changed."""
    file = Path(__file__).with_name(f"labels_{language}.json")
    return json.loads(file.read_text(encoding="utf-8"))
