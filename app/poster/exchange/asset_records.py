"""What the journal keeps of an asset that only servers show: nothing was decided or drawn of it."""

from app.poster.records.decision import Decision
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Action, Reason
from app.poster.records.wanted import WantedAsset


def asset_record(wanted: WantedAsset, reason: Reason) -> AssetRecord:
    """The record of an asset that the journal does not have yet.

    It names no item, so that the next full run, whose source may be another server, is free to own the files.
    """
    item, season, episode = wanted.item, wanted.season, wanted.episode
    decision = Decision(
        path=wanted.path,
        kind=wanted.kind,
        medium=item.medium,
        library=item.library.name,
        root_folder=item.root_folder,
        item_key="",
        title=item.title,
        ids=item.ids,
        season=season.number if season else None,
        episodes=episode.numbers if episode else (),
        is_final=False,
    )
    return AssetRecord(wanted.path, decision, Action.UPLOAD, reason, why=reason.sentence)
