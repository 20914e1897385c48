"""What is written on a picture: titles, season names, labels of title cards."""

from app.poster.choosing.languages import read_tag
from app.poster.choosing.wording import Wording
from app.poster.kinds import Kind
from app.poster.records.library import Episode, Item, Season
from app.poster.records.wanted import WantedAsset
from app.poster.text.label_words import LabelWords, card_label, label_words, numbered
from app.poster.text.typesetter import missing_characters

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur"})
BETWEEN_EPISODES = " / "


def texts_of(wanted: WantedAsset, wording: Wording) -> tuple[str, str]:
    """The text of the first box and that of the second, "" where there is none."""
    item = wanted.item
    words = label_words(item.library.language, wording.season_label, wording.episode_label)
    if wanted.kind is Kind.SEASON and wanted.season:
        return season_name(wanted.season, wording, words), item_title(item, wording)
    if wanted.kind is Kind.TITLE_CARD and wanted.episode:
        return episode_title(wanted.episode), card_label(words, wanted.episode.season, wanted.episode.numbers)
    if wanted.kind is Kind.COLLECTION:
        return collection_name(item.title, wording.collection_label), wording.collection_label
    return item_title(item, wording), ""


def collection_name(title: str, label: str) -> str:
    """The name without the word that stands below it anyway: "Alien" of "Alien Collection"."""
    head, _, last = title.rpartition(" ")
    return head.rstrip(" -:") or title if last.casefold() == label.casefold() else title


def item_title(item: Item, wording: Wording) -> str:
    """The title or the original title: the preferred one, unless only the other can be drawn whole."""
    both = (
        (item.original_title, item.title) if wording.prefers_original else (item.title, item.original_title)
    )
    titles = [title for title in both if title.strip()]
    return next(filter(is_drawable, titles), titles[0] if titles else "")


def is_drawable(text: str) -> bool:
    """Whether the fonts of the package have every character of the text."""
    return not missing_characters(text)


def season_name(season: Season, wording: Wording, words: LabelWords) -> str:
    """The source's name, the user's words, or where both are blank the language's word and the number."""
    if wording.renames_seasons:
        name = f"{wording.season} {season.number}" if season.number else wording.specials
    else:
        name = season.name
    return name.strip() or (numbered(words.season, season.number) if season.number else words.specials)


def episode_title(episode: Episode) -> str:
    """All titles of the file's episodes, a repeated one once."""
    return BETWEEN_EPISODES.join(dict.fromkeys(title.strip() for title in episode.titles if title.strip()))


def reads_from_right(language: str) -> bool | None:
    """True for a library in a language that is written from right to left; None leaves it to the text."""
    tag = read_tag(language)
    return True if tag and tag.language in RIGHT_TO_LEFT else None
