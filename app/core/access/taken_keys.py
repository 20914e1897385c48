"""API keys of an existing Posterizarr: kept as its bcrypt hash until the first use, then like our own.

The old program compares a key with every hash that it has. Here the first characters lead to one row, so
that a wrong key costs a look-up in an index, as with our own keys.
"""

import re
from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.core.access.api_keys import PREFIX_LENGTH, key_digest, looks_like_key
from app.core.access.credentials import BCRYPT_HASH, BCRYPT_MARKS
from app.models import ApiKey

TAKEN_PREFIX_LENGTH = 8
# `secrets.token_urlsafe(32)`, without a mark of its own.
TAKEN_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")
# Each step doubles the time of a check; what an old database says must not occupy a thread for minutes.
MOST_ROUNDS = 14


def looks_like_taken_key(text: str) -> bool:
    return TAKEN_SHAPE.fullmatch(text) is not None


def may_be_key(text: str) -> bool:
    """Whether it has the form of a key, of ours or of one that was taken over."""
    return looks_like_key(text) or looks_like_taken_key(text)


def is_usable_hash(text: str) -> bool:
    """Whether it is a bcrypt hash that is checked within a second or so."""
    return BCRYPT_HASH.fullmatch(text) is not None and int(text[4:6]) <= MOST_ROUNDS


def is_renewed(key: ApiKey) -> bool:
    """Whether the key is kept as our own are."""
    return not key.digest.startswith(BCRYPT_MARKS)


def find_taken_key(session: Session, plain: str) -> ApiKey | None:
    """The key, not used since it was taken over, that may be this one; its hash is not checked here."""
    key = session.scalar(select(ApiKey).where(ApiKey.prefix == plain[:TAKEN_PREFIX_LENGTH]))
    return None if key is None or is_renewed(key) else key


def renew_digest(session: Session, secret: bytes, key_id: int, plain: str) -> None:
    """Keep a key whose hash was right as our own are kept."""
    values = {"prefix": plain[:PREFIX_LENGTH], "digest": key_digest(secret, plain)}
    still_taken = ApiKey.id == key_id, ApiKey.prefix == plain[:TAKEN_PREFIX_LENGTH]
    session.execute(update(ApiKey).where(*still_taken).values(**values))


def known_prefixes(session: Session, prefixes: Iterable[str]) -> set[str]:
    """Those of the prefixes that a key has, in use since or not."""
    present = session.scalars(select(ApiKey.prefix))
    return {prefix[:TAKEN_PREFIX_LENGTH] for prefix in present} & {*prefixes}
