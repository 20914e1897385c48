"""The choices of duels, kept in one document, the last one to be taken back."""

from typing import Any

from sqlalchemy.orm import Session

from app.core.duels.contenders import read_contender
from app.core.duels.taste import DuelChoice
from app.models import StoredDocument
from app.models.base import now

NAME = "duel"
MOST_KEPT = 500

Turn = dict[str, Any]


def kept_turns(session: Session) -> list[Turn]:
    """{"asset", "won", "lost"} of each choice in order, "won" None for a pair that was skipped."""
    document = session.get(StoredDocument, NAME, populate_existing=True)
    return list(document.body["turns"]) if document and document.body else []


def keep_turns(session: Session, turns: list[Turn]) -> None:
    session.merge(StoredDocument(name=NAME, body={"turns": turns[-MOST_KEPT:]}, fetched_at=now()))


def add_turn(session: Session, asset: str, choice: DuelChoice | None) -> None:
    """Keep a choice, or that the pair of an asset was skipped; an earlier one of the asset is replaced."""
    won, lost = (choice.won.words, choice.lost.words) if choice else (None, None)
    others = [turn for turn in kept_turns(session) if turn["asset"] != asset]
    keep_turns(session, [*others, {"asset": asset, "won": won, "lost": lost}])


def take_last_turn_back(session: Session) -> str:
    """Forget the last choice or skip; the asset of it, "" where there is none."""
    turns = kept_turns(session)
    if not turns:
        return ""
    keep_turns(session, turns[:-1])
    return turns[-1]["asset"]


def duel_choices(turns: list[Turn]) -> list[DuelChoice]:
    """The choices among the turns."""
    return [
        DuelChoice(turn["asset"], read_contender(turn["won"]), read_contender(turn["lost"]))
        for turn in turns
        if turn["won"]
    ]
