"""Sessions of signed-in browsers: a random token in a cookie, stored as a keyed hash.

A session ends when it expires or is signed out, and when the key or login that opened it changes.
"""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.access import api_keys
from app.core.access.callers import SCOPES, Caller
from app.core.access.credentials import encoded
from app.models import ApiKey, BrowserSession
from app.models.base import now

LIFETIME = timedelta(days=1)
STAYING = timedelta(days=30)
MOST_SESSIONS = 500


@dataclass(frozen=True)
class OpenedSession:
    """A new session; `token` is for the cookie and cannot be read again, `seconds` is its lifetime."""

    token: str
    seconds: int


def cookie_name(secret: bytes) -> str:
    """The cookie's name, another one for each installation: cookies are shared by all ports of a host."""
    return f"posterizarr_{hmac.digest(secret, b'cookie name', 'sha256').hex()[:8]}"


def store_session(
    session: Session, secret: bytes, caller: Caller, credential: str, stay: bool
) -> OpenedSession:
    """Store a session of the caller that showed the credential: for 30 days with `stay`, else for one."""
    token, lifetime = secrets.token_urlsafe(32), STAYING if stay else LIFETIME
    make_room(session)
    session.add(
        BrowserSession(
            digest=hash_token(secret, token),
            bond=bond_of(secret, credential),
            name=caller.name,
            key_id=caller.key_id,
            expires_at=now() + lifetime,
        )
    )
    return OpenedSession(token, int(lifetime.total_seconds()))


def make_room(session: Session) -> None:
    """Delete what has expired, and the oldest sessions where there are too many."""
    session.execute(delete(BrowserSession).where(BrowserSession.expires_at <= now()))
    newest_first = select(BrowserSession.id).order_by(BrowserSession.id.desc())
    surplus = list(session.scalars(newest_first.offset(MOST_SESSIONS - 1)))
    session.execute(delete(BrowserSession).where(BrowserSession.id.in_(surplus)))


def find_session_caller(
    session: Session, secret: bytes, token: str, credentials: Iterable[str]
) -> Caller | None:
    """The caller behind a token, None where the session has ended.

    `credentials` are those that open a session now, without the API keys, which are read from the database.
    """
    found = session.scalar(select(BrowserSession).where(BrowserSession.digest == hash_token(secret, token)))
    if found is None or found.expires_at <= now():
        return None
    if found.key_id is not None:
        return key_session_caller(session, secret, found)
    bonds = (bond_of(secret, credential) for credential in credentials if credential)
    if not any(hmac.compare_digest(bond, found.bond) for bond in bonds):
        return None
    return Caller(found.name, SCOPES, None, found.expires_at.timestamp())


def key_session_caller(session: Session, secret: bytes, found: BrowserSession) -> Caller | None:
    """The caller of a session that a key opened, None where the key is gone or expired."""
    key = session.get(ApiKey, found.key_id)
    if key is None or api_keys.is_expired(key) or bond_of(secret, key.digest) != found.bond:
        return None
    caller = api_keys.key_caller(key)
    expires = min(caller.expires or float("inf"), found.expires_at.timestamp())
    return Caller(caller.name, caller.scopes, caller.key_id, expires)


def end_session(session: Session, secret: bytes, token: str) -> None:
    session.execute(delete(BrowserSession).where(BrowserSession.digest == hash_token(secret, token)))


def hash_token(secret: bytes, token: str) -> str:
    return hmac.digest(secret, b"session " + encoded(token), "sha256").hex()


def bond_of(secret: bytes, credential: str) -> str:
    """What ties a session to the credential that opened it."""
    return hmac.digest(secret, b"credential " + encoded(credential), "sha256").hex()
