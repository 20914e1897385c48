"""One step is taken: fetched, drawn, published, and in the journal before and after."""

import errno
from dataclasses import replace

from app.poster.applying.draw_order import DrawOrder
from app.poster.applying.failures import ends_the_run
from app.poster.applying.publishing import (
    ChangedMeanwhile,
    EditedMeanwhile,
    digest,
    missing_folders,
    publish,
    require_unedited,
    stays_inside,
)
from app.poster.drawing.design import Drawing, DrawnText, LogoError, PictureError
from app.poster.journal.store import BytesMissing
from app.poster.pipeline.engine import Engine
from app.poster.pipeline.outcome import Outcome
from app.poster.pipeline.planned import Planned, left_out, plan_again
from app.poster.planning.ownership import WROTE
from app.poster.records.candidate import Candidate, CandidateRefused, FetchedPicture, ProviderName
from app.poster.records.decision import Decision
from app.poster.records.journal_entry import AssetRecord, DrawnFacts, Hold, Rejection, UploadRecord
from app.poster.records.library import SourceArt
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.step import FileState, Step
from app.poster.records.wanted import WantedAsset
from app.poster.uploading.earlier_art import EarlierArt
from app.poster.uploading.state import awaiting


class LogoRefused(CandidateRefused):
    """A logo that cannot be used, while the picture can."""


def make(engine: Engine, planned: Planned) -> Outcome:
    """Take the step; a candidate that turns out to be of no use gives way to the next one.

    OSError where the disk takes no more pictures at all.
    """
    while planned.draws:
        try:
            drawing = drawn_picture(engine, planned)
        except (CandidateRefused, PictureError) as error:
            planned = plan_again(engine, planned, rejection_of(planned.step.decision, error))
            continue
        return published_picture(engine, planned, drawing)
    return settled(engine, planned)


def drawn_picture(engine: Engine, planned: Planned) -> Drawing:
    """The picture; CandidateRefused or PictureError where it, LogoError where its logo is of no use."""
    decision, design = planned.step.decision, planned.design
    picture = fetched(engine, planned, decision.chosen)
    if design.logo:
        try:
            logo = fetched(engine, planned, decision.logo)
        except CandidateRefused as error:
            raise LogoRefused(str(error), is_lasting=error.is_lasting) from error
        design = replace(design, logo=replace(design.logo, content=logo.content))
    return engine.pool.draw(DrawOrder(picture.content, design))


def fetched(engine: Engine, planned: Planned, candidate: Candidate) -> FetchedPicture:
    """The candidate's picture; the server's own art as it was before an upload of ours."""
    earlier = planned.origins.get((candidate.address, candidate.validator))
    if earlier and candidate.provider is ProviderName.SERVER:
        return FetchedPicture(earlier_bytes(engine, earlier, candidate), candidate.validator)
    return engine.providers[candidate.provider].fetch(candidate)


def earlier_bytes(engine: Engine, earlier: EarlierArt, candidate: Candidate) -> bytes:
    if earlier.where:
        return engine.source.read_art(SourceArt(candidate.kind, earlier.where, candidate.validator))
    try:
        return engine.store.read(earlier.sha256)
    except BytesMissing as error:
        why = "the server's own picture is in the store no more"
        raise CandidateRefused(why, is_lasting=False) from error


def rejection_of(decision: Decision, error: CandidateRefused | PictureError) -> Rejection:
    """Which candidate of the decision is of no use, and why."""
    candidate = decision.logo if isinstance(error, (LogoError, LogoRefused)) else decision.chosen
    return Rejection(candidate.address, str(error), candidate.validator, getattr(error, "is_lasting", True))


def published_picture(engine: Engine, planned: Planned, drawing: Drawing) -> Outcome:
    """The picture in its place, or the reason why it is not."""
    after = FileState(len(drawing.jpeg), 0, digest(drawing.jpeg))
    step = planned.step
    record = with_waiting_uploads(engine, planned, record_of(engine, planned, drawing, after))
    if drawing.loss:
        unsaved = replace(record, action=Action.SKIP, reason=Reason.FAILED, file=step.before)
        return Outcome(planned, unsaved, trouble=f"{step.path}: not saved, {drawing.loss}")
    if is_same_picture(step, after):
        kept = replace(record, file=step.before, uploads=living_uploads(planned))
        engine.journal.note(kept)
        return Outcome(planned, kept)
    folders = missing_folders(engine.job.folders.assets, step.path)
    number = engine.journal.intend(engine.run, step, after, record, folders)
    try:
        file = put_in_place(engine, step, drawing.jpeg, record.edits)
    except ChangedMeanwhile as error:
        engine.journal.fail(number, str(error))
        left = replace(record, action=Action.SKIP, reason=Reason.BY_HAND)
        # What a person did is no trouble.
        return Outcome(planned, left, trouble="" if isinstance(error, EditedMeanwhile) else str(error))
    except OSError as error:
        engine.journal.fail(number, str(error))
        if ends_the_run(error):
            raise
        return Outcome(
            planned, replace(record, reason=Reason.FAILED), trouble=f"{step.path}: {error.strerror}"
        )
    engine.journal.complete(number, file)
    return Outcome(planned, replace(record, file=file), was_made=True)


