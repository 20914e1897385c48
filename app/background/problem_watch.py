"""The thread that looks at the problems now and then, so that the history has those that are over."""

from sqlalchemy.exc import SQLAlchemyError

from app.background.background_thread import BackgroundThread
from app.core.errors import ApplicationError
from app.core.problem_history import History, after_look, store_history, stored_history
from app.extensions import Machine
from app.models.base import now
from app.services.system_readers import SystemReaders


class ProblemWatch(BackgroundThread):
    """Keeps the history of problems; while the database does not answer it is kept in memory."""

    name = "problem watch"
    pause_seconds = 20.0
    passing = (SQLAlchemyError, ApplicationError, OSError)

    def __init__(self, machine: Machine):
        super().__init__()
        self.machine = machine
        self.readers = SystemReaders(machine)
        self.history: History | None = None
        self.stored: History | None = None

    def begin(self) -> None:
        """Other threads report what they find within the first looks."""
        self.bell.wait(self.pause_seconds)

    def tick(self) -> None:
        problems = self.readers.problems(private=True)
        if self.history is None:
            self.history = self.stored = self.read()
        self.history = after_look(self.history, problems, now())
        if self.history != self.stored:
            self.store(self.history)

    def read(self) -> History:
        with self.machine.database.reading() as session:
            return stored_history(session)

    def store(self, history: History) -> None:
        with self.machine.database.writing() as session:
            store_history(session, history)
        self.stored = history
