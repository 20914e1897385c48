"""The user's lists of languages, by kind and library."""

from collections.abc import Sequence

from app.poster.choosing.languages import DEFAULT, TEXTLESS, Tag, is_inherited, read_tag, read_tags
from app.poster.kinds import Kind
from app.poster.settings import Settings

API = "ApiPart"
POSTERS = "PreferredLanguageOrder"
LISTS = {
    Kind.POSTER: POSTERS,
    Kind.COLLECTION: POSTERS,
    Kind.SEASON: "PreferredSeasonLanguageOrder",
    Kind.BACKGROUND: "PreferredBackgroundLanguageOrder",
    Kind.SQUARE: "PreferredBackgroundLanguageOrder",
    Kind.TITLE_CARD: "PreferredTCLanguageOrder",
    Kind.LOGO: "LogoLanguageOrder",
}
# Hardly any of their pictures has text, so that a list made for posters would find nothing.
MOSTLY_TEXTLESS = frozenset({Kind.BACKGROUND, Kind.TITLE_CARD, Kind.SQUARE})


class LanguageLists:
    """Reads the lists; `notes` has one sentence for each entry that is no language."""

    def __init__(self, settings: Settings):
        self._settings = settings
        self._overrides = settings.objects(API, "LibraryLanguageOverrides")
        self._notes: dict[str, None] = {}

    @property
    def notes(self) -> list[str]:
        return list(self._notes)

    def tags(self, kind: Kind, library: str) -> tuple[Tag, ...]:
        """The languages for that kind in that library, never empty; "xx" stands for textless."""
        key = LISTS[kind]
        own = self._words(key, library)
        inherited = key != POSTERS and is_inherited(own)
        tags = self._read(POSTERS if inherited else key, self._words(POSTERS, library) if inherited else own)
        textless = Tag(TEXTLESS)
        return (*tags, textless) if inherited and kind in MOSTLY_TEXTLESS and textless not in tags else tags

    def all_languages(self) -> tuple[str, ...]:
        """Every language that any list of any library names, without regions and without "xx"."""
        libraries = ("", *self._overrides)
        tags = (tag for library in libraries for kind in LISTS for tag in self.tags(kind, library))
        return tuple(sorted({tag.language for tag in tags} - {TEXTLESS}))

    def _words(self, key: str, library: str) -> Sequence[str]:
        return self._override(library).get(key) or self._settings.words(API, key)

    def _override(self, library: str) -> dict[str, Sequence[str]]:
        """The lists of the library's own; its name is compared without regard to case."""
        for name, lists in self._overrides.items():
            if name.strip().casefold() == library.strip().casefold():
                return {key: words for key, words in lists.items() if is_list(words)}
        return {}

    def _read(self, key: str, words: Sequence[str]) -> tuple[Tag, ...]:
        tags, bad = read_tags(word for word in words if not is_inherited([word]))
        for word in bad:
            self._notes[f"{API}.{key}: {word!r} is no language such as en or fr-CA; it is left out"] = None
        return tags or tuple(filter(None, map(read_tag, DEFAULT)))


def is_list(words: object) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) for word in words)
