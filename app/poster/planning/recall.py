"""The decision of an earlier run, where asking again would bring nothing new."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zlib import crc32

from app.poster.choosing.rules import Rules
from app.poster.choosing.treatments import LOCAL
from app.poster.planning.ingredients import short_digest
from app.poster.records.candidate import ProviderAnswer
from app.poster.records.decision import Decision
from app.poster.records.journal_entry import AssetRecord, Rejection
from app.poster.records.library import Episode, Item, Season
from app.poster.records.wanted import WantedAsset

# Counts up when the same answers lead to other decisions than before.
CHOOSING_VERSION = 1
GOOD_FOR = timedelta(days=7)
FALLBACK_FOR = timedelta(days=2)
NOTHING_FOR = timedelta(hours=20)
# Assets of one run grow old at different times, so that no later run asks for all of them at once.
SPREAD = 1.0
PARTS = 1024


def asked_digest(wanted: WantedAsset, rules: Rules, local: Sequence[ProviderAnswer] = ()) -> str:
    """A digest of all that a decision is made from, save what online providers answer.

    `local` are the answers that are had without asking anybody: of manual files and templates.
    """
    found = [answer.candidates for answer in local]
    facts = (shown_item(wanted.item), shown_season(wanted.season), shown_episode(wanted.episode))
    return short_digest((CHOOSING_VERSION, wanted.kind, wanted.path, wanted.skip, facts, rules, found))


def shown_item(item: Item) -> tuple:
    """All of the item but what changes with its neighbours, its labels and its viewers."""
    library = item.library
    return (
        (library.source, library.key, library.name, library.language),
        (item.key, item.medium, item.title, item.original_title, item.year, item.ids),
        (item.path, item.root_folder, item.extra_folder, item.resolution, item.order, item.art),
    )


def shown_season(season: Season | None) -> tuple | None:
    return season and (season.key, season.number, season.name, season.ids, season.art)


def shown_episode(row: Episode | None) -> tuple | None:
    return row and (row.key, row.season, row.numbers, row.titles, row.ids, row.resolution, row.art, row.aired)


def recall(record: AssetRecord | None, asked: str, moment: datetime) -> Decision | None:
    """The record's decision while nothing that it was made from has changed and it is young enough.

    None where a provider was in trouble, where nothing or not the best was found some time ago, and where a
    local file was chosen, which is looked at anew in every run.
    """
    if record is None or record.asked != asked or record.decided_at is None:
        return None
    decision = record.decision
    if not decision.is_final or (decision.chosen and decision.chosen.provider in LOCAL):
        return None
    age = moment - record.decided_at
    return decision if timedelta(0) <= age < good_for(record) else None


def standing_rejections(record: AssetRecord | None, moment: datetime) -> tuple[Rejection, ...]:
    """The candidates that stay passed over; after some days they get another chance."""
    if record is None or record.decided_at is None:
        return ()
    return record.rejected if moment - record.decided_at < FALLBACK_FOR else ()


def good_for(record: AssetRecord) -> timedelta:
    """How long a decision stands without asking again, up to twice as long for some assets."""
    decision = record.decision
    if decision.chosen is None:
        return NOTHING_FOR
    longest = FALLBACK_FOR if decision.fallback or record.rejected else GOOD_FOR
    return longest * (1 + SPREAD * (crc32(decision.path.encode()) % PARTS) / PARTS)
