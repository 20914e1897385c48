"""Every picture that an item gets, and which of them are left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.poster.item_rules.matching import ItemRules
from app.poster.kinds import Kind
from app.poster.names import BadName
from app.poster.records.ids import Medium
from app.poster.records.library import Episode, Item, Season
from app.poster.records.reasons import Reason
from app.poster.records.ruling import Ruling
from app.poster.records.wanted import WantedAsset
from app.poster.settings import Settings
from app.poster.worklist.layout import Layout, episode_stem, season_stem
from app.poster.worklist.titles import is_placeholder, is_unreadable

COMMON = "PrerequisitePart"
SWITCHES = {
    Kind.POSTER: "Posters",
    Kind.SEASON: "SeasonPosters",
    Kind.BACKGROUND: "BackgroundPosters",
    Kind.TITLE_CARD: "TitleCards",
}
SKIP_LABEL = "skip_posterizarr"
NO_ITEM_RULES = ItemRules()


@dataclass(frozen=True, slots=True)
class WorkRules:
    """Which kinds are made, where they lie, which episodes are left out, and the user's rules for items."""

    kinds: frozenset[Kind]
    layout: Layout = Layout()
    placeholders: tuple[str, ...] = ()
    skip_unreadable: bool = False
    item_rules: ItemRules = NO_ITEM_RULES


def read_work_rules(
    settings: Settings, item_rules: ItemRules = NO_ITEM_RULES, own_kinds: frozenset[Kind] = frozenset()
) -> WorkRules:
    """The rules in the user's settings; `placeholders` is empty where SkipTBA is off.

    `own_kinds` are those that are switched on outside of config.json.
    """
    skips_placeholders = settings.flag(COMMON, "SkipTBA")
    return WorkRules(
        kinds=own_kinds.union(kind for kind, switch in SWITCHES.items() if settings.flag(COMMON, switch)),
        layout=Layout(settings.flag(COMMON, "LibraryFolders")),
        placeholders=settings.words("TitleCardOverlayPart", "SkipWords") if skips_placeholders else (),
        skip_unreadable=settings.flag(COMMON, "SkipJapTitle"),
        item_rules=item_rules,
    )


def wanted_assets(item: Item, rules: WorkRules) -> tuple[WantedAsset, ...]:
    """The pictures of an item in the order poster, background, seasons, title cards.

    Those that are not to be made carry the reason; nothing at all is wanted where no kind applies.
    """
    ruling = rules.item_rules.ruling(item)
    found: dict[str, WantedAsset] = {}
    for wanted in offered(in_order(item, ruling), rules):
        # Of two rows with one number, such as versions of an episode, the first has the file.
        if wanted.kind in rules.kinds:
            found.setdefault(wanted.path, wanted)
    reason = item_reason(item)
    return tuple(ruled(wanted, ruling, reason) for wanted in found.values())


def wanted_logo(item: Item, rules: WorkRules) -> WantedAsset:
    """The logo of a film or show; its path only names it, as a logo is shown by servers and is no file."""
    ruling = rules.item_rules.ruling(item)
    return ruled(placed(Kind.LOGO, item, Kind.LOGO.value, rules), ruling, item_reason(item))


def in_order(item: Item, ruling: Ruling) -> Item:
    """The item with the order of episodes that a rule names."""
    return replace(item, order=ruling.order) if ruling.order else item


def ruled(wanted: WantedAsset, ruling: Ruling, reason: Reason | None) -> WantedAsset:
    """The wanted picture with the rules of its item; `reason` is that of the whole item to be left out."""
    left_out = Reason.RULED_OUT if wanted.kind in ruling.skips else None
    return replace(wanted, skip=reason or left_out or wanted.skip, ruling=ruling)


def item_reason(item: Item) -> Reason | None:
    """Why nothing is made of the whole item, None where it is made."""
    if any(SKIP_LABEL in label.lower() for label in item.labels):
        return Reason.LABELLED
    return None if item.root_folder else Reason.NO_FOLDER


def offered(item: Item, rules: WorkRules) -> Iterator[WantedAsset]:
    is_collection = item.medium is Medium.COLLECTION
    yield placed(Kind.COLLECTION if is_collection else Kind.POSTER, item, "poster", rules)
    yield placed(Kind.BACKGROUND, item, "background", rules)
    yield placed(Kind.SQUARE, item, Kind.SQUARE.value, rules)
    if item.medium is Medium.SHOW:
        for season in item.seasons:
            yield placed(Kind.SEASON, item, season_stem(season.number), rules, season)
        for season in item.seasons:
            yield from cards(item, season, rules)


def cards(item: Item, season: Season, rules: WorkRules) -> Iterator[WantedAsset]:
    for episode in filter(lambda episode: episode.numbers, season.episodes):
        stem = episode_stem(season.number, episode.numbers[0])
        wanted = placed(Kind.TITLE_CARD, item, stem, rules, season, episode)
        yield replace(wanted, skip=wanted.skip or episode_reason(episode, rules))


def episode_reason(episode: Episode, rules: WorkRules) -> Reason | None:
    if any(is_placeholder(title, rules.placeholders) for title in episode.titles):
        return Reason.PLACEHOLDER_TITLE
    if rules.skip_unreadable and any(map(is_unreadable, episode.titles)):
        return Reason.JAPANESE_TITLE
    return None


def placed(
    kind: Kind,
    item: Item,
    stem: str,
    rules: WorkRules,
    season: Season | None = None,
    episode: Episode | None = None,
) -> WantedAsset:
    """The wanted picture with its file; without a usable name the path names the item only."""
    try:
        return WantedAsset(kind, item, rules.layout.path(item, stem), season, episode)
    except BadName:
        path = f"{item.library.name}/{item.key}/{stem}"
        return WantedAsset(kind, item, path, season, episode, skip=Reason.BAD_PATH)
