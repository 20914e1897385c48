"""Passes to look: short-lived texts in a cookie, for what pages load without sending their credentials.

Images and sockets of the existing web page carry no credentials. A pass is signed and not stored, lets its
bearer read alone, and ends with its hour or when the login or key that it was issued for changes.
"""

import hmac
import re
import time
from collections.abc import Iterable
from typing import NamedTuple

from app.core.access.browser_sessions import bond_of

LIFETIME = 3600
FORM = re.compile(r"([0-9]{1,12})\.([0-9]{1,10})\.([0-9a-f]{64})")


class ViewPass(NamedTuple):
    """A pass as it was shown: its end in epoch seconds, and the key that it was issued for, 0 for none."""

    expires: int
    key_id: int
    seal: str

    @property
    def seconds_left(self) -> float:
        return self.expires - time.time()


def issue_pass(secret: bytes, credential: str, key_id: int | None) -> str:
    """A pass for an hour, for the caller that showed the credential."""
    expires = int(time.time()) + LIFETIME
    return f"{expires}.{key_id or 0}.{seal_of(secret, expires, key_id or 0, credential)}"


def parse_pass(text: str) -> ViewPass | None:
    found = FORM.fullmatch(text)
    return ViewPass(int(found[1]), int(found[2]), found[3]) if found else None


def is_genuine(secret: bytes, shown: ViewPass, credentials: Iterable[str]) -> bool:
    """Whether the pass was issued here for one of the credentials, ended or not."""
    known = (
        seal_of(secret, shown.expires, shown.key_id, credential) for credential in credentials if credential
    )
    return any(hmac.compare_digest(seal, shown.seal) for seal in known)


def seal_of(secret: bytes, expires: int, key_id: int, credential: str) -> str:
    content = f"view pass {expires} {key_id} {bond_of(secret, credential)}"
    return hmac.digest(secret, content.encode(), "sha256").hex()
