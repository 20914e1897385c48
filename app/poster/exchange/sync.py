"""One media server gets the pictures of another one."""

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace

from app.poster.applying.publishing import digest
from app.poster.exchange.account import ExchangeAccount, Moved, left, of_uploads
from app.poster.exchange.asset_records import asset_record
from app.poster.exchange.choice import exchange_choice, read_route
from app.poster.exchange.fingerprints import PictureFingerprint
from app.poster.exchange.listing import ItemDone, for_each_listed, items_of
from app.poster.exchange.matching import Shelf, ShownPicture, picture_key
from app.poster.exchange.opening import Exchange, open_exchange, opened_receiver, opened_source
from app.poster.modes.job import Job
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.library import Item
from app.poster.records.reasons import Action, Reason
from app.poster.records.server_art import Shown
from app.poster.records.wanted import WantedAsset
from app.poster.sources.source import Source
from app.poster.uploading.parcel import HeldPicture, UploadOrder
from app.poster.uploading.places import ListedPlace, listed_places
from app.poster.uploading.receiver import Receiver, UploadTrouble
from app.poster.uploading.state import SHOWS_OTHERS, known_at
from app.poster.worklist.wanted import wanted_assets

LABELLED = Reason.LABELLED


@dataclass(frozen=True)
class SyncOrigin:
    """The server that has the pictures: its listing, and what reads bytes of it."""

    source: Source
    receiver: Receiver

    def read(self, picture: ShownPicture) -> bytes:
        """The original bytes, b"" where the server has none any more; UploadTrouble."""
        return self.receiver.read(picture.place, Shown(picture.validator or "listed", picture.validator))


def sync_servers(job: Job, is_dry: bool = False) -> None:
    """Have one server show what the other one shows; HandledExit where one of them cannot be asked."""
    route, choice = read_route(job.order), exchange_choice(job.order)
    job.tally.uploads.is_on = True
    with ExitStack() as opened:
        exchange = opened.enter_context(open_exchange(job, route.target, choice, is_dry))
        source = opened.enter_context(closing(opened_source(job, route.origin)))
        receiver = opened.enter_context(closing(opened_receiver(job, route.origin)))
        verb = f"Synced to {route.target.value}"
        account = opened.enter_context(ExchangeAccount(job, exchange.run, verb, is_dry))
        origin = SyncOrigin(source, receiver)
        sync = Sync(exchange, origin, shelf_of(exchange, origin))
        for_each_listed(exchange, account, sync.item)


def shelf_of(exchange: Exchange, origin: SyncOrigin) -> Shelf:
    """All items of the origin; a library that cannot be listed whole is an error of the run."""
    shelf, kinds = Shelf(), exchange.choice.kinds
    # Libraries may have other names there: those of -Libraries are the target's.
    for library in origin.source.libraries():
        for item in items_of(exchange.job, origin.source, library, kinds):
            shelf.add(item)
    return shelf


@dataclass(frozen=True)
class Sync:
    """Brings the pictures of the origin to the exchange's server; calls come from several threads."""

    exchange: Exchange
    origin: SyncOrigin
    shelf: Shelf

    def item(self, item: Item) -> ItemDone:
        """All pictures of one item of the target, one after the other as places may share a record."""
        matched = self.shelf.match(item)
        if matched is None:
            return ItemDone(item.title, is_matched=False)
        wanted = wanted_assets(item, self.exchange.rules)
        offered = [
            (one, matched.pictures.get(picture_key(one))) for one in wanted if one.skip is not LABELLED
        ]
        known = self.exchange.journal.records([one.path for one, picture in offered if picture])
        return ItemDone(
            item.title,
            tuple(self.picture(one, picture, known.get(one.path)) for one, picture in offered if picture),
        )

    def picture(self, wanted: WantedAsset, picture: ShownPicture, known: AssetRecord | None) -> Moved:
        """What became of one picture of the target."""
        record = known or asset_record(wanted, Reason.SYNCED)
        moved = Moved(wanted.path, wanted.kind, Action.UPLOAD, Reason.SYNCED, record.decision)
        try:
            return self._compared(wanted, picture, record, moved)
        except UploadTrouble as trouble:
            name = self.origin.source.name.value
            sentence = f"not read from {name}, {trouble}"
            return replace(moved, action=Action.SKIP, reason=Reason.FAILED, trouble=sentence)

    def _compared(
        self, wanted: WantedAsset, picture: ShownPicture, record: AssetRecord, moved: Moved
    ) -> Moved:
        """The picture after it was sent where it differs; UploadTrouble of the origin."""
        exchange = self.exchange
        places = listed_places(wanted, exchange.uploader.rules, exchange.source.name)
        record = exchange.read_again(record, places)
        fingerprint = exchange.fingerprints.known(picture.place, picture.validator)
        content = b"" if fingerprint else self._fetched(picture)
        sha256 = fingerprint.sha256 if fingerprint else digest(content)
        order = UploadOrder(record, HeldPicture(content), sha256, places, was_made=True)
        if not exchange.uploader.awaits(order):
            return as_known(moved, record, places)
        if not content and not exchange.is_dry:
            order = replace(order, file=HeldPicture(self._fetched(picture)))
        return of_uploads(moved, exchange.brought(order))

    def _fetched(self, picture: ShownPicture) -> bytes:
        """The bytes, whose fingerprint is kept; UploadTrouble where there are none any more."""
        content = self.origin.read(picture)
        if not content:
            raise UploadTrouble("its picture is gone; the next run lists what is there")
        fingerprint = PictureFingerprint(picture.validator, digest(content), len(content))
        self.exchange.fingerprints.note(picture.place, fingerprint)
        return content


def as_known(moved: Moved, record: AssetRecord, places: Sequence[ListedPlace]) -> Moved:
    """The picture where no place has to be asked: all show it, or what somebody else put there."""
    found = [known_at(record.uploads, listed.place) for listed in places]
    others = [known for known in found if known and known.state in SHOWS_OTHERS]
    return left(moved, others[0]) if others else replace(moved, action=Action.SKIP, reason=Reason.UNCHANGED)
