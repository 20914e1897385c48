"""A media server shows the pictures of the backup again, or those that we uploaded over."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from app.poster.applying.publishing import digest
from app.poster.exchange.account import ExchangeAccount, Moved, of_uploads
from app.poster.exchange.asset_records import asset_record
from app.poster.exchange.choice import read_restore_choice, server_named
from app.poster.exchange.listing import ItemDone, for_each_listed
from app.poster.exchange.opening import Exchange, open_exchange
from app.poster.exchange.sync import as_known
from app.poster.journal.store import BytesMissing
from app.poster.modes.job import Job
from app.poster.pipeline.engine import configured
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.library import Item
from app.poster.records.reasons import Action, Reason
from app.poster.records.wanted import WantedAsset
from app.poster.sources.comparison import comparable_name, plain_title
from app.poster.sources.table import chosen_source
from app.poster.uploading.parcel import HeldPicture, UploadOrder
from app.poster.uploading.places import listed_places
from app.poster.uploading.state import known_at
from app.poster.worklist.wanted import wanted_assets


def restore_backup(job: Job, is_dry: bool = False) -> None:
    """Bring the backup's pictures to the server; HandledExit where it cannot be asked."""
    choice = read_restore_choice(job.order)
    job.tally.uploads.is_on = True
    with configured():
        name = server_named(job.order, "To") or chosen_source(job.settings)
    with (
        open_exchange(job, name, choice, is_dry) as exchange,
        ExchangeAccount(job, exchange.run, "Restored", is_dry) as account,
    ):
        restore = Restore(exchange, job.folders.backup, job.order.value("RestoreItem"))
        for_each_listed(exchange, account, restore.item, restore.wants)


@dataclass(frozen=True)
class Restore:
    """Brings pictures of the folder to one server; `title` names one item, "" for all."""

    exchange: Exchange
    folder: Path
    title: str = ""

    def wants(self, item: Item) -> bool:
        """Whether the item is the one that was named: by title, title and year, or folder."""
        if not self.title:
            return True
        names = (item.title, item.original_title, f"{item.title} ({item.year})")
        is_named = plain_title(self.title) in map(plain_title, filter(None, names))
        return is_named or comparable_name(self.title) == comparable_name(item.root_folder)

    def item(self, item: Item) -> ItemDone:
        """All pictures of one item, one after the other as places may share a record."""
        wanted = [one for one in wanted_assets(item, self.exchange.rules) if one.skip is not Reason.LABELLED]
        known = self.exchange.journal.records([one.path for one in wanted])
        results = (self.picture(one, known.get(one.path)) for one in wanted)
        return ItemDone(item.title, tuple(moved for moved in results if moved))

    def picture(self, wanted: WantedAsset, known: AssetRecord | None) -> Moved | None:
        """What became of one picture, None where there is nothing to restore."""
        exchange = self.exchange
        places = listed_places(wanted, exchange.uploader.rules, exchange.source.name)
        record = exchange.read_again(known or asset_record(wanted, Reason.RESTORED), places)
        moved = Moved(wanted.path, wanted.kind, Action.UPLOAD, Reason.RESTORED, record.decision)
        try:
            content = self._bytes_of(wanted, record)
        except OSError as error:
            sentence = f"not restored, {error.strerror or error}"
            return replace(moved, action=Action.SKIP, reason=Reason.FAILED, trouble=sentence)
        if not content or not places:
            return None
        order = UploadOrder(restored(record), HeldPicture(content), digest(content), places, was_made=True)
        if not exchange.uploader.awaits(order):
            return as_known(moved, record, places)
        return of_uploads(moved, exchange.brought(order))

    def _bytes_of(self, wanted: WantedAsset, record: AssetRecord) -> bytes:
        """The backup's picture, else the one that we uploaded over last; b"" for neither. OSError."""
        with suppress(FileNotFoundError, NotADirectoryError):
            return (self.folder / wanted.path).read_bytes()
        places = listed_places(wanted, self.exchange.uploader.rules, self.exchange.source.name)
        known = [known_at(record.uploads, listed.place) for listed in places]
        earlier = next((one.before.sha256 for one in known if one and one.before.sha256), "")
        with suppress(BytesMissing):
            return self.exchange.store.read(earlier) if earlier else b""
        return b""


def restored(record: AssetRecord) -> AssetRecord:
    """The record of a picture that runs do not make of the same ingredients again unasked."""
    return replace(
        record,
        action=Action.UPLOAD,
        reason=Reason.RESTORED,
        why=Reason.RESTORED.sentence,
        undone=record.ingredients,
    )
