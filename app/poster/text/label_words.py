"""The words for season and episode, by language, and the label of a title card."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class LabelWords:
    """Phrases of one language; `{}` stands for the number, which follows a phrase that has none."""

    season: str
    episode: str
    specials: str


ENGLISH = LabelWords("Season", "Episode", "Specials")
LABEL_WORDS = {
    "ar": LabelWords("الموسم", "الحلقة", "حلقات خاصة"),
    "az": LabelWords("{}. mövsüm", "{}. bölüm", "Xüsusi bölümlər"),
    "be": LabelWords("Сезон", "Серыя", "Спецвыпускі"),
    "bg": LabelWords("Сезон", "Епизод", "Специални епизоди"),
    "bn": LabelWords("সিজন", "পর্ব", "বিশেষ পর্ব"),
    "bs": LabelWords("Sezona", "Epizoda", "Specijali"),
    "ca": LabelWords("Temporada", "Episodi", "Especials"),
    "cs": LabelWords("Řada", "Epizoda", "Speciály"),
    "da": LabelWords("Sæson", "Afsnit", "Specialafsnit"),
    "de": LabelWords("Staffel", "Folge", "Specials"),
    "el": LabelWords("Κύκλος", "Επεισόδιο", "Ειδικά επεισόδια"),
    "en": ENGLISH,
    "es": LabelWords("Temporada", "Episodio", "Especiales"),
    "et": LabelWords("{}. hooaeg", "{}. osa", "Eriosad"),
    "eu": LabelWords("{}. denboraldia", "{}. atala", "Atal bereziak"),
    "fa": LabelWords("فصل", "قسمت", "قسمت‌های ویژه"),
    "fi": LabelWords("Kausi", "Jakso", "Erikoisjaksot"),
    "fr": LabelWords("Saison", "Épisode", "Épisodes spéciaux"),
    "gl": LabelWords("Temporada", "Episodio", "Especiais"),
    "he": LabelWords("עונה", "פרק", "פרקים מיוחדים"),
    "hi": LabelWords("सीज़न", "एपिसोड", "विशेष एपिसोड"),
    "hr": LabelWords("Sezona", "Epizoda", "Specijali"),
    "hu": LabelWords("{}. évad", "{}. rész", "Különkiadások"),
    "id": LabelWords("Musim", "Episode", "Spesial"),
    "is": LabelWords("Þáttaröð", "Þáttur", "Sérþættir"),
    "it": LabelWords("Stagione", "Episodio", "Speciali"),
    "ja": LabelWords("シーズン{}", "第{}話", "スペシャル"),
    "ka": LabelWords("სეზონი", "სერია", "სპეციალური სერიები"),
    "kn": LabelWords("ಸೀಸನ್", "ಸಂಚಿಕೆ", "ವಿಶೇಷ ಸಂಚಿಕೆಗಳು"),
    "ko": LabelWords("시즌 {}", "{}화", "스페셜"),
    "lt": LabelWords("{} sezonas", "{} serija", "Specialios serijos"),
    "lv": LabelWords("{}. sezona", "{}. sērija", "Īpašās sērijas"),
    "mk": LabelWords("Сезона", "Епизода", "Специјални епизоди"),
    "ml": LabelWords("സീസൺ", "എപ്പിസോഡ്", "സ്പെഷ്യലുകൾ"),
    "mr": LabelWords("हंगाम", "भाग", "विशेष भाग"),
    "ms": LabelWords("Musim", "Episod", "Episod khas"),
    "nb": LabelWords("Sesong", "Episode", "Spesialepisoder"),
    "nl": LabelWords("Seizoen", "Aflevering", "Specials"),
    "pl": LabelWords("Sezon", "Odcinek", "Odcinki specjalne"),
    "pt": LabelWords("Temporada", "Episódio", "Especiais"),
    "ro": LabelWords("Sezonul", "Episodul", "Ediții speciale"),
    "ru": LabelWords("Сезон", "Серия", "Спецвыпуски"),
    "sk": LabelWords("Séria", "Epizóda", "Špeciály"),
    "sl": LabelWords("Sezona", "Epizoda", "Posebne epizode"),
    "sq": LabelWords("Sezoni", "Episodi", "Episode speciale"),
    "sr": LabelWords("Сезона", "Епизода", "Специјали"),
    "sv": LabelWords("Säsong", "Avsnitt", "Specialavsnitt"),
    "ta": LabelWords("சீசன்", "எபிசோட்", "சிறப்பு எபிசோடுகள்"),
    "te": LabelWords("సీజన్", "ఎపిసోడ్", "ప్రత్యేక ఎపిసోడ్లు"),
    "th": LabelWords("ซีซัน", "ตอนที่", "ตอนพิเศษ"),
    "tr": LabelWords("{}. Sezon", "{}. Bölüm", "Özel Bölümler"),
    "uk": LabelWords("Сезон", "Серія", "Спецвипуски"),
    "vi": LabelWords("Phần", "Tập", "Tập đặc biệt"),
    "zh": LabelWords("第{}季", "第{}集", "特别篇"),
    "zh-hant": LabelWords("第{}季", "第{}集", "特別篇"),
}
SAME_WORDS = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "zh-tw": "zh-hant", "zh-hk": "zh-hant"}


def label_words(language: str, season: str = ENGLISH.season, episode: str = ENGLISH.episode) -> LabelWords:
    """The words of a language ("de", "pt-BR", "zh_TW"), English where it is unknown.

    `season` and `episode` are the user's settings, which rule where they differ from the packaged default.
    """
    words = _words_of(language)
    return replace(
        words,
        season=words.season if season == ENGLISH.season else season,
        episode=words.episode if episode == ENGLISH.episode else episode,
    )


def card_label(words: LabelWords, season: int, episodes: Sequence[int]) -> str:
    """The second line of a title card with the numbers of all episodes in the file, without leading zeros."""
    return f"{numbered(words.season, season)} \N{BULLET} {numbered(words.episode, joined_numbers(episodes))}"


def joined_numbers(numbers: Sequence[int]) -> str:
    """ "3", "1 & 2", "1\N{EN DASH}3", "1, 4 & 9"."""
    if len(numbers) > 2 and tuple(numbers) == tuple(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]}\N{EN DASH}{numbers[-1]}"
    head, last = ", ".join(map(str, numbers[:-1])), str(numbers[-1])
    return f"{head} & {last}" if head else last


def _words_of(language: str) -> LabelWords:
    tag = language.strip().lower().replace("_", "-")
    for key in (tag, tag.partition("-")[0]):
        if found := LABEL_WORDS.get(SAME_WORDS.get(key, key)):
            return found
    return ENGLISH


def numbered(phrase: str, number: int | str) -> str:
    """The phrase with its number."""
    return phrase.replace("{}", str(number)) if "{}" in phrase else f"{phrase} {number}"
