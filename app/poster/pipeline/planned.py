"""From wanted pictures to steps: what each is made of, and whether it is made at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.poster.choosing.deciding import blank_decision
from app.poster.choosing.rules import Rules
from app.poster.choosing.treatments import is_blurred
from app.poster.drawing.design import Design
from app.poster.journal.store import sha256_of
from app.poster.pipeline.engine import Engine
from app.poster.pipeline.search import own_files, search
from app.poster.planning.asked_text import with_asked_text
from app.poster.planning.designing import design_of
from app.poster.planning.ownership import look
from app.poster.planning.recall import asked_digest, recall, standing_rejections
from app.poster.planning.steps import plan_step
from app.poster.records.decision import Decision
from app.poster.records.journal_entry import AssetRecord, Rejection
from app.poster.records.library import Item
from app.poster.records.reasons import Action, Reason
from app.poster.records.step import FileState, Step
from app.poster.records.wanted import WantedAsset
from app.poster.uploading.earlier_art import Origins
from app.poster.uploading.places import ListedPlace


@dataclass(frozen=True, slots=True)
class Work:
    """One item with its wanted pictures, what the journal knows of them, and their places, by path.

    `origins` says where art of the server is that ours has taken the place of.
    """

    item: Item
    wanted: tuple[WantedAsset, ...]
    records: Mapping[str, AssetRecord]
    places: Mapping[str, tuple[ListedPlace, ...]] = field(default_factory=dict)
    origins: Origins = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """A wanted picture with its step; the design is None where nothing is drawn.

    `places` are those on the media server, none where nothing is uploaded. `origins` are those of `Work`.
    """

    wanted: WantedAsset
    step: Step
    design: Design | None = None
    record: AssetRecord | None = None
    rules: Rules | None = None
    asked: str = ""
    rejected: tuple[Rejection, ...] = ()
    places: tuple[ListedPlace, ...] = ()
    origins: Origins = field(default_factory=dict)

    @property
    def draws(self) -> bool:
        return self.step.action in (Action.CREATE, Action.REPLACE)


def plan_asset(engine: Engine, work: Work, wanted: WantedAsset) -> Planned:
    """The step for one picture; providers are asked only where the journal does not know enough."""
    record, scope = work.records.get(wanted.path), engine.scope
    if wanted.skip:
        return left_out(engine, wanted, wanted.skip)
    if wanted.path in scope.excepted:
        return left_out(engine, replace(wanted, skip=Reason.EXCEPTED), Reason.EXCEPTED)
    rules = engine.rule_book.rules(wanted)
    asked = asked_digest(wanted, rules, own_files(engine.providers, wanted))
    # What is asked for by name is looked for anew, also where nothing was found a moment ago.
    remembered = record if scope.only is None else None
    known = recall(remembered, asked, engine.moment)
    rejected = standing_rejections(remembered, engine.moment)
    decision = (
        as_now(known, wanted)
        if known
        else search(engine.providers, wanted, rules, reasons_by_address(rejected))
    )
    plan = Planned(wanted, skip_step(decision), record=record, rules=rules, asked=asked, rejected=rejected)
    plan = replace(plan, places=work.places.get(wanted.path, ()), origins=work.origins)
    return with_step(engine, plan, decision)


def as_now(decision: Decision, wanted: WantedAsset) -> Decision:
    """The earlier decision with what may change without another choice: rules, labels, whether it is blurred.

    The same object where nothing did.
    """
    blurred = bool(decision.chosen) and is_blurred(wanted, decision.chosen)
    item, treatment = wanted.item, replace(decision.treatment, blurred=blurred)
    named = {"labels": item.labels, "original_title": item.original_title, "year": item.year}
    now = replace(decision, rules=wanted.ruling.names, treatment=treatment, **named)
    return decision if now == decision else now


def plan_again(engine: Engine, planned: Planned, rejection: Rejection) -> Planned:
    """The plan after a candidate turned out to be of no use: the next one, or nothing."""
    rejected = (*planned.rejected, rejection)
    decision = search(engine.providers, planned.wanted, planned.rules, reasons_by_address(rejected))
    return with_step(engine, replace(planned, rejected=rejected), decision)


def with_step(engine: Engine, planned: Planned, decision: Decision) -> Planned:
    """The plan with the step that follows from the decision and from what lies on the disk."""
    record = planned.record
    decision = with_asked_text(decision, engine.job.order)
    design = ingredients = None
    if decision.chosen:
        design = design_of(decision, engine.job.styles.ruled_by(planned.wanted.ruling))
        ingredients = engine.digests.ingredients(decision, design)
    file = engine.job.folders.assets / decision.path
    found = look(file, record)
    is_taken = decision.path in engine.taken
    before = with_digest(file, found.state) if is_taken else found.state
    step = plan_step(decision, ingredients, record, found.owner, before, engine.remakes, is_taken=is_taken)
    return replace(planned, step=replace(step, owner_why=found.why), design=design)


def with_digest(file: Path, state: FileState | None) -> FileState | None:
    """The state with the SHA-256 by which undo finds the bytes in the store."""
    return state if state is None or state.sha256 else replace(state, sha256=sha256_of(file))


def left_out(engine: Engine, wanted: WantedAsset, reason: Reason) -> Planned:
    """The plan for a picture that is not made, whatever providers have."""
    decision = replace(blank_decision(wanted, engine.rule_book.rules(wanted), ()), reason=reason)
    return Planned(wanted, skip_step(decision))


def skip_step(decision: Decision) -> Step:
    """The step that does nothing."""
    return Step(decision.path, Action.SKIP, decision.reason or Reason.UNCHANGED, decision)


def reasons_by_address(rejected: Iterable[Rejection]) -> dict[str, str]:
    return {rejection.address: rejection.why for rejection in rejected}
