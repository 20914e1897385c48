"""Keys that programs call with: shown once, kept as a keyed hash, found by their first characters."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app.core.access.callers import SCOPES, Caller, implied
from app.core.errors import Conflict, Invalid, NotFound
from app.core.paths import Paths
from app.core.runs import LARGEST_NUMBER
from app.models import ApiKey
from app.models.base import now

MARK = "pstr_"
PREFIX_LENGTH = 13
MOST_KEYS = 200
LONGEST_NAME = 100
TOUCH_EVERY = timedelta(minutes=1)
DEFAULT_SCOPES = tuple(scope for scope in SCOPES if scope != "admin")

SHAPE = re.compile(r"pstr_[A-Za-z0-9_-]{43}")


def looks_like_key(text: str) -> bool:
    return SHAPE.fullmatch(text) is not None


def add_key(
    session: Session,
    secret: bytes,
    name: str,
    scopes: Iterable[str] = DEFAULT_SCOPES,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Add a key and return (row, key); the key itself cannot be read again later."""
    checked_room(session)
    plain = MARK + secrets.token_urlsafe(32)
    key = ApiKey(
        name=checked_name(name),
        prefix=plain[:PREFIX_LENGTH],
        digest=key_digest(secret, plain),
        scopes=checked_scopes(scopes),
        expires_at=checked_expiry(expires_at),
    )
    session.add(key)
    session.flush()
    return key, plain


def list_keys(session: Session) -> list[ApiKey]:
    """All keys, the oldest first."""
    return list(session.scalars(select(ApiKey).order_by(ApiKey.id)))


def delete_key(session: Session, key_id: int) -> ApiKey:
    """Delete the key; `NotFound` where there is none of that id."""
    key = session.get(ApiKey, key_id) if key_id <= LARGEST_NUMBER else None
    if key is None:
        raise NotFound(f"There is no API key {key_id}.")
    session.delete(key)
    return key


def find_key(session: Session, secret: bytes, plain: str) -> ApiKey | None:
    """The key that was presented, expired or not; a wrong one costs one look-up in an index."""
    key = session.scalar(select(ApiKey).where(ApiKey.prefix == plain[:PREFIX_LENGTH]))
    if key is None or not hmac.compare_digest(key.digest, key_digest(secret, plain)):
        return None
    return key


def valid_digest(session: Session, key_id: int) -> str:
    """What is stored of a key, "" where it is revoked or has expired."""
    key = session.get(ApiKey, key_id) if key_id <= LARGEST_NUMBER else None
    return key.digest if key and not is_expired(key) else ""


def record_use(session: Session, key_id: int) -> None:
    """Record the use of a key, at most once a minute."""
    stale = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at <= now() - TOUCH_EVERY)
    session.execute(update(ApiKey).where(ApiKey.id == key_id, stale).values(last_used_at=now()))


def is_use_due(key: ApiKey) -> bool:
    return key.last_used_at is None or key.last_used_at <= now() - TOUCH_EVERY


def is_expired(key: ApiKey) -> bool:
    return key.expires_at is not None and key.expires_at <= now()


def key_caller(key: ApiKey) -> Caller:
    expires = key.expires_at.timestamp() if key.expires_at else None
    return Caller(key.name, implied(key.scopes), key.id, expires)


def key_digest(secret: bytes, plain: str) -> str:
    return hmac.new(secret, plain.encode(), hashlib.sha256).hexdigest()


def key_count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ApiKey)) or 0


def checked_room(session: Session) -> None:
    if (count := key_count(session)) >= MOST_KEYS:
        raise Conflict(f"There are {count} API keys, and {MOST_KEYS} is the limit: revoke one first.")


def checked_name(name: str) -> str:
    trimmed = name.strip()
    if not 1 <= len(trimmed) <= LONGEST_NAME or not trimmed.isprintable():
        raise Invalid(f"A key needs a name of 1 to {LONGEST_NAME} printable characters.")
    return trimmed


def checked_scopes(scopes: Iterable[str]) -> list[str]:
    wanted = set(scopes)
    if not wanted or wanted - set(SCOPES):
        raise Invalid(f"A key needs one or more of the scopes {', '.join(SCOPES)}.")
    return [scope for scope in SCOPES if scope in wanted]


def checked_expiry(expires_at: datetime | None) -> datetime | None:
    if expires_at is not None and expires_at <= now():
        raise Invalid("A key cannot expire in the past.")
    return expires_at


def key_stamp_path(paths: Paths) -> Path:
    """A file that changes with the API keys, so that every worker drops what it has cached of them."""
    return paths.database / "keys.stamp"


def renew_key_stamp(paths: Paths) -> None:
    """Change the file; to be called after the commit, else a worker may cache the old state."""
    with key_stamp_path(paths).open("ab") as file:
        # The size grows, which shows even where the file system's clock is coarse.
        file.write(b".")
