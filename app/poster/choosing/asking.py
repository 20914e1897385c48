"""Whom to ask next for an asset."""

from collections.abc import Mapping, Sequence

from app.poster.choosing.rules import Rules
from app.poster.choosing.search import Found, by_question, search_steps
from app.poster.choosing.treatments import takes_text
from app.poster.records.candidate import ProviderAnswer, Question
from app.poster.records.wanted import WantedAsset


def next_question(
    wanted: WantedAsset, rules: Rules, answers: Sequence[ProviderAnswer], rejected: Mapping[str, str]
) -> Question | None:
    """The next question that may change the decision, None when enough is known.

    `rejected` maps the address of a candidate whose picture is of no use to the reason.
    """
    if wanted.skip:
        return None
    known = by_question(answers)
    step = next(search_steps(rules.looks, rules.ranking, known, rejected), None)
    if isinstance(step, Found) and rules.logo_looks and takes_text(rules, step.candidate):
        step = next(search_steps(rules.logo_looks, rules.ranking, known, rejected), None)
    return None if isinstance(step, Found) else step
