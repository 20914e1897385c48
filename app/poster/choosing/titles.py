"""What is written on a picture: titles, season names, labels of title cards."""

from app.poster.choosing.languages import read_tag
from app.poster.choosing.wording import Wording
from app.poster.kinds import Kind
from app.poster.records.library import Episode, Item, Season
from app.poster.records.wanted import WantedAsset
from app.poster.text.fonts import DEFAULT_FONT, FALLBACK_FONTS, coverage

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur"})
BETWEEN_EPISODES = " / "


def texts_of(wanted: WantedAsset, wording: Wording) -> tuple[str, str]:
    """The text of the first box and that of the second, "" where there is none."""
    item = wanted.item
    if wanted.kind is Kind.SEASON and wanted.season:
        return season_name(wanted.season, wording), item_title(item, wording)
    if wanted.kind is Kind.TITLE_CARD and wanted.episode:
        return episode_title(wanted.episode), card_label(wanted.episode, wording)
    return item_title(item, wording), ""


def item_title(item: Item, wording: Wording) -> str:
    """The title or the original title: the preferred one, unless only the other can be drawn whole."""
    both = (
        (item.original_title, item.title) if wording.prefers_original else (item.title, item.original_title)
    )
    titles = [title for title in both if title.strip()]
    return next(filter(is_drawable, titles), titles[0] if titles else "")


def is_drawable(text: str) -> bool:
    """Whether the fonts of the package have every character of the text."""
    missing = {ord(letter) for letter in text if not letter.isspace()}
    for font in (DEFAULT_FONT, *FALLBACK_FONTS):
        if not missing:
            break
        missing -= coverage(font)
    return not missing


def season_name(season: Season, wording: Wording) -> str:
    """The source's name, the user's words, or where both are blank the number."""
    if wording.renames_seasons:
        name = f"{wording.season} {season.number}" if season.number else wording.specials
    else:
        name = season.name
    return name.strip() or (f"Season {season.number}" if season.number else "Specials")


def episode_title(episode: Episode) -> str:
    """All titles of the file's episodes, a repeated one once."""
    return BETWEEN_EPISODES.join(dict.fromkeys(title.strip() for title in episode.titles if title.strip()))


def card_label(episode: Episode, wording: Wording) -> str:
    """The label with the numbers of all episodes in the file, without zeros in front."""
    return (
        f"{wording.season_label} {episode.season} \N{BULLET} "
        f"{wording.episode_label} {spoken_numbers(episode.numbers)}"
    )


def spoken_numbers(numbers: tuple[int, ...]) -> str:
    """ "3", "1 & 2", "1\N{EN DASH}3", "1, 4 & 9"."""
    if len(numbers) > 2 and numbers == tuple(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}\N{EN DASH}{numbers[-1]}"
    head, last = ", ".join(map(str, numbers[:-1])), str(numbers[-1])
    return f"{head} & {last}" if head else last


def reads_from_right(language: str) -> bool | None:
    """True for a library in a language that is written from right to left; None leaves it to the text."""
    tag = read_tag(language)
    return True if tag and tag.language in RIGHT_TO_LEFT else None
