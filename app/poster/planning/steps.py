"""What is to be done with one asset, and why."""

from app.poster.records.candidate import Candidate
from app.poster.records.decision import Decision, Treatment
from app.poster.records.journal_entry import AssetRecord, Hold
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.step import FileState, Ingredients, Step

LEFT_ALONE = {Owner.TOOL: Reason.OTHER_TOOL, Owner.HAND: Reason.BY_HAND, Owner.SERVER: Reason.BY_HAND}
# In the order in which they are named as the reason: a new picture or title explains a change of the rest.
CHANGES = {
    "source": Reason.SOURCE_CHANGED,
    "text": Reason.TEXT_CHANGED,
    "fonts": Reason.FONT_CHANGED,
    "overlay": Reason.OVERLAY_CHANGED,
    "design": Reason.DESIGN_CHANGED,
    "engine": Reason.ENGINE_CHANGED,
}


def plan_step(
    decision: Decision,
    ingredients: Ingredients | None,
    record: AssetRecord | None,
    owner: Owner,
    before: FileState | None,
    asked: bool = False,
    is_taken: bool = False,
) -> Step:
    """The step for what lies there now; `asked` means that what is ours is to be made anew.

    Only where a person has asked for it by name, `is_taken`, a file that is not ours is replaced, and what
    was taken back is made of the same ingredients again. `record` is that of an earlier run.
    """
    known = None if is_taken else owner
    action, reason, detail = judge(decision, ingredients, record, known, before, asked or is_taken)
    return Step(decision.path, action, reason, decision, ingredients, before, owner, detail=detail)


def judge(
    decision: Decision,
    ingredients: Ingredients | None,
    record: AssetRecord | None,
    owner: Owner | None,
    before: FileState | None,
    asked: bool,
) -> tuple[Action, Reason, str]:
    """Action, reason, and a sentence that adds to the reason or ""; no `owner` where it does not count."""
    if before and owner is Owner.HAND and record and record.hold is Hold.HELD:
        return Action.SKIP, Reason.HELD, ""
    if decision.chosen is None or ingredients is None:
        return Action.SKIP, decision.reason or Reason.NOTHING_FOUND, ""
    written = record.file if record else None
    if owner in (Owner.OURS, Owner.NOBODY) and record and record.undone == ingredients:
        return Action.SKIP, Reason.UNDONE, ""
    if before is None:
        return Action.CREATE, Reason.MISSING if written else Reason.NEW, ""
    if owner not in (Owner.OURS, None):
        return Action.SKIP, LEFT_ALONE.get(owner, Reason.BY_HAND), ""
    if asked:
        return Action.REPLACE, Reason.ASKED, ""
    if record and record.hold is Hold.RELEASED:
        return Action.REPLACE, Reason.RELEASED, ""
    if record is None or record.ingredients is None or is_other(written, before):
        return Action.SKIP, Reason.ADOPTED, ""
    return compare(record, ingredients, decision)


def is_other(written: FileState | None, before: FileState) -> bool:
    """Whether the file is not the one that was written."""
    return written is None or written.sha256 != before.sha256


def compare(record: AssetRecord, ingredients: Ingredients, decision: Decision) -> tuple[Action, Reason, str]:
    changed = [
        reason
        for part, reason in CHANGES.items()
        if getattr(record.ingredients, part) != getattr(ingredients, part)
    ]
    if not changed:
        return Action.SKIP, Reason.UNCHANGED, ""
    return Action.REPLACE, changed[0], detail_of(changed[0], record.decision, decision)


def detail_of(reason: Reason, before: Decision, now: Decision) -> str:
    """What changed, where both records have it."""
    if reason is Reason.SOURCE_CHANGED:
        return source_detail(before.chosen, now.chosen)
    if reason is Reason.TEXT_CHANGED:
        return logo_detail(before.logo, now.logo) or text_detail(before.treatment, now.treatment)
    return cover_detail(before.treatment, now.treatment)


def cover_detail(before: Treatment, now: Treatment) -> str:
    """Why a title card hides its picture now, or shows it."""
    if before.blurred == now.blurred:
        return ""
    return "the episode is not watched yet" if now.blurred else "the episode was watched"


def source_detail(before: Candidate | None, now: Candidate | None) -> str:
    if before is None or now is None:
        return ""
    if (before.provider, before.address) == (now.provider, now.address):
        return "the picture at the same address changed"
    return (
        f"better candidate: {now.address} of {now.provider.value} "
        f"instead of {before.address} of {before.provider.value}"
    )


def logo_detail(before: Candidate | None, now: Candidate | None) -> str:
    if now == before:
        return ""
    return f"the logo is now {now.address} of {now.provider.value}" if now else "text in place of the logo"


def text_detail(before: Treatment, now: Treatment) -> str:
    pairs = ((before.title, now.title), (before.second, now.second))
    return "; ".join(f"{old!r} is now {new!r}" for old, new in pairs if old != new)
