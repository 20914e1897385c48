"""All settings that choose, for one asset."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from app.poster.choosing.language_lists import LanguageLists
from app.poster.choosing.languages import Tag, read_tag
from app.poster.choosing.looks import Sight, available, logo_looks, plan_looks
from app.poster.choosing.orders import FAVOURITES, picture_order, read_order
from app.poster.choosing.ranking import SORTINGS, VOTE_AVERAGE, Ranking
from app.poster.choosing.search import Look
from app.poster.choosing.wording import Wording, read_wording
from app.poster.drawing.kind_plans import LOGO_SWITCHES, PLANS
from app.poster.kinds import Kind
from app.poster.records.candidate import ProviderName, Question
from app.poster.records.environment import Environment, Generate
from app.poster.records.library import Library, SourceName
from app.poster.records.ruling import NO_RULING, Ruling, Unwatched
from app.poster.records.wanted import WantedAsset
from app.poster.settings import Settings

COMMON, API = "PrerequisitePart", "ApiPart"
OWN_FILES = (ProviderName.MANUAL, ProviderName.TEMPLATE)
LARGEST_SIDE = 100_000
TALL = frozenset({Kind.POSTER, Kind.SEASON, Kind.COLLECTION})
NO_ONLINE = {
    Kind.POSTER: "DisableOnlinePosterFetch",
    Kind.SEASON: "DisableOnlineSeasonFetch",
    Kind.BACKGROUND: "DisableOnlineBackgroundFetch",
    Kind.TITLE_CARD: "DisableOnlineTitleCardFetch",
}
NO_LOCAL_TEXT = {
    Kind.POSTER: "SkipLocalPosterTextAdd",
    Kind.SEASON: "SkipLocalSeasonTextAdd",
    Kind.BACKGROUND: "SkipLocalBackgroundTextAdd",
    Kind.TITLE_CARD: "SkipLocalTCTextAdd",
}
LOGO_KINDS = {Kind.LOGO: "UseClearlogo", Kind.CLEAR_ART: "UseClearart"}
MINIMUMS = {True: ("PosterMinWidth", "PosterMinHeight"), False: ("BgTcMinWidth", "BgTcMinHeight")}
FALLBACKS = {
    Kind.SEASON: ("SeasonPosterOverlayPart", "ShowFallback"),
    Kind.TITLE_CARD: ("TitleCardOverlayPart", "BackgroundFallback"),
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides for one kind in one library.

    `looks` is the search in order, `languages` the list that it follows, as words. `favourite` is who serves
    where nothing falls back. `online_off` says that a setting keeps online providers from being asked. The
    switches on lettered pictures say what is left out where a picture shows a title already. `logo_looks` is
    the search for a logo in place of the title, empty where titles are text; `text_for_logo` says that the
    title is drawn as text where no logo serves. `hides` says that the picture is drawn from words because the
    episode is not watched yet.
    """

    kind: Kind
    looks: tuple[Look, ...]
    ranking: Ranking
    languages: tuple[str, ...]
    favourite: ProviderName
    wording: Wording
    online_off: bool = False
    no_text_on_lettered: bool = False
    no_overlay_on_lettered: bool = False
    no_border_on_lettered: bool = False
    no_text_on_local: bool = False
    logo_looks: tuple[Look, ...] = ()
    logo_languages: tuple[str, ...] = ()
    text_for_logo: bool = False
    hides: bool = False


