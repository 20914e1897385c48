"""What the system refuses about one file, so that the others have their turn all the same."""

from collections.abc import Callable

from app.core.errors import ApplicationError, reason_of


class PerFileErrors:
    """Remembers names of files with which something could not be done, and why the first one could not."""

    def __init__(self):
        self.names: set[str] = set()
        self.first = ""

    def bear(self, name: str, action: Callable, *arguments):
        """What the action answers, None where it was refused."""
        try:
            return action(*arguments)
        except (OSError, ApplicationError) as error:
            self.names.add(name)
            self.first = self.first or f"{name[:200]}: {reason_of(error)}"
            return None
