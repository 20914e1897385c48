"""Titles become the text that is drawn: capitals, quotes, line breaks."""

import re
import unicodedata
from dataclasses import dataclass, field

from app.poster.settings import Settings

QUOTES = str.maketrans({**dict.fromkeys('"\u201c\u201d\u201e\u201f', "'"), "`": None})
SECTION = "PrerequisitePart"
# Hardly any font has the capitals that Unicode gave to Georgian, and nobody writes titles in them.
NOT_GEORGIAN = re.compile("[^\u10d0-\u10ff]+")


@dataclass(frozen=True)
class LineBreaks:
    """Where a title is broken: at symbols, of which some stay in the text, and at words."""

    symbols: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)


def read_line_breaks(settings: Settings) -> LineBreaks:
    at_symbols = settings.flag(SECTION, "NewLineOnSpecificSymbols")
    at_words = settings.flag(SECTION, "NewLineOnSpecificWords")
    return LineBreaks(
        symbols=settings.words(SECTION, "NewLineSymbols") if at_symbols else (),
        kept=settings.words(SECTION, "SymbolsToKeepOnNewLine"),
        words=settings.replacements(SECTION, "NewLineWords") if at_words else {},
    )


def prepare(title: str, capitals: bool, breaks: LineBreaks) -> str:
    """The title as it is drawn; its lines have no blanks at their ends, and none is empty."""
    text = visible(title)
    text = (in_capitals(text) if capitals else text).translate(QUOTES)
    for symbol in breaks.symbols:
        text = break_at(text, symbol, breaks.kept)
    for word, replacement in breaks.words.items():
        text = text.replace(word, replacement)
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line)


def in_capitals(text: str) -> str:
    """The text in capitals, Georgian as it is."""
    return NOT_GEORGIAN.sub(lambda found: found[0].upper(), text)


def break_at(text: str, symbol: str, kept: tuple[str, ...]) -> str:
    """Break at every occurrence; the symbol stays when it contains one of those to keep."""
    stays = any(keep in symbol for keep in kept)
    return re.sub(
        re.escape(symbol), lambda found: f"{found[0]}\n" if stays else "\n", text, flags=re.IGNORECASE
    )


def visible(title: str) -> str:
    """The title without characters that have no shape; line breaks stay."""
    return "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n" else letter for letter in title
    )


def episode_label(settings: Settings, season: int, episode: int) -> str:
    """The second line of a title card, numbers without zeros in front."""
    season_word = settings.text("TitleCardEPTextPart", "SeasonTCText")
    episode_word = settings.text("TitleCardEPTextPart", "EpisodeTCText")
    return f"{season_word} {season} \N{BULLET} {episode_word} {episode}"
