"""Problems that the dispatcher tells to everybody, each under its source until it is over."""

import structlog

from app.core.state import SharedState

log = structlog.get_logger(__name__)


class Problems:
    """Keeps the list in the shared state; what other threads put there stays."""

    def __init__(self, state: SharedState):
        self.state = state

    def tell(self, source: str, message: str, advice: str) -> bool:
        """Put a problem on the list; True where it is news."""
        problem = {"source": source, "message": message, "advice": advice}
        known = self.known()
        if problem in known:
            return False
        log.warning("problem", source=source, message=message)
        self.state.publish(problems=[*self.without(source), problem])
        return True

    def over(self, source: str) -> None:
        if (rest := self.without(source)) != self.known():
            log.info("problem_over", source=source)
            self.state.publish(problems=rest)

    def known(self) -> list[dict]:
        return self.state.read()["problems"]

    def without(self, source: str) -> list[dict]:
        return [problem for problem in self.known() if problem["source"] != source]
