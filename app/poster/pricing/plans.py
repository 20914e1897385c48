"""What settings and rules ask for, in the form in which a run reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.poster.choosing.rules import RuleBook, Rules
from app.poster.drawing.designs import StyleBook
from app.poster.item_rules.matching import ItemRules
from app.poster.item_rules.rules_file import ItemRule
from app.poster.kinds import Kind
from app.poster.planning.ingredients import Digests
from app.poster.pricing.stock import ItemFacts, Sort, StockPicture
from app.poster.providers.table import given_keys
from app.poster.records.environment import Environment
from app.poster.records.library import Episode, Item, Library, LibraryContent, Season, SourceName
from app.poster.records.ruling import Ruling
from app.poster.records.wanted import WantedAsset
from app.poster.settings import Settings
from app.poster.sources.comparison import comparable_name
from app.poster.sources.source import SourceTrouble
from app.poster.sources.table import chosen_source
from app.poster.worklist.wanted import episode_reason, item_reason, read_work_rules

COMMON = "PrerequisitePart"


@dataclass(frozen=True)
class Asked:
    """Settings and rules together; in the folders `before` a design has its overlays and fonts."""

    settings: Settings
    rules: tuple[ItemRule, ...]
    environment: Environment
    before: tuple[Path, ...] = ()


class RunPlan:
    """Everything that a run with these settings and rules would read."""

    def __init__(self, asked: Asked, overlays: Path):
        settings, environment = asked.settings, asked.environment
        keys = frozenset(given_keys(settings))
        online = frozenset() if settings.flag(COMMON, "DisableOnlineAssetFetch") else keys
        self.source = source_of(settings)
        self.item_rules = ItemRules(asked.rules, environment.unwatched)
        self.work = read_work_rules(settings, self.item_rules, environment.own_kinds)
        self.styles = StyleBook(settings, overlays, before=asked.before)
        self.digests = Digests(overlays)
        self.quality = settings.whole("OverlayPart", "outputQuality", 1, 100)
        self._book = RuleBook(settings, environment, online, has_keys=bool(keys))
        self._excluded = excluded_libraries(settings, self.source)
        self.ruling = lru_cache(maxsize=None)(self._ruling)

    def choosing(self, sort: Sort, ruling: Ruling) -> Rules:
        item = sourced_item(ItemFacts(sort.library, sort.language, sort.medium), self.source)
        return self._book.rules(WantedAsset(sort.kind, item, "", ruling=ruling))

    def wants(self, sort: Sort, ruling: Ruling) -> bool:
        """Whether such pictures are made at all."""
        excluded = comparable_name(sort.library.strip()) in self._excluded
        return sort.kind in self.work.kinds and sort.kind not in ruling.skips and not excluded

    def leaves_out(self, picture: StockPicture) -> bool:
        """Whether the title of the episode keeps the picture from being made."""
        if picture.sort.kind is not Kind.TITLE_CARD:
            return False
        titles = tuple(picture.title.split(" / "))
        episode = Episode("", picture.season or 0, picture.episodes, titles)
        return episode_reason(episode, self.work) is not None

    def _ruling(self, item: ItemFacts) -> Ruling | None:
        """What the rules change for the item, None where a label leaves the whole item out."""
        known = sourced_item(item, self.source)
        return None if item_reason(known) else self.item_rules.ruling(known)


def source_of(settings: Settings) -> SourceName:
    """The source that is switched on; with several, which no run accepts, the folder."""
    try:
        return chosen_source(settings)
    except SourceTrouble:
        return SourceName.FOLDER


def excluded_libraries(settings: Settings, source: SourceName) -> frozenset[str]:
    if source is SourceName.FOLDER:
        return frozenset()
    names = settings.words(f"{source.value}Part", "LibstoExclude")
    return frozenset(comparable_name(name.strip()) for name in names)


def sourced_item(item: ItemFacts, source: SourceName, seasons: Sequence[Season] = ()) -> Item:
    """The item as rules look at it."""
    library = Library(source, item.library, item.library, LibraryContent.MIXED, item.language)
    return Item(
        library,
        "",
        item.medium,
        item.title,
        original_title=item.original_title,
        year=item.year,
        root_folder=item.root_folder,
        labels=item.labels,
        seasons=tuple(seasons),
    )
