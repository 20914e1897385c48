"""Silencing of problems, each change in a transaction of its own."""

import structlog

from app.core import silenced_problems
from app.extensions import Machine
from app.models.base import now
from app.services.system_readers import SystemReaders

log = structlog.get_logger(__name__)


def silence_problem(machine: Machine, readers: SystemReaders, code: str) -> None:
    """Silence the present problem of that code."""
    problems = readers.problems(private=True)
    with machine.database.writing() as session:
        silenced_problems.silence(session, problems, code, now())
    log.info("problem_silenced", code=code)


def unsilence_problem(machine: Machine, code: str) -> None:
    """Warn of the problem of that code again."""
    with machine.database.writing() as session:
        silenced_problems.end_silence(session, code)
    log.info("problem_no_longer_silenced", code=code)
