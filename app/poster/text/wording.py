"""The text that is drawn for a title: capitals, line breaks and label words by the settings."""

import re
import unicodedata
from dataclasses import dataclass, field

from app.poster.settings import Settings
from app.poster.text.label_words import LabelWords, label_words

BREAK_SECTION = "PrerequisitePart"
LABEL_SECTION = "TitleCardEPTextPart"
# Georgian titles are not written in the capitals that Unicode has for them, and few fonts have those.
NOT_GEORGIAN = re.compile("[^\u10d0-\u10ff]+")
GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff][\u0300-\u03ff\u1f00-\u1fff]*")
DOTTED_I = ("tr", "az")
# Accents that Greek capitals do not take; the diaeresis stays.
GREEK_ACCENTS = str.maketrans(dict.fromkeys("\u0300\u0301\u0313\u0314\u0342\u0345"))


@dataclass(frozen=True)
class LineBreaks:
    """Where a title is broken: at symbols, of which some stay in the text, and at words."""

    symbols: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)


def read_line_breaks(settings: Settings) -> LineBreaks:
    at_symbols = settings.flag(BREAK_SECTION, "NewLineOnSpecificSymbols")
    at_words = settings.flag(BREAK_SECTION, "NewLineOnSpecificWords")
    return LineBreaks(
        symbols=settings.words(BREAK_SECTION, "NewLineSymbols") if at_symbols else (),
        kept=settings.words(BREAK_SECTION, "SymbolsToKeepOnNewLine"),
        words=settings.replacements(BREAK_SECTION, "NewLineWords") if at_words else {},
    )


def prepare_title(title: str, capitals: bool, breaks: LineBreaks, language: str = "") -> str:
    """The title as it is drawn; its lines have no blanks at their ends, and none is empty."""
    text = without_controls(title)
    text = in_capitals(text, language) if capitals else text
    for symbol in breaks.symbols:
        text = break_at(text, symbol, breaks.kept)
    for word, replacement in breaks.words.items():
        text = text.replace(word, replacement)
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line)


def in_capitals(text: str, language: str = "") -> str:
    """The text in capitals: Georgian as it is, Greek without accents, Turkish with a dotted I."""
    if language.lower().startswith(DOTTED_I):
        text = text.replace("i", "\u0130")
    raised = NOT_GEORGIAN.sub(lambda found: found[0].upper(), text)
    return GREEK.sub(lambda found: without_accents(found[0]), raised)


def without_accents(greek: str) -> str:
    parts = unicodedata.normalize("NFD", greek).translate(GREEK_ACCENTS)
    return unicodedata.normalize("NFC", parts)


def break_at(text: str, symbol: str, kept: tuple[str, ...]) -> str:
    """Break at every occurrence; the symbol stays when it contains one of those to keep."""
    stays = any(keep in symbol for keep in kept)
    return re.sub(
        re.escape(symbol), lambda found: f"{found[0]}\n" if stays else "\n", text, flags=re.IGNORECASE
    )


def without_controls(title: str) -> str:
    """The title without characters that have no shape; line breaks stay."""
    if title.isprintable():
        return title
    return "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n" else letter for letter in title
    )


def read_label_words(settings: Settings, language: str = "") -> LabelWords:
    """The words of title cards: the user's, or where these are the packaged default, the language's."""
    season = settings.text(LABEL_SECTION, "SeasonTCText")
    return label_words(language, season, settings.text(LABEL_SECTION, "EpisodeTCText"))
