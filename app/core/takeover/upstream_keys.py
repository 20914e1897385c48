"""The API keys of an existing Posterizarr, of which only bcrypt hashes are kept."""

from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.core.access.api_keys import DEFAULT_SCOPES, LONGEST_NAME, MOST_KEYS
from app.core.access.taken_keys import TAKEN_PREFIX_LENGTH, is_usable_hash, known_prefixes
from app.core.takeover.part_outcome import PartOutcome, TakeoverTerms
from app.core.takeover.upstream_database import Row, UpstreamDatabase
from app.core.takeover.upstream_values import moment_of, text_of
from app.models import ApiKey

UPSTREAM_KEYS = "api_keys"
KEY_COLUMNS = ("id", "name", "prefix", "key_hash", "created_at", "last_used_at")
ODD_HASH = "no bcrypt hash that can be checked in reasonable time"
TOO_MANY = f"beyond the {MOST_KEYS} keys that are allowed"
SCOPES_NOTE = f"The keys work as before, with the scopes {', '.join(DEFAULT_SCOPES)}; none has admin."


def take_keys(session: Session, database: UpstreamDatabase, terms: TakeoverTerms) -> PartOutcome:
    """Add the keys that are not known yet; the old hash is replaced at the first use of each."""
    outcome = PartOutcome()
    room = MOST_KEYS - (session.scalar(select(func.count()).select_from(ApiKey)) or 0)
    for row in database.rows(UPSTREAM_KEYS, KEY_COLUMNS):
        prefix, digest = text_of(row.get("prefix")), text_of(row.get("key_hash"))
        if not is_usable_hash(digest) or len(prefix) != TAKEN_PREFIX_LENGTH:
            outcome.left_out[ODD_HASH] += 1
        elif known_prefixes(session, [prefix]):
            outcome.known += 1
        elif outcome.taken >= room:
            outcome.left_out[TOO_MANY] += 1
        else:
            session.execute(insert(ApiKey.__table__), [taken_key(row, prefix, digest, terms)])
            outcome.taken += 1
    if outcome.taken:
        outcome.note(SCOPES_NOTE)
    return outcome


def taken_key(row: Row, prefix: str, digest: str, terms: TakeoverTerms) -> dict[str, Any]:
    name = "".join(character for character in text_of(row.get("name")) if character.isprintable())
    return {
        "name": name.strip()[:LONGEST_NAME] or f"key {text_of(row.get('id'))[:20]}",
        "prefix": prefix,
        "digest": digest,
        "scopes": list(DEFAULT_SCOPES),
        "created_at": moment_of(row.get("created_at"), terms.zone) or terms.moment,
        "last_used_at": moment_of(row.get("last_used_at"), terms.zone),
    }
