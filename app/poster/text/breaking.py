"""Where a line may end inside a text that has no blank there: phrases, syllables, characters."""

import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from app.poster.text.script_runs import clusters, script_of

if TYPE_CHECKING:
    from budoux import Parser
    from pyphen import Pyphen

# What may be drawn beside the text itself.
HYPHEN = "-"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
# Scripts of which a line may end between any two characters, if need be.
_IDEOGRAPHIC = ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "BOPOMOFO", "FULLWIDTH")
# Scripts without blanks between words, for which there is no model of words.
_UNSPACED = ("LAO", "KHMER", "MYANMAR", "JAVANESE", "BALINESE", "TAI", "NEW", "YI")
_NEVER_FIRST = frozenset(
    "、。，．・：；？！ー〜～）］｝〉》」』】〕々〻…‥,.:;?!)]}”’ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "ะาำๅๆฯະາຳຽໆຯ།༎་។៕ៗ၊။"
)
_NEVER_LAST = frozenset("（［｛〈《「『【〔([{“‘เแโใไເແໂໃໄ")
_BREAKS_AFTER = frozenset("་፡・")
# Where a loan word in katakana is followed by a word in ideographs.
_AFTER_LOAN_WORD = re.compile("(?<=[ァ-ヺー]{4})(?=[一-鿿]{2})")
# Lao and Khmer: a consonant alone ends the syllable before it unless one of these vowels follows.
_SYLLABLE_FINALS = ("LAO", "KHMER")
_FOLLOWING_VOWELS = frozenset("ະາຳຽວອ")
_MYANMAR_FINAL = "\u103a"
_THAI = re.compile("[\u0e00-\u0e7f]+")
_KANA = re.compile("[\u3041-\u30ff]")
_LONG_WORD = re.compile(r"[^\W\d_]{7,}")
# A part of a word with the hyphens, dashes or slashes after it.
_SECTION = re.compile("[-‐–—/]*[^-‐–—/]+[-‐–—/]*|[-‐–—/]+")
# The least that a hyphenated word keeps on each line.
_LEAST_PART = 3
_FINNISH_SYLLABLE = re.compile("(?<=[aeiouyäöå])[bcdfghjklmnpqrstvwxz]*(?=[bcdfghjklmnpqrstvwxz][aeiouyäöå])")
_OTHER_CODES = {"no": "nb", "iw": "he", "in": "id"}


class Breaks(Enum):
    """Where a line may end; each value includes those before it."""

    PHRASES = "between words, and between phrases of scripts without blanks"
    SYLLABLES = "between syllables, with a hyphen where the script has one"
    CHARACTERS = "also anywhere within a part that is wider than a line"


def pieces(word: str, breaks: Breaks, language: str) -> list[tuple[str, bool]]:
    """The word's pieces, between which a line may end, and whether that adds a hyphen after the piece."""
    parts = phrases(word, language)
    if breaks is Breaks.PHRASES:
        return [(part, False) for part in parts]
    return [piece for part in parts for piece in _syllables(part, language)]


def phrases(word: str, language: str) -> list[str]:
    """Split a word without blanks into phrases, none of which begins or ends with a wrong character."""
    letters = clusters(word)
    ends = _phrase_ends(word, language) if any(map(_is_unspaced_with_model, word)) else set()
    parts, position = [""], 0
    for index, letter in enumerate(letters):
        before = letters[index - 1] if index else ""
        may_break = position in ends or (before and before[-1] in _BREAKS_AFTER)
        if before and may_break and _is_allowed(before, letter):
            parts.append("")
        parts[-1] += letter
        position += len(letter)
    return parts


def hyphenated(word: str, language: str) -> list[str]:
    """The parts of a word between which a hyphen may stand, the whole word in an unknown language."""
    ends = [
        found.start() + position
        for found in _LONG_WORD.finditer(word)
        for position in _hyphen_positions(found[0], language)
        if _LEAST_PART <= position <= len(found[0]) - _LEAST_PART
    ]
    return [word[start:end] for start, end in zip([0, *ends], [*ends, len(word)], strict=True)]


def is_closing(word: str) -> bool:
    """Whether the word is only punctuation that must not begin a line, such as a French question mark."""
    return all(character in _NEVER_FIRST or character in "»›" for character in word)


