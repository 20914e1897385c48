"""What is to be done with one file to take a run back, and what is known of the asset afterwards."""

from dataclasses import dataclass, replace

from app.poster.journal.run_names import shown_name
from app.poster.journal.settling import is_same
from app.poster.records.journal_entry import AssetRecord, Hold
from app.poster.records.reasons import HOLDING, Action, Owner, Reason
from app.poster.records.step import FileState, Ingredients, Step
from app.poster.undoing.effects import FileEffect, is_redo

NO_BYTES = "the store does not have its earlier bytes any more"
AS_BEFORE = "it is as it was before the run"
PUT_BACK = "the bytes that lay there before were put back"
NO_FILE = "there is no file"


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One step of an undo; `detail` is a sentence that adds to the reason, or ""."""

    effect: FileEffect
    action: Action
    reason: Reason
    now: FileState | None
    detail: str = ""

    @property
    def acts(self) -> bool:
        return self.action is not Action.SKIP


def plan_undo(effect: FileEffect, now: FileState | None, has_bytes: bool) -> UndoStep:
    """The step for what lies there now; `has_bytes` says that the store has those of `effect.before`."""
    if effect.is_of_hold and is_same(now, effect.after):
        action = Action.HOLD if is_held(effect.earlier) else Action.RELEASE
        return UndoStep(effect, action, Reason.UNDOING, now)
    if is_same(now, effect.before):
        return UndoStep(effect, Action.SKIP, Reason.UNCHANGED, now, AS_BEFORE)
    if not is_same(now, effect.after):
        return UndoStep(effect, Action.SKIP, Reason.CHANGED_SINCE, now, changed_detail(effect, now))
    if effect.before is None:
        return UndoStep(effect, Action.DELETE, Reason.UNDOING, now, "it was new")
    if not has_bytes:
        return UndoStep(effect, Action.SKIP, Reason.FAILED, now, NO_BYTES)
    return UndoStep(effect, Action.RESTORE, Reason.UNDOING, now)


def is_held(record: AssetRecord | None) -> bool:
    """Whether a person holds the file of the asset."""
    return record is not None and record.hold is Hold.HELD


def unless_held(step: UndoStep, record: AssetRecord | None) -> UndoStep:
    """The step, which leaves a file that a person holds since the run, or has held or released otherwise.

    What the run itself had held, such as a picture with the text that was asked for, does not keep it from
    being taken back, also where the undo of a later run has brought that hold back.
    """
    made = step.effect.last.record
    if step.action in HOLDING:
        is_same_hold = record and made and record.hold is made.hold
        return step if is_same_hold else replace(step, action=Action.SKIP, reason=Reason.CHANGED_SINCE)
    if step.acts and step.effect.later and is_held(record) and not is_held(made):
        return replace(step, action=Action.SKIP, reason=Reason.HELD)
    return step


def changed_detail(effect: FileEffect, now: FileState | None) -> str:
    if effect.later:
        return f"run {shown_name(effect.later)} wrote it after this one: undo that run first"
    return "the file is gone" if now is None else ""


def journal_step(step: UndoStep, record: AssetRecord, known: AssetRecord) -> Step:
    """The step as the journal takes it; a picture that a person holds by `known` is a person's there."""
    owner = Owner.HAND if is_held(known) and known.owner is Owner.HAND else Owner.OURS
    return Step(step.effect.path, step.action, step.reason, record.decision, before=step.now, owner=owner)


def restored_record(
    step: UndoStep, known: AssetRecord, file: FileState | None, undone: Ingredients | None
) -> AssetRecord:
    """What is known of the asset once `file` lies there: what was known when it lay there before.

    Its picture is not made again of the ingredients `undone`. `known` is what is known now: what servers show
    is not changed by a file.
    """
    effect = step.effect
    earlier = effect.earlier or known
    is_known = effect.earlier is not None and is_same(earlier.file, effect.before)
    return replace(
        earlier,
        action=step.action,
        reason=step.reason,
        why="; ".join(filter(None, (step.reason.sentence, step.detail))),
        file=file if effect.is_ours else None,
        ingredients=earlier.ingredients if is_known else None,
        uploads=known.uploads,
        owner=effect.owner if effect.before else Owner.NOBODY,
        owner_why=PUT_BACK if effect.before else NO_FILE,
        undone=undone,
        hold=effect.earlier.hold if effect.earlier else Hold.NONE,
        edits=known.edits + 1,
    )


def taken_back(effect: FileEffect, known: AssetRecord) -> Ingredients | None:
    """The ingredients of the picture that the runs made; of an undo that is undone, what it found undone.

    What a later run had made and was taken back before stays so: that is what a run would make at present.
    """
    if is_redo(effect.last):
        return effect.earlier.undone if effect.earlier else None
    return known.undone or (effect.last.record or known).ingredients


def undone_by_version(effect: FileEffect, known: AssetRecord) -> Ingredients | None:
    """What the picture is not made of again: what it would be made of now, unless the version is that."""
    wanted = known.undone or known.ingredients
    return None if effect.earlier and effect.earlier.ingredients == wanted else wanted
