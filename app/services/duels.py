"""Duels: the next pair of candidates, what was chosen, and the taste that shows in it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.core.decisions.record import decisions_of
from app.core.duels.contenders import Contender, chance, contending_pair, picture_look
from app.core.duels.kept_choices import add_turn, duel_choices, kept_turns, take_last_turn_back
from app.core.duels.taste import DuelChoice, TasteRule, taste_rules
from app.core.errors import ApplicationError, ConfigUnreadable, Conflict, Invalid
from app.core.replacing.candidate_list import recorded_candidates
from app.extensions import Machine

READ_AT_ONCE, MOST_READ = 10, 300
POSTERS = ("poster", "season", "collection")
# Gives the small copy of a picture by its address.
Fetch = Callable[[str], bytes]


@dataclass(frozen=True)
class DuelPair:
    """Two candidates for a picture, by the title that it is of."""

    asset: str
    title: str
    library: str
    left: Contender
    right: Contender


@dataclass(frozen=True)
class DuelState:
    """The next pair, None where none is left; how many were chosen and skipped; and the taste so far."""

    pair: DuelPair | None
    choices: int
    skipped: int
    taste: list[TasteRule]


def duel_state(machine: Machine) -> DuelState:
    with machine.database.reading() as session:
        turns = kept_turns(session)
    choices = duel_choices(turns)
    seen = {turn["asset"] for turn in turns}
    taste = taste_rules(choices, preferred_languages(machine))
    return DuelState(next_pair(machine, seen), len(choices), len(turns) - len(choices), taste)


def preferred_languages(machine: Machine) -> list[str]:
    """The languages of pictures in the order of the settings, none where they cannot be read."""
    try:
        found = machine.config.setting("ApiPart", "PreferredLanguageOrder", [])
    except ConfigUnreadable:
        return []
    return [str(one) for one in found] if isinstance(found, list) else []


def next_pair(machine: Machine, seen: set[str]) -> DuelPair | None:
    """The pair of the first asset in an order without meaning that was not seen yet."""
    states = machine.picture_states.by_path().states
    waiting = sorted(
        (path for path, state in states.items() if state.offered and path not in seen), key=chance
    )
    for start in range(0, min(len(waiting), MOST_READ), READ_AT_ONCE):
        some = waiting[start : start + READ_AT_ONCE]
        found = decisions_of(machine.paths.engine, some)
        pairs = (pair_of_record(path, found[path]) for path in some if path in found)
        if pair := next(filter(None, pairs), None):
            return pair
    return None


def pair_of_record(asset: str, record: dict[str, Any]) -> DuelPair | None:
    decision = record["decision"]
    listed = [one for one in recorded_candidates(record) if one.kind == decision["kind"]]
    pair = contending_pair(asset, listed) if decision["kind"] in POSTERS else None
    return DuelPair(asset, decision["title"], decision["library"], *pair) if pair else None


def choose(machine: Machine, asset: str, won: str, lost: str, fetch: Fetch) -> None:
    """Keep which of two candidates of an asset was chosen; `Invalid` for addresses that are none of its pair.

    Both are measured now, as they were seen.
    """
    record = decisions_of(machine.paths.engine, [asset]).get(asset)
    pair = pair_of_record(asset, record) if record else None
    by_address = {one.address: one for one in (pair.left, pair.right)} if pair else {}
    if {won, lost} != set(by_address):
        raise Invalid("These are not the two pictures of the duel any more: load the next one.")
    choice = DuelChoice(asset, *(measured_contender(by_address[one], fetch) for one in (won, lost)))
    with machine.database.writing() as session:
        add_turn(session, asset, choice)


def measured_contender(contender: Contender, fetch: Fetch) -> Contender:
    """With its look; without one where its picture cannot be had now."""
    try:
        return replace(contender, look=tuple(picture_look(fetch(contender.address))))
    except (ApplicationError, OSError):
        return contender


def skip_duel(machine: Machine, asset: str) -> None:
    """Keep that a pair was skipped, so that it does not come again."""
    with machine.database.writing() as session:
        add_turn(session, asset, None)


def take_duel_back(machine: Machine) -> str:
    """Forget the last choice or skip, and return its asset; `Conflict` where there is none."""
    with machine.database.writing() as session:
        asset = take_last_turn_back(session)
    if not asset:
        raise Conflict("There is no choice to take back.")
    return asset