def _syllables(part: str, language: str) -> list[tuple[str, bool]]:
    letters = clusters(part)
    if _THAI.search(part):
        return [(part, False)]
    if any(_breaks_anywhere(letter[0]) for letter in letters):
        found = [letters[0]]
        for index, letter in enumerate(letters[1:], start=1):
            before, after = letters[index - 1], "".join(letters[index + 1 : index + 2])
            if _is_allowed(before, letter) and not _ends_syllable(letter, after):
                found.append(letter)
            else:
                found[-1] += letter
        return [(piece, False) for piece in found]
    return [piece for section in _SECTION.findall(part) for piece in _with_hyphens(section, language)]


def _ends_syllable(letter: str, after: str) -> bool:
    is_alone = len(letter) == 1 and letter.isalpha() and script_of(letter) in _SYLLABLE_FINALS
    return is_alone and letter not in _NEVER_LAST and after[:1] not in _FOLLOWING_VOWELS


def _with_hyphens(section: str, language: str) -> list[tuple[str, bool]]:
    parts = hyphenated(section, language)
    return [(part, number < len(parts)) for number, part in enumerate(parts, start=1)]


def _hyphen_positions(word: str, language: str) -> list[int]:
    code = language.lower().replace("-", "_")
    if code.partition("_")[0] == "fi":
        return [found.end() for found in _FINNISH_SYLLABLE.finditer(word.lower())]
    dictionary = _hyphenation(code)
    # A position with data would change the spelling at the line's end.
    return [int(place) for place in dictionary.positions(word) if not place.data] if dictionary else []


@lru_cache(maxsize=8)
def _hyphenation(code: str) -> "Pyphen | None":
    import pyphen  # few titles need it, and loading it takes as long as drawing one

    base, _, region = code.partition("_")
    base = _OTHER_CODES.get(base, base)
    found = pyphen.language_fallback(f"{base}_{region.upper()}" if region else base) if base else None
    return pyphen.Pyphen(lang=found) if found else None


def _phrase_ends(word: str, language: str) -> set[int]:
    ends, position = set(), 0
    for chunk in re.split(f"({_THAI.pattern})", word):
        model = "th" if _THAI.match(chunk) else _east_asian_model(chunk, language)
        for phrase in _model(model).parse(chunk):
            position += len(phrase)
            ends.add(position)
    return ends | {found.start() for found in _AFTER_LOAN_WORD.finditer(word)}


@lru_cache(maxsize=4)
def _model(name: str) -> "Parser":
    import budoux  # few titles need it, and loading it takes as long as drawing one

    loaders = {
        "th": budoux.load_default_thai_parser,
        "ja": budoux.load_default_japanese_parser,
        "zh-hans": budoux.load_default_simplified_chinese_parser,
        "zh-hant": budoux.load_default_traditional_chinese_parser,
    }
    return loaders[name]()


def _east_asian_model(chunk: str, language: str) -> str:
    """The model by the language; where that is another one, by the characters."""
    tag = language.lower().replace("_", "-")
    if _KANA.search(chunk) or tag.startswith("ja"):
        return "ja"
    if tag.startswith("zh"):
        return "zh-hant" if any(part in ("tw", "hk", "mo", "hant") for part in tag.split("-")) else "zh-hans"
    return "zh-hans" if _encodes(chunk, "gb2312") else "zh-hant" if _encodes(chunk, "big5") else "ja"


def _encodes(text: str, encoding: str) -> bool:
    return text.encode(encoding, "ignore").decode(encoding) == text


def _is_unspaced_with_model(character: str) -> bool:
    return _is_ideographic(character) or bool(_THAI.match(character))


def _breaks_anywhere(character: str) -> bool:
    unspaced = character >= "\u0e00" and script_of(character) in _UNSPACED
    return unspaced or _is_unspaced_with_model(character)


def _is_ideographic(character: str) -> bool:
    return character >= "\u2e80" and script_of(character) in _IDEOGRAPHIC


def _is_allowed(before: str, after: str) -> bool:
    """Whether the characters at the break may end and begin a line, and no word is torn by it."""
    if before[-1] in _NEVER_LAST or after[0] in _NEVER_FIRST or _MYANMAR_FINAL in after[1:2]:
        return False
    return before[-1] in _BREAKS_AFTER or _breaks_anywhere(before[0]) or _breaks_anywhere(after[0])
