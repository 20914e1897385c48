"""A media server shows its own pictures again in place of ours."""

from dataclasses import dataclass, replace

from app.poster.exchange.account import ExchangeAccount, Moved
from app.poster.exchange.asset_records import asset_record
from app.poster.exchange.choice import read_reset_choice
from app.poster.exchange.listing import ItemDone, for_each_listed
from app.poster.exchange.opening import Exchange, open_exchange
from app.poster.modes.job import Job
from app.poster.pipeline.engine import configured
from app.poster.records.journal_entry import AssetRecord, UploadRecord
from app.poster.records.library import Item
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.server_art import Place
from app.poster.records.wanted import WantedAsset
from app.poster.sources.table import chosen_source
from app.poster.uploading.looking import Seen, kept_before, look_at
from app.poster.uploading.places import listed_places
from app.poster.uploading.receiver import UploadTrouble
from app.poster.uploading.state import known_at
from app.poster.worklist.wanted import wanted_assets

OF_OTHERS = {Owner.HAND: Reason.BY_HAND, Owner.TOOL: Reason.OTHER_TOOL}


def reset_library(job: Job, is_dry: bool = False) -> None:
    """Take our pictures off the chosen libraries; HandledExit where the server cannot be asked."""
    choice = read_reset_choice(job.order)
    with configured():
        name = chosen_source(job.settings)
    with (
        open_exchange(job, name, choice, is_dry) as exchange,
        ExchangeAccount(job, exchange.run, "Reset", is_dry) as account,
    ):
        for_each_listed(exchange, account, Reset(exchange).item)


@dataclass(frozen=True)
class Reset:
    """Resets places of one server; calls come from several threads."""

    exchange: Exchange

    def item(self, item: Item) -> ItemDone:
        """All pictures of one item, one after the other as places may share a record."""
        wanted = [one for one in wanted_assets(item, self.exchange.rules) if one.skip is not Reason.LABELLED]
        known = self.exchange.journal.records([one.path for one in wanted])
        results = []
        for one in wanted:
            record = known.get(one.path) or asset_record(one, Reason.RESET)
            for place in self._places(one):
                moved, record = self._place(one, place, record)
                results.append(moved)
        return ItemDone(item.title, tuple(results))

    def _places(self, wanted: WantedAsset) -> list[Place]:
        rules, name = self.exchange.uploader.rules, self.exchange.source.name
        return [listed.place for listed in listed_places(wanted, rules, name)]

    def _place(self, wanted: WantedAsset, place: Place, record: AssetRecord) -> tuple[Moved, AssetRecord]:
        """What became of one place, and the asset's record after it."""
        moved = Moved(wanted.path, wanted.kind, Action.RESTORE, Reason.RESET, record.decision)
        known = known_at(record.uploads, place)
        try:
            seen = look_at(self.exchange.receiver, place, known)
            moved = judged_picture(moved, seen, wanted.path in self.exchange.uploader.rules.taken)
            if moved.action is Action.SKIP or self.exchange.is_dry:
                return moved, record
            return self._reset(moved, place, record, seen)
        except UploadTrouble as trouble:
            return replace(moved, action=Action.SKIP, reason=Reason.FAILED, trouble=str(trouble)), record

    def _reset(
        self, moved: Moved, place: Place, record: AssetRecord, seen: Seen
    ) -> tuple[Moved, AssetRecord]:
        """One place is reset, in the journal before and after it; UploadTrouble."""
        exchange, receiver = self.exchange, self.exchange.receiver
        known = known_at(record.uploads, place)
        before = kept_before(receiver, exchange.store, place, seen, known)
        after = reset_record(record, known)
        number = exchange.journal.intend_upload(
            exchange.run, record.path, Action.RESTORE, place, before, "", after
        )
        try:
            was_reset = receiver.reset(place, seen.shown.art_id)
            shown = receiver.shown(place)
        except UploadTrouble as trouble:
            exchange.journal.fail(number, str(trouble))
            raise
        if not was_reset:
            exchange.journal.fail(number, Reason.NOTHING_OFFERED.sentence)
            return replace(moved, action=Action.SKIP, reason=Reason.NOTHING_OFFERED), record
        exchange.journal.complete_upload(number, shown, after)
        return moved, after


def judged_picture(moved: Moved, seen: Seen, is_taken: bool) -> Moved:
    """The picture by whose is shown: ours is reset, all others stay."""
    moved = replace(moved, owner=seen.owner, detail=seen.why)
    if seen.owner in (Owner.NOBODY, Owner.SERVER):
        return replace(moved, action=Action.SKIP, reason=Reason.UNCHANGED)
    if seen.owner in OF_OTHERS and not is_taken:
        return replace(moved, action=Action.SKIP, reason=OF_OTHERS[seen.owner])
    return moved


def reset_record(record: AssetRecord, known: UploadRecord | None) -> AssetRecord:
    """The record without that upload; the picture is not made of the same ingredients again unasked."""
    return replace(
        record,
        action=Action.RESTORE,
        reason=Reason.RESET,
        why=Reason.RESET.sentence,
        uploads=tuple(one for one in record.uploads if one is not known),
        undone=record.ingredients,
    )
