"""Opens and ends the sessions of browsers, each in a transaction of its own."""

import structlog

from app.core.access import browser_sessions, secret_key
from app.core.access.browser_sessions import OpenedSession
from app.core.access.callers import Caller
from app.extensions import Machine
from app.services import keys

log = structlog.get_logger(__name__)


def sign_in(machine: Machine, caller: Caller, credential: str, stay: bool) -> OpenedSession:
    """Open a session of the caller that showed the credential, and commit it."""
    secret = secret_key.load_or_create(machine.paths.database / "secret.key")
    with machine.database.writing() as session:
        opened = browser_sessions.store_session(session, secret, caller, credential, stay)
    log.info("browser_signed_in", name=caller.name, stay=stay)
    return opened


def sign_out(machine: Machine, token: str) -> None:
    """End the session and commit that; every worker drops it from its cache at once."""
    secret = secret_key.load_or_create(machine.paths.database / "secret.key")
    with machine.database.writing() as session:
        browser_sessions.end_session(session, secret, token)
    keys.announce_change(machine)
    log.info("browser_signed_out")
