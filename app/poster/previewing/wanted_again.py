"""What a run would want for an asset, put together from the record of the last one."""

from dataclasses import replace

import msgspec

from app.poster.choosing.rules import RuleBook
from app.poster.choosing.titles import texts_of
from app.poster.choosing.treatments import treat
from app.poster.choosing.wording import Wording, read_wording
from app.poster.kinds import Kind
from app.poster.records.candidate import Candidate, ProviderName, Typography
from app.poster.records.decision import Decision, Treatment
from app.poster.records.environment import Environment
from app.poster.records.ids import Medium
from app.poster.records.library import Episode, Item, Library, LibraryContent, Season, SourceName
from app.poster.records.ruling import Ruling
from app.poster.records.wanted import WantedAsset
from app.poster.settings import Settings
from app.poster.text.label_words import card_label
from app.poster.text.wording import read_label_words


def item_of(decision: Decision, of_show: str = "") -> Item:
    """The item as far as its record knows it; `of_show` is the show's title that stands on a season."""
    treatment = decision.treatment
    library = Library(
        SourceName.FOLDER, "", decision.library, LibraryContent.MIXED, language=treatment.language
    )
    drawn = "" if decision.kind in (Kind.SEASON, Kind.TITLE_CARD, Kind.COLLECTION) else treatment.title
    other = of_show or drawn
    return Item(
        library,
        decision.item_key,
        decision.medium,
        decision.title,
        original_title=decision.original_title or (other if other != decision.title else ""),
        year=decision.year,
        labels=decision.labels,
        root_folder=decision.root_folder,
        resolution=treatment.resolution if decision.medium is Medium.FILM else "",
    )


def wanted_of(decision: Decision, saved: Wording, ruling: Ruling) -> WantedAsset:
    """The wanted asset whose texts are the record's; a season name of the user's words is forgotten."""
    treatment, season, episode = decision.treatment, None, None
    if decision.kind is Kind.SEASON and decision.season is not None:
        season = Season("", decision.season, "" if saved.renames_seasons else treatment.title)
    if decision.kind is Kind.TITLE_CARD and decision.episodes:
        titles, number = (treatment.title,), decision.season or 0
        episode = Episode("", number, decision.episodes, titles, resolution=treatment.resolution)
    of_show = treatment.second if decision.kind is Kind.SEASON else ""
    return WantedAsset(
        decision.kind, item_of(decision, of_show), decision.path, season, episode, ruling=ruling
    )


def treatment_now(decision: Decision, saved: Settings, now: Settings, ruling: Ruling) -> Treatment:
    """The record's treatment as a run with the settings `now` would make it of the same picture.

    Texts are the record's where no words of the settings change.
    """
    before, after = read_wording(saved), read_wording(now.over(ruling.settings))
    wanted, known = wanted_of(decision, before, ruling), decision.treatment
    rules = RuleBook(now, Environment(), frozenset(), False, ruling).rules(wanted)
    fresh = treat(wanted, rules, decision.chosen)
    asked_for_none = not known.title.strip()
    parts = {
        "with_text": fresh.with_text and not asked_for_none,
        "with_overlay": fresh.with_overlay,
        "with_border": fresh.with_border,
    }
    if read_wording(saved.over(ruling.settings)) != after:
        parts["title"], parts["second"] = texts_of(wanted, after)
    return replace(known, **parts)


def with_words_of(decision: Decision, saved: Settings, now: Settings) -> Candidate:
    """The chosen picture; where it is drawn from words, with the label that the settings `now` give it."""
    chosen, language = decision.chosen, decision.treatment.language
    words = read_label_words(now, language)
    is_drawn = chosen.provider is ProviderName.TYPOGRAPHIC and decision.kind is Kind.TITLE_CARD
    if not is_drawn or words == read_label_words(saved, language):
        return chosen
    typography = msgspec.json.decode(chosen.validator, type=Typography)
    label = card_label(words, decision.season or 0, decision.episodes)
    return replace(chosen, validator=msgspec.json.encode(replace(typography, second=label)).decode())
