"""Titles that a person corrects: rules are saved, pictures drawn by one run, and both are taken back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask

from app.core import runs
from app.core.catalogue.table import source_state
from app.core.decisions.record import decisions_of
from app.core.errors import ApplicationError, Conflict, Invalid, NotFound
from app.core.execution.asset_lists import asset_list
from app.core.execution.run_offers import missing_source, require_switch
from app.core.item_rules.rules_document import RulesState, rules_state, save_rules
from app.core.likeness.alike import MeasuredPicture, measured_pictures, of_item
from app.core.likeness.corrected_runs import CorrectedAsset, corrected_by, keep_corrected
from app.core.likeness.corrections import (
    TITLED,
    Correction,
    TitleAbsent,
    TitlePlace,
    corrected_rules,
    present_correction,
)
from app.core.likeness.title_measure import UNMEASURED_TITLE, TitleMeasure
from app.core.modes import FULL_RUN, ONLY, TAKE
from app.core.state_cache import StateCache
from app.extensions import Extension, Machine
from app.models import Origin, Run
from app.services.artwork_edits import root_mark

# The catalogue's words for the kinds of the engine.
SHELVES = {
    "poster": "poster",
    "collection": "poster",
    "season": "season",
    "background": "background",
    "title card": "titlecard",
}
Record = Mapping[str, Any]
measured_titles = Extension[StateCache]("measured_titles")


@dataclass(frozen=True)
class CorrectableTitle:
    """A title as it can be corrected.

    `title` is what is drawn without a correction, `present` the correction that stands, `measure` what is
    known of it as it is, and `paths` all pictures that a rule for this item and kind changes, its own first.
    """

    asset: str
    place: TitlePlace
    title: str
    present: Correction
    measure: TitleMeasure
    paths: tuple[str, ...]

    @property
    def takes_text(self) -> bool:
        """Whether a rule can give it another text."""
        return self.place.kind in TITLED


@dataclass(frozen=True)
class CorrectionRun:
    """The run that was queued, how many come first, and how many pictures it draws."""

    run: Run
    ahead: int
    count: int


def correctable_title(machine: Machine, asset: str) -> CorrectableTitle:
    """`NotFound` for a picture that the engine does not know, `Conflict` for one without a drawn title."""
    return correctable_titles(machine, [asset])[0]


def correctable_titles(machine: Machine, assets: Sequence[str]) -> list[CorrectableTitle]:
    records, rules = decisions_of(machine.paths.engine, assets), sound_rules(machine).rules
    places = {asset: place_of(asset, records.get(asset)) for asset in assets}
    shelves = {SHELVES[place.kind] for place in places.values()}
    shown = {one.path: one for shelf in shelves for one in pictures_of_kind(machine, shelf)}
    return [
        CorrectableTitle(
            asset,
            place,
            records[asset]["decision"]["treatment"]["title"],
            present_correction(rules, place),
            shown[asset].measure if asset in shown else UNMEASURED_TITLE,
            tuple(dict.fromkeys((asset, *(of_item(shown.values(), shown[asset]) if asset in shown else ())))),
        )
        for asset, place in places.items()
    ]


def place_of(asset: str, record: Record | None) -> TitlePlace:
    """Where a rule corrects the title of a picture with that record."""
    if record is None:
        raise NotFound(f"There is no decision about {asset[:200]!r}: the built-in script has not made it.")
    decision = record["decision"]
    place = TitlePlace(decision["library"], decision["root_folder"], decision["kind"])
    draws = decision["treatment"]["with_text"] and not decision.get("logo")
    if place.kind not in SHELVES or not draws or not (place.library.strip() and place.item.strip()):
        raise TitleAbsent(f"No title is drawn on {asset[:200]!r}, so that there is none to correct.")
    return place


def pictures_of_kind(machine: Machine, shelf: str) -> list[MeasuredPicture]:
    """All pictures of a kind of the catalogue, with what was measured of their titles.

    They are read once for each state of catalogue and journal.
    """
    mark, states = root_mark(machine, "assets"), machine.picture_states.by_path()
    root_id = mark and mark.id
    with machine.database.reading() as session:
        state = root_id, source_state(session).version, states.digest
        read = partial(measured_pictures, session, root_id, shelf, states.states)
        return measured_titles().built(shelf, read, state)


def init_app(app: Flask) -> None:
    measured_titles.attach(app, StateCache(len(SHELVES)))


def sound_rules(machine: Machine) -> RulesState:
    """The present rules; `Conflict` where some are wrong, so that none can be added."""
    state = rules_state(machine.paths)
    if state.mistakes:
        place, words = next(iter(state.mistakes.items()))
        raise Conflict(f"rules.json has a mistake, which has to be corrected first: {place} {words}.")
    return state


def correct_titles(machine: Machine, wanted: Sequence[tuple[str, Correction]]) -> CorrectionRun:
    """Save the corrections as rules, and queue one run over all pictures that they change.

    One picture alone is drawn whosever it is; of many, those of persons stay. Where no run can be queued the
    rules are as before.
    """
    require_run(machine)
    titles = correctable_titles(machine, [asset for asset, _ in wanted])
    corrected = [
        corrected_asset(one, correction) for one, (_, correction) in zip(titles, wanted, strict=True)
    ]
    save_changes(machine, [(one.place, one.after) for one in corrected])
    paths = [path for one in titles for path in one.paths]
    try:
        return queued_correction(machine, corrected, paths)
    except ApplicationError:
        save_changes(machine, [(one.place, one.before) for one in corrected])
        raise


def corrected_asset(title: CorrectableTitle, wanted: Correction) -> CorrectedAsset:
    """The change from what stands to what is wanted; `Invalid` for a text that no rule can give."""
    if wanted.text and not title.takes_text:
        raise Invalid(f"The text of a {title.place.kind} belongs to it alone: no rule can name it.")
    return CorrectedAsset(title.asset, title.place, title.present, wanted, title.measure)


def require_run(machine: Machine) -> None:
    """`Conflict` where nothing can be drawn, with what to set."""
    require_switch(machine.settings.poster_script, ONLY)
    if obstacle := missing_source(machine.config, machine.media_folder is not None, FULL_RUN):
        raise Conflict(obstacle.sentence)


def save_changes(machine: Machine, changes: Iterable[tuple[TitlePlace, Correction]]) -> None:
    state = sound_rules(machine)
    save_rules(machine.paths, corrected_rules(state.rules, changes), {state.revision})


def queued_correction(
    machine: Machine, corrected: Sequence[CorrectedAsset], paths: Sequence[str]
) -> CorrectionRun:
    drawn = list(dict.fromkeys(paths))
    arguments = [ONLY, asset_list(machine.paths.asset_lists, drawn)]
    if len(corrected) == 1:
        arguments += [TAKE, json.dumps([corrected[0].asset])]
    with machine.database.writing() as session:
        run = runs.request_run(session, FULL_RUN, Origin.API, arguments)
        ahead = runs.ahead_of(session, run)
        keep_corrected(session, run.id, corrected)
    return CorrectionRun(run, ahead, len(drawn))


def rules_taken_back(machine: Machine, run: int, assets: Sequence[str] | None) -> list[CorrectedAsset]:
    """Put back the rules that a run changed, all or those of some pictures, and return what that changed."""
    with machine.database.reading() as session:
        corrected = [one for one in corrected_by(session, run) if assets is None or one.asset in assets]
    if corrected:
        save_changes(machine, [one.change_back for one in corrected])
    return [one.reversed for one in corrected]


def keep_taken_back(machine: Machine, run: int, corrected: Sequence[CorrectedAsset]) -> None:
    """Keep what the undo run changed of the rules, so that it can be undone, too."""
    if corrected:
        with machine.database.writing() as session:
            keep_corrected(session, run, corrected)
