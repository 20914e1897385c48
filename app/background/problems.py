"""Problems that threads of the leader publish, each under its source until it is resolved."""

import structlog

from app.core.state import SharedState

log = structlog.get_logger(__name__)


class Problems:
    """The list of problems in the shared state; the problems of other threads stay in it."""

    def __init__(self, state: SharedState):
        self.state = state

    def report(self, source: str, message: str, advice: str) -> bool:
        """Add a problem to the list in place of the one of its source; True where it is new."""
        problem = {"source": source, "message": message, "advice": advice}
        is_news = self.state.change(
            "problems", lambda known: known if problem in known else [*without(known, source), problem]
        )
        if is_news:
            log.warning("problem", source=source, message=message)
        return is_news

    def resolve(self, source: str) -> None:
        if self.state.change("problems", lambda known: without(known, source)):
            log.info("problem_over", source=source)


def without(problems: list[dict], source: str) -> list[dict]:
    return [problem for problem in problems if problem["source"] != source]
