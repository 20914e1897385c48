"""Changes to the API keys, each in a transaction of its own that invalidates every worker's cache."""

from collections.abc import Iterable
from datetime import datetime

import structlog

from app.core.access import api_keys, secret_key
from app.extensions import Machine
from app.models import ApiKey

log = structlog.get_logger(__name__)


def create_key(
    machine: Machine,
    name: str,
    scopes: Iterable[str] = api_keys.DEFAULT_SCOPES,
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Create a key and commit it; the second value is the key itself, to be shown once."""
    secret = secret_key.load_or_create(machine.paths.database / "secret.key")
    with machine.database.writing() as session:
        key, plain = api_keys.add_key(session, secret, name, scopes, expires_at)
    announce_change(machine)
    log.info("key_created", id=key.id, name=key.name, scopes=key.scopes)
    return key, plain


def revoke_key(machine: Machine, key_id: int) -> ApiKey:
    """Revoke a key and commit it; every worker drops it from its cache at once."""
    with machine.database.writing() as session:
        key = api_keys.delete_key(session, key_id)
    announce_change(machine)
    log.info("key_revoked", id=key_id, name=key.name)
    return key


def announce_change(machine: Machine) -> None:
    try:
        api_keys.renew_key_stamp(machine.paths)
    except OSError as error:
        # The keys are changed all the same; workers read them again within some seconds.
        log.warning("key_stamp_not_written", error=str(error))
