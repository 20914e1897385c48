"""The media server gets the logos that the providers have for its films and shows."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from app.poster.applying.publishing import digest
from app.poster.exchange.account import ExchangeAccount, Moved, of_uploads
from app.poster.exchange.listing import ItemDone, for_each_listed
from app.poster.exchange.opening import Exchange, open_exchange
from app.poster.exchange.sync import as_known
from app.poster.logos.library_choice import read_library
from app.poster.logos.logo_search import LogoSearch, open_search
from app.poster.modes.job import Job
from app.poster.pipeline.engine import configured, item_rules_of
from app.poster.planning.recall import standing_rejections
from app.poster.records.decision import Decision
from app.poster.records.journal_entry import AssetRecord, Rejection
from app.poster.records.library import Item
from app.poster.records.reasons import Action, Reason
from app.poster.records.wanted import WantedAsset
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.sources.table import chosen_source
from app.poster.uploading.parcel import HeldPicture, UploadOrder
from app.poster.uploading.places import ListedPlace, listed_places
from app.poster.uploading.receiver import UploadTrouble
from app.poster.uploading.state import known_at
from app.poster.worklist.wanted import WorkRules, read_work_rules, wanted_logo


def update_logos(job: Job, is_dry: bool = False) -> None:
    """Have the server show the chosen logos; HandledExit where it cannot be asked."""
    choice = read_library(job.order)
    with configured():
        name = chosen_source(job.settings)
    with ExitStack() as opened:
        exchange = opened.enter_context(open_exchange(job, name, choice, is_dry))
        require_listed_library(exchange)
        found = opened.enter_context(open_search(job, exchange.source))
        rules = read_work_rules(job.settings, item_rules_of(job))
        account = opened.enter_context(ExchangeAccount(job, exchange.run, f"Logo for {name.value}", is_dry))
        for_each_listed(exchange, account, LogoUpdate(exchange, found, rules).item)


def require_listed_library(exchange: Exchange) -> None:
    """HandledExit where the server has no library of the chosen name."""
    libraries = exchange.source.libraries()
    if not exchange.choice.of(libraries):
        named = exchange.job.order.value("LibraryName")
        names = ", ".join(library.name for library in libraries)
        sentence = f"{exchange.source.name.value} has no library {named}; -LibraryName takes all, {names}"
        raise HandledExit(ExitCode.BAD_ARGUMENTS, sentence)


@dataclass(frozen=True)
class LogoUpdate:
    """Brings logos to the exchange's server; calls come from several threads."""

    exchange: Exchange
    search: LogoSearch
    rules: WorkRules

    def item(self, item: Item) -> ItemDone:
        """What became of the logo of a film or show."""
        wanted = wanted_logo(item, self.rules)
        try:
            moved = self._logo(wanted)
        except UploadTrouble as trouble:
            sentence = f"not looked at, {trouble}"
            moved = Moved(wanted.path, wanted.kind, Action.SKIP, Reason.FAILED, trouble=sentence)
        return ItemDone(item.title, (moved,))

    def _logo(self, wanted: WantedAsset) -> Moved:
        """The logo after it was sent where another one is shown; UploadTrouble."""
        exchange = self.exchange
        known = exchange.journal.records([wanted.path]).get(wanted.path)
        rejected = standing_rejections(known, exchange.moment)
        decision = self.search.decide(wanted, rejected)
        if decision.chosen is None:
            return without_logo(decision)
        places = self._places(wanted, known)
        record = exchange.read_again(self._record(decision, known, rejected), places)
        order = UploadOrder(record, HeldPicture(b""), sha256_of_same(known, decision), places, was_made=True)
        if not exchange.uploader.awaits(order):
            return as_known(chosen_logo(decision), record, places)
        if exchange.is_dry:
            return of_uploads(chosen_logo(decision), exchange.brought(order))
        return self._sent(wanted, order)

    def _sent(self, wanted: WantedAsset, order: UploadOrder) -> Moved:
        """The logo after it was fetched and brought to its place, unless the place shows it already."""
        record = order.record
        decision, content, rejected = self.search.fetched(wanted, record.decision, record.rejected)
        if not content:
            return without_logo(decision)
        record = self._record(decision, record, rejected)
        order = replace(order, record=record, file=HeldPicture(content), file_sha256=digest(content))
        if not self.exchange.uploader.awaits(order):
            return as_known(chosen_logo(decision), record, order.places)
        return of_uploads(chosen_logo(decision), self.exchange.brought(order))

    def _places(self, wanted: WantedAsset, known: AssetRecord | None) -> tuple[ListedPlace, ...]:
        """The place of the logo; listings do not have it, so the server is asked where we sent one before."""
        places = listed_places(wanted, self.exchange.uploader.rules, self.exchange.source.name)
        if known is None or not any(known_at(known.uploads, listed.place) for listed in places):
            return places
        receiver = self.exchange.receiver
        return tuple(replace(one, validator=receiver.shown(one.place).validator) for one in places)

    def _record(
        self, decision: Decision, known: AssetRecord | None, rejected: Sequence[Rejection]
    ) -> AssetRecord:
        reason = Reason.LOGO_FOUND
        return AssetRecord(
            decision.path,
            decision,
            Action.UPLOAD,
            reason,
            rejected=tuple(rejected),
            uploads=known.uploads if known else (),
            decided_at=self.exchange.moment,
            why=reason.sentence,
        )


def sha256_of_same(known: AssetRecord | None, decision: Decision) -> str:
    """The SHA-256 of the chosen logo where it is the one that was uploaded before, else ""."""
    if known is None or known.decision.chosen is None:
        return ""
    before, now = known.decision.chosen, decision.chosen
    is_same = (before.address, before.validator) == (now.address, now.validator)
    return next((one.file_sha256 for one in known.uploads if is_same), "")


def chosen_logo(decision: Decision) -> Moved:
    """The logo that is to go up."""
    return Moved(decision.path, decision.kind, Action.UPLOAD, Reason.LOGO_FOUND, decision)


def without_logo(decision: Decision) -> Moved:
    """An item for which there is no logo, or none is wanted."""
    return Moved(decision.path, decision.kind, Action.SKIP, decision.reason, decision)
