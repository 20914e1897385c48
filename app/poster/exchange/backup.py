"""What a media server shows is copied into the backup folder, in the layout of the asset folder."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from app.poster.applying.failures import ends_the_run
from app.poster.applying.file_locks import FileLocks
from app.poster.applying.publishing import digest, stays_inside
from app.poster.drawing.marks import carries_mark
from app.poster.exchange.account import ExchangeAccount, Moved
from app.poster.exchange.asset_records import asset_record
from app.poster.exchange.choice import exchange_choice, server_named
from app.poster.exchange.fingerprints import PictureFingerprint
from app.poster.exchange.listing import ItemDone, for_each_listed
from app.poster.exchange.matching import ShownPicture, picture_key, pictures_of
from app.poster.exchange.opening import Exchange, open_exchange
from app.poster.folders import BACKUP
from app.poster.modes.job import Job
from app.poster.names import BadName
from app.poster.pipeline.engine import configured
from app.poster.publish import write_whole
from app.poster.records.candidate import CandidateRefused
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.library import Item
from app.poster.records.reasons import Action, Reason
from app.poster.records.server_art import Shown
from app.poster.records.wanted import WantedAsset
from app.poster.sources.table import chosen_source
from app.poster.uploading.receiver import UploadTrouble
from app.poster.uploading.state import known_at, shows_ours
from app.poster.web.picture_check import require_picture
from app.poster.worklist.claims import Claim, Claims
from app.poster.worklist.wanted import wanted_assets

WITHOUT_FILE = (Reason.BAD_PATH, Reason.NO_FOLDER)
OUTSIDE = "a link leads out of the backup folder"
GONE = "its picture is gone from the server; the next backup lists what is there"


def back_up(job: Job, is_dry: bool = False) -> None:
    """Copy all pictures of the chosen libraries; HandledExit where the server cannot be asked."""
    choice = exchange_choice(job.order)
    with configured():
        name = server_named(job.order, "From") or chosen_source(job.settings)
    with (
        open_exchange(job, name, choice, is_dry) as exchange,
        ExchangeAccount(job, exchange.run, "Backed up", is_dry) as account,
    ):
        backup = Backup(exchange, job.folders.backup)
        for_each_listed(exchange, account, backup.item, backup.owns_files)


@dataclass(frozen=True)
class Backup:
    """Copies pictures below `folder`; calls come from several threads. OSError where the disk is full."""

    exchange: Exchange
    folder: Path
    claims: Claims = field(default_factory=Claims)

    def owns_files(self, item: Item) -> bool:
        """Whether no item before it has the same files; asked by one thread."""
        try:
            claim = self.claims.claim(self.exchange.rules.layout.folder(item), item.key)
        except BadName:
            return True
        if claim is not Claim.OWNED:
            self.exchange.job.note([f"{item.title}: {Reason.SHARED_FOLDER.sentence}"])
        return claim is Claim.OWNED

    def item(self, item: Item) -> ItemDone:
        """All pictures that the server shows of the item."""
        shown = pictures_of(item)
        wanted = [(one, shown.get(picture_key(one))) for one in wanted_assets(item, self.exchange.rules)]
        known = self.exchange.journal.records([one.path for one, picture in wanted if picture])
        return ItemDone(
            item.title,
            tuple(self.picture(one, picture, known.get(one.path)) for one, picture in wanted if picture),
        )

    def picture(self, wanted: WantedAsset, picture: ShownPicture, record: AssetRecord | None) -> Moved:
        """What became of one picture."""
        decision = (record or asset_record(wanted, Reason.BACKED_UP)).decision
        moved = Moved(wanted.path, wanted.kind, Action.SKIP, Reason.UNCHANGED, decision)
        if wanted.skip in WITHOUT_FILE:
            return replace(moved, reason=wanted.skip)
        try:
            return self._copied(moved, picture, record)
        except (UploadTrouble, CandidateRefused) as trouble:
            return replace(moved, reason=Reason.FAILED, trouble=f"not backed up, {trouble}")
        except OSError as error:
            if ends_the_run(error):
                raise
            sentence = f"not backed up, {error.strerror or error}"
            return replace(moved, reason=Reason.FAILED, trouble=sentence)

    def _copied(self, moved: Moved, picture: ShownPicture, record: AssetRecord | None) -> Moved:
        """The picture, fetched where it is not known to be the backup's; UploadTrouble, OSError."""
        target = self.folder / moved.path
        known = self.exchange.fingerprints.known(picture.place, picture.validator)
        size = target.stat().st_size if target.is_file() else None
        if known and size == known.size:
            return moved
        if size is not None and (is_our_picture(picture, record) or (known and known.is_ours)):
            return replace(moved, reason=Reason.OURS_SHOWN)
        action = Action.CREATE if size is None else Action.REPLACE
        moved = replace(moved, action=action, reason=Reason.BACKED_UP)
        return moved if self.exchange.is_dry else self._fetched(moved, picture, target)

    def _fetched(self, moved: Moved, picture: ShownPicture, target: Path) -> Moved:
        receiver = self.exchange.receiver
        content = receiver.read(picture.place, Shown(picture.validator or "listed", picture.validator))
        if not content:
            raise UploadTrouble(GONE)
        require_picture(content, "")
        ours = carries_mark(content)
        with FileLocks(self.exchange.job.folders.locks).holding(f"{BACKUP}{moved.path}"):
            result = self._written(moved, content, ours, target)
        fingerprint = PictureFingerprint(picture.validator, digest(content), len(content), ours)
        self.exchange.fingerprints.note(picture.place, fingerprint)
        return result

    def _written(self, moved: Moved, content: bytes, ours: bool, target: Path) -> Moved:
        """The file is written unless it has these bytes, or is an earlier picture and these are ours."""
        if moved.action is Action.REPLACE:
            if target.read_bytes() == content:
                return replace(moved, action=Action.SKIP, reason=Reason.UNCHANGED)
            if ours and not carries_mark(target):
                return replace(moved, action=Action.SKIP, reason=Reason.OURS_SHOWN)
            self.exchange.store.keep(target)
        if not stays_inside(self.folder, target):
            raise OSError(OUTSIDE)
        write_whole(target, content)
        return moved


def is_our_picture(picture: ShownPicture, record: AssetRecord | None) -> bool:
    """Whether the journal knows the picture that is shown as one of ours."""
    known = known_at(record.uploads, picture.place) if record else None
    return shows_ours(known) and known.shown.validator == picture.validator
