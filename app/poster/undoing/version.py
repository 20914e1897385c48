"""An earlier version of one asset is restored, on the disk and on servers that show ours."""

from collections.abc import Sequence
from dataclasses import replace

from app.poster.journal.settling import file_state, is_same
from app.poster.modes.job import Job
from app.poster.records.journal_entry import AssetRecord, EntryState, JournalEntry, UploadRecord
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.server_art import Place, Shown, UploadState
from app.poster.records.step import FileState
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.undoing.account import UndoAccount
from app.poster.undoing.bench import Bench, open_bench
from app.poster.undoing.effects import FileEffect
from app.poster.undoing.place_effects import PlaceEffect
from app.poster.undoing.steps import UndoStep, undone_by_version
from app.poster.undoing.taking import Taken, take_steps
from app.poster.undoing.undo import done_on_disk, take_back_uploads
from app.poster.undoing.undo_uploads import done_at_server


def restore_ordered_version(job: Job) -> None:
    """Restore the version and the asset that the order names; HandledExit where that cannot be."""
    path, sha256 = asked_version(job)
    with open_bench(job) as bench:
        history = [one for one in bench.journal.entries(path=path) if one.state is EntryState.DONE]
        step = version_step(bench, path, sha256, history)
        known = bench.journal.records([path])
        with UndoAccount(job, bench.run, 1) as account:
            taken = take_steps(bench, [step], known, undone_by_version) if step.acts else {}
            result = taken.get(path, Taken())
            account.take(done_on_disk(step, known, result))
            is_shown = result.error is None and path in known
            effects = shown_effects(known[path], step, history) if is_shown else []
            for place_step, trouble in take_back_uploads(bench, effects):
                account.take(done_at_server(place_step, trouble, known))
            account.advance(1)


def asked_version(job: Job) -> tuple[str, str]:
    """The one path of -Only and the SHA-256 of -Version."""
    paths = job.order.paths("Only")
    if len(paths) != 1:
        raise HandledExit(ExitCode.BAD_ARGUMENTS, "-Version needs -Only with exactly one path")
    return next(iter(paths)), job.order.value("Version").lower()


def version_step(bench: Bench, path: str, sha256: str, history: Sequence[JournalEntry]) -> UndoStep:
    """The step that puts the version in place of whatever lies there."""
    effect = version_effect(path, sha256, history)
    if effect is None:
        sentence = f"{path} has no version {sha256:.12}; the journal names those that it has"
        raise HandledExit(ExitCode.BAD_ARGUMENTS, sentence)
    now = file_state(bench.files.trees.file(path))
    effect = replace(effect, after=now)
    if is_same(now, effect.before):
        detail = "that version lies there already"
        return UndoStep(effect, Action.SKIP, Reason.UNCHANGED, now, detail)
    step = bench.files.plan(effect)
    return replace(step, reason=Reason.RESTORING) if step.acts else step


def version_effect(path: str, sha256: str, history: Sequence[JournalEntry]) -> FileEffect | None:
    """How the version came there: written by a step, else found by one that replaced it; None for neither."""
    on_disk = [entry for entry in history if entry.place is None]
    for entry in reversed(on_disk):
        if entry.after and entry.after.sha256 == sha256:
            owner = entry.record.owner if entry.record else Owner.OURS
            return FileEffect(path, entry.after, None, owner, on_disk[-1], entry.record)
    for entry in reversed(on_disk):
        if entry.before and entry.before.sha256 == sha256:
            return FileEffect(path, entry.before, None, entry.owner, on_disk[-1])
    return None


def shown_effects(known: AssetRecord, step: UndoStep, history: Sequence[JournalEntry]) -> list[PlaceEffect]:
    """The places that show a picture of ours, each to show the version instead."""
    version = step.effect.before
    return [
        PlaceEffect(
            path=known.path,
            place=upload.place,
            before=shown_of(version, upload.place, history, upload.shown),
            after=upload.shown,
            sha256=version.sha256,
            last=step.effect.last,
            earlier=replace(known, uploads=(sent_again(upload, version.sha256),)),
        )
        for upload in known.uploads
        if upload.sent_sha256 and upload.state is not UploadState.TAKEN_BACK
    ]


def sent_again(upload: UploadRecord, sha256: str) -> UploadRecord:
    return replace(upload, sent_sha256=sha256, file_sha256=sha256)


def shown_of(version: FileState, place: Place, history: Sequence[JournalEntry], now: Shown) -> Shown:
    """How the server showed the version when it was uploaded, else a picture that it does not know."""
    for entry in reversed(history):
        if entry.place == place and entry.sent_sha256 == version.sha256 and entry.shown_after:
            return replace(entry.shown_after, labels=now.labels, pile=now.pile)
    return replace(now, art_id=f"version {version.sha256}", sha256=version.sha256, size=version.size)
