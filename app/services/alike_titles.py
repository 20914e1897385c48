"""The titles with the fault that a correction mended, each with the correction that would mend it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.core.decisions.record import decisions_of
from app.core.item_rules.rules_document import rules_state
from app.core.likeness.alike import ONE_WORD, MeasuredPicture, alike_pictures, usual_size
from app.core.likeness.corrected_runs import CorrectedAsset, last_correction
from app.core.likeness.corrections import TITLED, Correction, corrected_items
from app.core.likeness.faults import TitleFault, mended_fault
from app.core.likeness.line_breaks import broken_title, is_only_broken
from app.extensions import Machine
from app.services.title_corrections import SHELVES, pictures_of_kind

MOST_ALIKE = 60


@dataclass(frozen=True)
class AlikeTitle:
    """A picture with the fault, the correction for it, and what was measured, by which pages say why."""

    picture: MeasuredPicture
    correction: Correction
    measured: Mapping[str, Any]


@dataclass
class AlikeTitles:
    """What the last correction of a picture mended, and who shares it: `shown` are the worst of `total`.

    `fault` is None where none was measured, `left_out` has numbers by reason.
    """

    corrected: CorrectedAsset | None = None
    fault: TitleFault | None = None
    shown: list[AlikeTitle] = field(default_factory=list)
    total: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


def alike_titles(machine: Machine, asset: str) -> AlikeTitles:
    """The titles like one that was corrected, nothing where it was not."""
    with machine.database.reading() as session:
        corrected = last_correction(session, asset)
    if corrected is None:
        return AlikeTitles()
    pictures = pictures_of_kind(machine, SHELVES[corrected.place.kind])
    own = next((one for one in pictures if one.path == asset), None)
    correction = transferable(machine, corrected)
    fault = mended_fault(correction, corrected.measure, usual_size(pictures)) if correction.values else None
    if own is None or fault is None:
        return AlikeTitles(corrected)
    done = corrected_items(rules_state(machine.paths).rules, corrected.place.kind)
    found = alike_pictures(pictures, fault, own, done)
    alike = AlikeTitles(corrected, fault, total=len(found.pictures), left_out=found.left_out)
    return with_corrections(machine, alike, found.pictures[:MOST_ALIKE], correction)


def transferable(machine: Machine, corrected: CorrectedAsset) -> Correction:
    """The correction without another wording, which is meant for that title alone."""
    record = decisions_of(machine.paths.engine, [corrected.asset]).get(corrected.asset)
    title = record["decision"]["treatment"]["title"] if record else ""
    after = corrected.after
    return after if is_only_broken(after.text, title) else replace(after, text="")


def with_corrections(
    machine: Machine, alike: AlikeTitles, pictures: list[MeasuredPicture], correction: Correction
) -> AlikeTitles:
    records = decisions_of(machine.paths.engine, [one.path for one in pictures])
    for one in pictures:
        own = correction_for(correction, records.get(one.path))
        if own is None:
            alike.left_out[ONE_WORD] += 1
            alike.total -= 1
        else:
            alike.shown.append(AlikeTitle(one, own, alike.fault.values(one.measure)))
    return alike


def correction_for(correction: Correction, record: Mapping[str, Any] | None) -> Correction | None:
    """The same correction for another title, in as many lines; None where it has too few words."""
    if not correction.text or record is None:
        return correction if record else None
    decision, lines = record["decision"], len(correction.text.splitlines())
    text = broken_title(decision["treatment"]["title"], lines) if decision["kind"] in TITLED else ""
    return replace(correction, text=text) if text else None
