"""Problems that threads of the leader publish, each under its source until it is resolved."""

from typing import Any

import structlog

from app.core.state import SharedState
from app.core.statement import public_part

log = structlog.get_logger(__name__)


class Problems:
    """The list of problems in the shared state; the problems of other threads stay in it."""

    def __init__(self, state: SharedState):
        self.state = state

    def report(self, source: str, message: str, advice: str, words: dict[str, object]) -> bool:
        """Add a problem to the list in place of the one of its source; True where it is new."""
        problem = published(source, message, advice, words)
        is_news = self.state.change(
            "problems", lambda known: known if problem in known else [*without(known, source), problem]
        )
        if is_news:
            log.warning("problem", source=source, message=message)
        return is_news

    def resolve(self, source: str) -> None:
        if self.state.change("problems", lambda known: without(known, source)):
            log.info("problem_over", source=source)


def published(source: str, message: str, advice: str, words: dict[str, object]) -> dict[str, Any]:
    """The entry of a problem: {source, message, public, advice, text, values}.

    `public` is the message without details, text and values are what pages say in place of it.
    """
    shown = {"source": source, "message": message, "public": public_part(message), "advice": advice}
    return {**shown, **words}


def without(problems: list[dict], source: str) -> list[dict]:
    return [problem for problem in problems if problem["source"] != source]
