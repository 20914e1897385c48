"""The decision of an earlier run, where asking again would bring nothing new."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zlib import crc32

from app.poster.choosing.rules import Rules
from app.poster.choosing.treatments import LOCAL
from app.poster.planning.ingredients import digest
from app.poster.records.candidate import ProviderAnswer
from app.poster.records.decision import Decision
from app.poster.records.journal_entry import AssetRecord, Rejection
from app.poster.records.library import Item
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
    season = wanted.season and replace(wanted.season, episodes=())
    episode = wanted.episode and replace(wanted.episode, watched=None)
    found = [answer.candidates for answer in local]
    parts = (CHOOSING_VERSION, wanted.kind, shown(wanted.item), season, episode, wanted.skip, rules, found)
    return digest(parts)


def shown(item: Item) -> Item:
    """The item without what changes with its neighbours and its viewers."""
    library = replace(item.library, size=None)
    return replace(item, library=library, seasons=(), labels=(), watched=None)


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
