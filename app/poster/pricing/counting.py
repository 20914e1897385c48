"""Which pictures a run would draw, group by group."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.poster.choosing.rules import Rules
from app.poster.choosing.titles import texts_of
from app.poster.choosing.treatments import LOCAL, shows_title, takes_text
from app.poster.kinds import Kind
from app.poster.pricing.baseline import PartedPictures, Verdicts, is_drawn
from app.poster.pricing.looks import PreparedTexts, SortLook
from app.poster.pricing.plans import RunPlan, sourced_item
from app.poster.pricing.stock import DrawingNeed, ItemFacts, Sort, StockPicture
from app.poster.records.candidate import Candidate, ProviderName
from app.poster.records.decision import Treatment
from app.poster.records.library import Episode, Season
from app.poster.records.ruling import Ruling
from app.poster.records.wanted import WantedAsset


@dataclass(frozen=True)
class Group:
    """Pictures of one sort and with the same rules; `before` is the ruling of the saved rules."""

    sort: Sort
    ruling: Ruling
    before: Ruling
    shelves: Sequence[PartedPictures]

    @cached_property
    def pictures(self) -> list[StockPicture]:
        return [picture for shelf in self.shelves for picture in shelf.pictures]


@dataclass
class Count:
    """Pictures by kind: `drawn` would be drawn, `may` could be where providers offer another picture.

    `replaced` and `added` are those of `drawn` that have a file and that have none; `kept_bytes` is what the
    files of the former take. `wanted` are all that the run looks at, `paths` those of `drawn`.
    """

    wanted: Counter[Kind] = field(default_factory=Counter)
    drawn: Counter[Kind] = field(default_factory=Counter)
    may: Counter[Kind] = field(default_factory=Counter)
    replaced: Counter[Kind] = field(default_factory=Counter)
    added: Counter[Kind] = field(default_factory=Counter)
    kept_bytes: Counter[Kind] = field(default_factory=Counter)
    paths: set[str] = field(default_factory=set)

    def add(self, kind: Kind, drawn: Sequence[StockPicture], is_new: bool = False) -> None:
        replaced = [] if is_new else [picture.size for picture in drawn if picture.size]
        self.drawn[kind] += len(drawn)
        self.paths.update(picture.path for picture in drawn)
        self.replaced[kind] += len(replaced)
        self.added[kind] += len(drawn) - len(replaced)
        self.kept_bytes[kind] += sum(replaced)


class Counting:
    """Counts for one plan after another; what saved settings leave is known while the stock is the same."""

    def __init__(self, stock: Sequence[StockPicture]):
        self.stock = stock
        self._shelves: dict[tuple[Sort, ItemFacts], PartedPictures] = defaultdict(PartedPictures)
        for picture in stock:
            self._shelves[picture.sort, picture.item].pictures.append(picture)
        self._texts = PreparedTexts()

    def groups(self, now: RunPlan, saved: RunPlan) -> list[Group]:
        """The stock in groups; items that a label leaves out are in none."""
        found: dict[tuple[Sort, Ruling, Ruling], list[PartedPictures]] = defaultdict(list)
        for (sort, item), shelf in self._shelves.items():
            ruling, before = now.ruling(item), saved.ruling(item)
            if ruling and before:
                found[sort, ruling, before].append(shelf)
        return [Group(*key, shelves) for key, shelves in found.items()]

    def count(self, groups: Sequence[Group], now: RunPlan, saved: RunPlan) -> Count:
        """What a run with `now` would draw, where runs until now were made with `saved`."""
        found = Count()
        for group in groups:
            if now.wants(group.sort, group.ruling):
                self._count_group(found, group, now, saved)
        return found

    def _count_group(self, found: Count, group: Group, now: RunPlan, saved: RunPlan) -> None:
        kind = group.sort.kind
        rules, before = now.choosing(group.sort, group.ruling), saved.choosing(group.sort, group.before)
        pictures = self._wanted(group, now, saved)
        found.wanted[kind] += len(pictures)
        moved = now.work.layout != saved.work.layout
        drawn = pictures_with_choice(pictures) if moved else self._drawn(group, pictures, rules, now, saved)
        found.add(kind, drawn, is_new=moved)
        if may_choose_otherwise(group, rules, before):
            # What a person made is left alone whatever is chosen.
            open_ones = sum(one.standing is not DrawingNeed.LEFT or not one.sort.chosen for one in pictures)
            found.may[kind] += max(0, open_ones - len(drawn))

    def _wanted(self, group: Group, now: RunPlan, saved: RunPlan) -> Sequence[StockPicture]:
        """The pictures without those that settings leave out since the last run."""
        facts = ("placeholders", "skip_unreadable")
        if all(getattr(now.work, name) == getattr(saved.work, name) for name in facts):
            return group.pictures
        return [picture for picture in group.pictures if not now.leaves_out(picture)]

    def _drawn(
        self, group: Group, pictures: Sequence[StockPicture], rules: Rules, now: RunPlan, saved: RunPlan
    ) -> list[StockPicture]:
        if not group.sort.chosen:
            return []
        before = saved.choosing(group.sort, group.before)
        look = self._look(group.sort, group.ruling, rules, now)
        if rules.wording != before.wording:
            return [picture for picture in retitled(pictures, rules, before) if is_drawn(picture, look)]
        base = self._look(group.sort, group.before, before, saved)
        drawn, verdicts = [], Verdicts(base, look)
        for shelf in group.shelves:
            shelf.part(base)
            drawn += shelf.drawn_with(look, verdicts)
        if pictures is group.pictures:
            return drawn
        paths = {picture.path for picture in pictures}
        return [picture for picture in drawn if picture.path in paths]

    def _look(self, sort: Sort, ruling: Ruling, rules: Rules, plan: RunPlan) -> SortLook:
        treatment = treatment_of(sort, rules, sort.chosen)
        has_logo = sort.has_logo and bool(rules.logo_looks)
        return SortLook(sort, treatment, has_logo, plan.styles.ruled_by(ruling), plan.digests, self._texts)


def pictures_with_choice(pictures: Sequence[StockPicture]) -> list[StockPicture]:
    return [picture for picture in pictures if picture.sort.chosen]


def treatment_of(sort: Sort, rules: Rules, chosen: Candidate) -> Treatment:
    """As `treat` gives it, without the texts."""
    lettered, drawn = shows_title(chosen), chosen.provider is ProviderName.TYPOGRAPHIC
    return Treatment(
        with_text=takes_text(rules, chosen),
        with_overlay=not ((lettered and rules.no_overlay_on_lettered) or drawn),
        with_border=not (lettered and rules.no_border_on_lettered),
        resolution=sort.resolution,
        of_show=sort.of_show,
        right_to_left=sort.right_to_left,
        language=sort.language,
        blurred=sort.blurred,
    )


def may_choose_otherwise(group: Group, rules: Rules, before: Rules) -> bool:
    """Whether providers might be found to have another picture or logo than the one that was chosen."""
    sort, ruling, saved = group.sort, group.ruling, group.before
    is_card = sort.kind is Kind.TITLE_CARD
    if is_card and (ruling.order, ruling.unwatched) != (saved.order, saved.unwatched):
        return True
    if sort.chosen and sort.chosen.provider in LOCAL:
        return False
    if (rules.looks, rules.ranking) != (before.looks, before.ranking):
        return True
    logos, earlier = ((one.logo_looks, one.text_for_logo) for one in (rules, before))
    # Without a look for logos the title is text, whatever providers have.
    return (
        bool(rules.logo_looks)
        and logos != earlier
        and not (sort.chosen and not takes_text(rules, sort.chosen))
    )


def retitled(pictures: Sequence[StockPicture], rules: Rules, before: Rules) -> Iterator[StockPicture]:
    """The pictures with the texts that other words of the settings give them."""
    for picture in pictures:
        title, second = texts_of(stock_wanted(picture, before.wording.renames_seasons), rules.wording)
        changed = replace(picture, title=title, second=second)
        # Words that are drawn into a picture come with its candidate.
        is_words = picture.sort.chosen.provider is ProviderName.TYPOGRAPHIC and second != picture.second
        yield replace(changed, stored=None) if is_words else changed


def stock_wanted(picture: StockPicture, was_renamed: bool) -> WantedAsset:
    """The picture as it is asked for; the source's own name of a season that had another one is not known."""
    sort = picture.sort
    name = "" if was_renamed else picture.title
    season = Season("", picture.season, name) if picture.season is not None else None
    card = Episode("", picture.season or 0, picture.episodes, (picture.title,))
    return WantedAsset(
        sort.kind,
        sourced_item(picture.item, source=None),
        picture.path,
        season,
        card if sort.kind is Kind.TITLE_CARD else None,
    )