def put_in_place(engine: Engine, step: Step, jpeg: bytes, edits: int) -> FileState:
    """Publish the picture, unless a person has changed or held the file since it was planned."""
    assets = engine.job.folders.assets
    target = assets / step.path
    if not engine.follows_links and not stays_inside(assets, target):
        raise OSError(errno.ELOOP, "a link leads out of the asset folder; FollowSymlink allows it")
    with engine.locks.holding(step.path):
        require_unedited(engine.journal, step.path, edits)
        if step.before:
            engine.store.keep(target)
        return publish(target, jpeg, step.before)


def settled(engine: Engine, planned: Planned) -> Outcome:
    """The outcome of a step that draws nothing; what was decided is kept for the record.

    A picture that stays as it is keeps its record, but for a decision that was made anew.
    """
    step, known = planned.step, planned.record
    if known and known.decision is step.decision and known.file == step.before:
        return Outcome(planned, replace(known, action=step.action, reason=step.reason))
    kept = step.before if step.owner is Owner.OURS else known and known.file
    record = record_of(engine, planned, None, kept)
    if not engine.is_dry and not planned.wanted.skip:
        engine.journal.note(record)
    return Outcome(planned, record)


def record_of(
    engine: Engine, planned: Planned, drawing: Drawing | None, file: FileState | None
) -> AssetRecord:
    known, step = planned.record, planned.step
    lasting = tuple(one for one in planned.rejected if one.is_lasting)
    # What could not be had this time may be had by the next run, which therefore has to ask again.
    is_final = step.decision.is_final and lasting == planned.rejected
    facts = drawn_facts(drawing) if drawing else None
    return AssetRecord(
        path=step.path,
        decision=replace(step.decision, is_final=is_final),
        action=step.action,
        reason=step.reason,
        ingredients=known.ingredients if step.reason is Reason.UNDONE else step.ingredients,
        file=file,
        drawn=facts or (known.drawn if known else DrawnFacts()),
        rejected=lasting,
        uploads=living_uploads(planned),
        asked=planned.asked,
        decided_at=engine.moment,
        run=engine.run if drawing else (known.run if known else ""),
        why="; ".join(filter(None, (step.reason.sentence, step.detail))),
        owner=Owner.OURS if drawing else step.owner,
        owner_why=WROTE if drawing else step.owner_why,
        undone=known.undone if known and not drawing else None,
        hold=known.hold if known and not drawing else Hold.NONE,
        edits=known.edits if known else 0,
    )


def living_uploads(planned: Planned) -> tuple[UploadRecord, ...]:
    """What is known of uploads; an item that the server has under another key by now is forgotten."""
    uploads = planned.record.uploads if planned.record else ()
    current = {listed.place for listed in planned.places}
    return tuple(known for known in uploads if not current or known.place in current)


def with_waiting_uploads(engine: Engine, planned: Planned, record: AssetRecord) -> AssetRecord:
    """The record of a new picture, which a run that is interrupted leaves to be uploaded by the next one."""
    if not engine.uploader:
        return record
    return replace(record, uploads=awaiting(record.uploads, planned.places, engine.uploader.rules))


def drawn_facts(drawing: Drawing) -> DrawnFacts:
    first = next(iter(drawing.texts), DrawnText())
    return DrawnFacts(
        *(drawing.truncated, drawing.notes, drawing.point_sizes, drawing.missing),
        lines=len(first.lines),
        contrast=first.contrast,
    )


def failed(engine: Engine, wanted: WantedAsset, error: BaseException) -> Outcome:
    """The outcome of a picture that an unforeseen error kept from being planned or made."""
    planned = left_out(engine, wanted, Reason.FAILED)
    reason = f"{wanted.path}: unexpected {type(error).__name__}: {error}"
    return Outcome(planned, record_of(engine, planned, None, None), trouble=reason)


def is_same_picture(step: Step, after: FileState) -> bool:
    """Whether the new bytes lie there already; a picture that was asked for is written all the same."""
    return step.reason is not Reason.ASKED and bool(step.before) and step.before.sha256 == after.sha256
