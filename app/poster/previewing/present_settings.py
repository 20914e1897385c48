"""The user's settings, rules and styles, read again when their files change."""

from pathlib import Path

from app.poster.designs.reading import FILE as DESIGN
from app.poster.designs.reading import find_design
from app.poster.drawing.designs import StyleBook
from app.poster.folders import Folders
from app.poster.item_rules.matching import Key, condition_keys, item_keys
from app.poster.item_rules.merging import conditions_in_words, merged_ruling
from app.poster.item_rules.rules_file import FILE, BadRules, ItemRule, read_rules
from app.poster.previewing.keeping import WeightedCache
from app.poster.previewing.order import PreviewOrder
from app.poster.records.decision import Decision
from app.poster.records.library import Item
from app.poster.records.ruling import NO_RULING, Ruling
from app.poster.settings import OWN_FILE, Settings, read_settings

MOST_BOOKS = 64


class PresentSettings:
    """What the files say now."""

    def __init__(self, folders: Folders):
        self._folders = folders
        self._marks: tuple = ()
        self._saved: Settings | None = None
        self._rules: tuple[ItemRule, ...] = ()
        self._rulings: dict[tuple[int, ...], Ruling] = {}
        self._books: WeightedCache[tuple[Settings, StyleBook]] = WeightedCache(MOST_BOOKS)

    def saved(self) -> Settings:
        """The settings of config.json; rules and styles are read with them."""
        files = (self._folders.config, self._folders.data / OWN_FILE, self._folders.data / FILE)
        marks = tuple(map(mark_of, files))
        if self._saved is None or marks != self._marks:
            self._marks, self._saved = marks, read_settings(self._folders.config)
            self._rules = rules_or_none(self._folders.data / FILE, self._saved)
            self._rulings = {(): NO_RULING}
            self._books = WeightedCache(MOST_BOOKS)
        return self._saved

    def ruling(self, decision: Decision, item: Item, asked: tuple[ItemRule, ...] | None = None) -> Ruling:
        """What the user's rules change for the asset, or what `asked` would; one object for the same rules.

        A record does not have the labels and all names of its item, but which rules applied to it.
        """
        found = frozenset(item_keys(item))
        if asked is not None:
            return merged_ruling([rule for rule in asked if applies(rule, decision, found)])
        matching = tuple(place for place, rule in enumerate(self._rules) if applies(rule, decision, found))
        if matching not in self._rulings:
            self._rulings[matching] = merged_ruling([self._rules[place] for place in matching])
        return self._rulings[matching]

    def styles(self, order: PreviewOrder) -> tuple[Settings, StyleBook]:
        """The settings with those of the order over them, and the styles that follow."""
        saved = self.saved()
        design = find_design(order.design, self._folders.data) if order.design else None
        before = (design.folder,) if design else ()
        key = (order.design_key, *map(mark_of, (self._folders.overlays, *(one / DESIGN for one in before))))
        known = self._books.get(key)
        if known and order.rules is None:
            return known
        settings = (design.over(saved) if design else saved).over(order.settings)
        book = StyleBook(settings, self._folders.overlays, before=before)
        # Each state of rules that are being edited is another one, with styles of its own.
        if order.rules is not None:
            return settings, book
        return self._books.keep(key, (settings, book), 1)


def applies(rule: ItemRule, decision: Decision, found: frozenset[Key]) -> bool:
    if frozenset(condition_keys(rule)) <= found:
        return True
    start = f'"{rule.name}" ({conditions_in_words(rule)}): '
    return any(sentence.startswith(start) for sentence in decision.rules)


def mark_of(path: Path) -> tuple[int, int]:
    """What changes when the file does, or what a folder holds."""
    try:
        facts = path.stat()
    except OSError:
        return 0, 0
    return facts.st_mtime_ns, facts.st_size


def rules_or_none(path: Path, settings: Settings) -> tuple[ItemRule, ...]:
    """A run would end at rules that cannot be used; a preview is drawn without them."""
    try:
        return read_rules(path, settings)
    except BadRules:
        return ()
