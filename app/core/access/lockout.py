"""Ten failed attempts from one address within five minutes lock it for five more."""

import math
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.errors import TooMany
from app.models import FailedLogin
from app.models.base import now

ATTEMPTS = 10
WINDOW = timedelta(minutes=5)
LOCKED_FOR = timedelta(minutes=5)
KEPT_FOR = WINDOW + LOCKED_FOR


def counted_address(address: str | None) -> str:
    """The address under which attempts are counted: an IPv4 address, or the /64 of an IPv6 customer."""
    try:
        parsed = ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


def refuse_locked(session: Session, address: str | None) -> None:
    """Raise `TooMany` while the address is locked."""
    seconds = seconds_locked(latest_failures(session, counted_address(address)))
    if seconds > 0:
        raise TooMany("Too many failed attempts from this address. Try again later.", seconds)


def record_failure(session: Session, address: str | None) -> None:
    """Record one failed attempt, and delete those that no longer count."""
    session.execute(delete(FailedLogin).where(FailedLogin.failed_at < now() - KEPT_FOR))
    session.add(FailedLogin(address=counted_address(address), failed_at=now()))


def latest_failures(session: Session, counted: str) -> list[datetime]:
    newest_first = FailedLogin.failed_at.desc()
    chosen = select(FailedLogin.failed_at).where(FailedLogin.address == counted)
    return list(session.scalars(chosen.order_by(newest_first).limit(ATTEMPTS)))


def seconds_locked(failures: list[datetime]) -> int:
    """Seconds until the lock ends, 0 where there is none; the newest failure comes first."""
    if len(failures) < ATTEMPTS or failures[0] - failures[-1] > WINDOW:
        return 0
    # A clock that was set back must not extend the lock.
    left = min(failures[0] + LOCKED_FOR - now(), LOCKED_FOR)
    return max(0, math.ceil(left.total_seconds()))
