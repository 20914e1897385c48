"""What a run did to one place on a media server, read off the journal."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from app.poster.records.journal_entry import AssetRecord, EntryState, JournalEntry
from app.poster.records.server_art import Place, Shown
from app.poster.undoing.effects import record_before


@dataclass(frozen=True, slots=True)
class PlaceEffect:
    """The net effect of runs on one place.

    `sha256` names the bytes that show `before` again where the server has them no more: those that were sent,
    where they were sent by us, as a server that re-encodes shows other ones. `last` is the last step of the
    runs, and `earlier` what was known of the asset before their first one, None where nothing was.
    """

    path: str
    place: Place
    before: Shown
    after: Shown
    sha256: str
    last: JournalEntry
    earlier: AssetRecord | None = None


def place_effects(entries: Sequence[JournalEntry], runs: Container[str]) -> list[PlaceEffect]:
    """The effects of the runs on all places of these entries, all of one asset."""
    done = [entry for entry in entries if entry.state is EntryState.DONE]
    places = dict.fromkeys(entry.place for entry in done if entry.place and entry.run in runs)
    return [place_effect(done, place, runs) for place in places]


def place_effect(done: Sequence[JournalEntry], place: Place, runs: Container[str]) -> PlaceEffect:
    there = [entry for entry in done if entry.place == place]
    theirs = [entry for entry in there if entry.run in runs]
    first, last = first_upload(theirs), theirs[-1]
    before = first.shown_before or Shown()
    return PlaceEffect(
        path=last.path,
        place=place,
        before=before,
        after=last.shown_after or Shown(),
        sha256=sent_for(before, [entry for entry in there if entry.number < first.number]),
        last=last,
        earlier=record_before(done, first),
    )


def first_upload(theirs: Sequence[JournalEntry]) -> JournalEntry:
    """The first of the steps that led to the last one without another picture between them."""
    first = theirs[-1]
    for entry in reversed(theirs[:-1]):
        if not is_same_art(entry.shown_after, first.shown_before):
            break
        first = entry
    return first


def sent_for(shown: Shown, earlier: Sequence[JournalEntry]) -> str:
    """The SHA-256 of the bytes by which the picture came there, else of those that were shown."""
    sent = [one.sent_sha256 for one in earlier if one.sent_sha256 and is_same_art(one.shown_after, shown)]
    return sent[-1] if sent else shown.sha256


def is_same_art(one: Shown | None, other: Shown | None) -> bool:
    """Whether both are the same picture, or both none: by its id, else by its bytes where they are known."""
    if one is None or other is None:
        return False
    return one.art_id == other.art_id or bool(one.sha256 and one.sha256 == other.sha256)