class RuleBook:
    """Reads the rules from the settings, once for each kind and library; calls come from any thread.

    `online` are the providers that can be asked; `has_keys` says whether the user has set any key. `notes`
    has one sentence for each value that cannot be used. Items with rules of the user's have a book of their
    own below this one, in which `ruling` stands before the settings.
    """

    def __init__(
        self,
        settings: Settings,
        environment: Environment,
        online: frozenset[ProviderName],
        has_keys: bool,
        ruling: Ruling = NO_RULING,
    ):
        self._settings = settings.over(ruling.settings)
        self._ruling = ruling
        self._make = partial(RuleBook, settings, environment, online, has_keys)
        self._books: dict[Ruling, RuleBook] = {ruling: self}
        self._online = online
        self._has_keys = has_keys
        self._typographic = generates(environment.generate, has_keys)
        self._lists = LanguageLists(self._settings)
        self._known: dict[tuple, Rules] = {}
        self._order_notes: dict[str, None] = {}

    @property
    def notes(self) -> list[str]:
        books = [book for book in tuple(self._books.values()) if book is not self]
        below = (note for book in books for note in book.notes)
        return [*dict.fromkeys((*self._order_notes, *self._lists.notes, *below))]

    def rules(self, wanted: WantedAsset) -> Rules:
        """The rules for the asset's kind in its library, with the user's rules for its item."""
        found = self._book(wanted.ruling)._of_library(wanted.kind, wanted.item.library)
        return hiding(found) if wanted.cover is Unwatched.TYPOGRAPHIC else found

    def logo_rules(self, wanted: WantedAsset) -> Rules:
        """The rules for the logo that a server shows of an item: the user's own file first."""
        return self._book(wanted.ruling)._of_logos(wanted.item.library)

    def _of_logos(self, library: Library) -> Rules:
        sight = self._sight(Kind.LOGO, library)
        return Rules(
            Kind.LOGO,
            looks=(
                Look(Question(ProviderName.MANUAL, Kind.LOGO)),
                *self._logo_looks((Kind.LOGO,), library, sight),
            ),
            ranking=self._ranking(Kind.LOGO, library),
            languages=tuple(map(str, self._lists.tags(Kind.LOGO, library.name))),
            favourite=favourite_of(sight),
            wording=read_wording(self._settings),
            online_off=self._has_keys and self._is_offline(Kind.LOGO),
        )

    def _logo_looks(self, kinds: tuple[Kind, ...], library: Library, sight: Sight) -> tuple[Look, ...]:
        order = available(picture_order(Kind.POSTER, sight.favourite), replace(sight, own=None))
        return logo_looks(kinds, self._lists.tags(Kind.LOGO, library.name), order)

    def _book(self, ruling: Ruling) -> "RuleBook":
        if not (ruling.settings or ruling.region):
            return self
        # Two threads may make the same book at once; they read the same.
        if ruling not in self._books:
            self._books[ruling] = self._make(ruling)
        return self._books[ruling]

    def _of_library(self, kind: Kind, library: Library) -> Rules:
        key = (kind, library.name, library.language, library.source)
        # Two threads may read the same rules at once; they read the same.
        if key not in self._known:
            self._known[key] = self._read(kind, library)
        return self._known[key]

    def _read(self, kind: Kind, library: Library) -> Rules:
        read = self._settings
        sight = self._sight(kind, library)
        tags = self._lists.tags(kind, library.name)
        no_both = read.flag(COMMON, "SkipAddTextAndOverlay")
        return Rules(
            kind,
            looks=plan_looks(kind, tags, sight),
            ranking=self._ranking(kind, library),
            languages=tuple(map(str, tags)),
            favourite=favourite_of(sight),
            wording=read_wording(read),
            online_off=self._has_keys and self._is_offline(kind),
            no_text_on_lettered=no_both or read.flag(COMMON, "SkipAddText"),
            no_overlay_on_lettered=no_both,
            no_border_on_lettered=read.flag(COMMON, "SkipAddTextAndBorder"),
            no_text_on_local=kind in NO_LOCAL_TEXT and read.flag(COMMON, NO_LOCAL_TEXT[kind]),
            **self._logo_facts(kind, library, sight),
        )

    def _logo_facts(self, kind: Kind, library: Library, sight: Sight) -> dict[str, Any]:
        """The fields of Rules that concern logos, none where the kind's title is text."""
        read = self._settings
        if not (kind in LOGO_SWITCHES and read.flag(COMMON, LOGO_SWITCHES[kind])):
            return {}
        if not (read.flag(*PLANS[kind].title) and read.flag("OverlayPart", "ImageProcessing")):
            return {}
        tags = self._lists.tags(Kind.LOGO, library.name)
        return {
            "logo_looks": self._logo_looks(self._logo_kinds(), library, sight),
            "logo_languages": tuple(map(str, tags)),
            "text_for_logo": read.flag(COMMON, "LogoTextFallback"),
        }

    def _logo_kinds(self) -> tuple[Kind, ...]:
        """Clear logos before clear art; clear logos where neither is switched on."""
        kinds = tuple(kind for kind, key in LOGO_KINDS.items() if self._settings.flag(COMMON, key))
        return kinds or (Kind.LOGO,)

    def _sight(self, kind: Kind, library: Library) -> Sight:
        read = self._settings
        own = ProviderName.BESIDE if library.source is SourceName.FOLDER else ProviderName.SERVER
        sight = Sight(
            favourite=FAVOURITES[read.choice(API, "FavProvider", tuple(FAVOURITES))],
            online=self._online,
            own=own,
            order=self._own_order(),
            fallback=kind in FALLBACKS and read.flag(*FALLBACKS[kind]),
            backgrounds_first=kind is Kind.TITLE_CARD
            and read.flag("TitleCardOverlayPart", "UseBackgroundAsTitleCard"),
            typographic=self._typographic,
        )
        return offline(sight) if self._is_offline(kind) else sight

    def _is_offline(self, kind: Kind) -> bool:
        keys = ("DisableOnlineAssetFetch", *([NO_ONLINE[kind]] if kind in NO_ONLINE else []))
        return any(self._settings.flag(COMMON, key) for key in keys)

    def _own_order(self) -> tuple[ProviderName, ...]:
        if not self._settings.flag(API, "OverrideProviderOrder"):
            return ()
        order, bad = read_order(self._settings.words(API, "ProviderOrder"))
        for word in bad:
            self._order_notes[f"{API}.ProviderOrder: {word!r} is no provider; it is left out"] = None
        return order

    def _ranking(self, kind: Kind, library: Library) -> Ranking:
        own = read_tag(library.language) or Tag("")
        of_rule = self._ruling.region
        return Ranking(
            minimum=self._minimum(kind in TALL),
            sorting=self._settings.choice(API, "tmdb_vote_sorting", ("", *SORTINGS)) or VOTE_AVERAGE,
            language="" if of_rule else own.language,
            region=of_rule or own.region,
        )

    def _minimum(self, is_tall: bool) -> tuple[int, int]:
        if not self._settings.flag(API, "WidthHeightFilter"):
            return 0, 0
        width, height = (self._settings.whole(API, key, 0, LARGEST_SIDE) for key in MINIMUMS[is_tall])
        return width, height


def hiding(rules: Rules) -> Rules:
    """The rules where no still of the episode is to be shown: own pictures, else one drawn from words."""
    own = tuple(look for look in rules.looks if look.question.provider in OWN_FILES)
    words = Look(Question(ProviderName.TYPOGRAPHIC, rules.kind))
    return replace(rules, looks=(*own, words), favourite=ProviderName.TYPOGRAPHIC, logo_looks=(), hides=True)


def generates(choice: Generate, has_keys: bool) -> bool:
    """Whether posters are drawn from words alone where nothing else serves."""
    return choice is Generate.ON or (choice is Generate.AUTO and not has_keys)


def offline(sight: Sight) -> Sight:
    """The sight where only files are to be used: the art of a media server is none."""
    own = sight.own if sight.own is ProviderName.BESIDE else None
    return replace(sight, online=frozenset(), own=own)


def favourite_of(sight: Sight) -> ProviderName:
    """The user's favourite, or the provider that is asked first where that one cannot be asked."""
    wanted = sight.own if sight.favourite is ProviderName.SERVER else sight.favourite
    order = available(picture_order(Kind.POSTER, sight.favourite), sight)
    if wanted in order:
        return wanted
    return order[0] if order else ProviderName.MANUAL
