"""Removes secrets from texts before they are stored or logged."""

import re
from collections.abc import Iterable
from urllib.parse import unquote_plus

REDACTED = "REDACTED"
SHORTEST_SECRET = 6

SECRET_NAME = re.compile(
    r"api[-_. ]?key|secret|token|passw(or)?d|passphrase|authorization|credential|cookie", re.IGNORECASE
)
TELLING_WORDS = ("key", "token", "secret", "passw", "authorization", "cookie", "pstr_")
OWN_KEY = re.compile(r"pstr_[A-Za-z0-9_-]{8,}")
# What follows "?" or "&" up to the next of them: names may be percent-encoded.
QUERY_PAIR = re.compile(r"(?<=[?&])([^?&=\s\"'<>]{1,256})=([^&\s\"'<>]*)")
LOGIN_IN_URL = re.compile(r"(?<=://)[^/\s:@\"']{0,256}:[^/\s\"']{1,1024}@")
VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s,'"&]+)"""
HEADER = re.compile(
    r"((?:x-)?api[-_]key|x-plex-token|x-emby-token|authorization|cookie)"
    rf"(['\"]?\s{{0,9}}[:=]\s{{0,9}})(?:(?:Basic|Bearer|MediaBrowser)\s+)?{VALUE}",
    re.IGNORECASE,
)
# A colon counts only behind a quoted name: "password: must be text" is a sentence.
ASSIGNED = re.compile(
    rf"((?:password|secret|token|apikey)[\w.-]{{0,40}})(['\"]\s{{0,9}}:\s{{0,9}}|\s{{0,9}}=\s{{0,9}}){VALUE}",
    re.IGNORECASE,
)


def is_secret_name(name: str) -> bool:
    return SECRET_NAME.search(name) is not None


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without the known secrets, API keys, and values whose name says that they are secret."""
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    if "=" in text:
        text = QUERY_PAIR.sub(redacted_pair, text)
    if "://" in text:
        text = LOGIN_IN_URL.sub(f"{REDACTED}@", text)
    return redact_named(text)


def redact_named(text: str) -> str:
    """Hide what follows a keyword; lines without one, which are most, cost next to nothing."""
    lowered = text.lower()
    if not any(word in lowered for word in TELLING_WORDS):
        return text
    text = HEADER.sub(rf"\1\2{REDACTED}", text)
    text = ASSIGNED.sub(rf"\1\2{REDACTED}", text)
    return OWN_KEY.sub(REDACTED, text)


def redact_query(query: str) -> str:
    """A query string without the values of secrets, the rest as it was."""
    return "&".join(redacted_part(part) for part in query.split("&"))


def redact_target(target: str) -> str:
    """A request target or address, with or without a query."""
    path, mark, query = target.partition("?")
    return redact(path + mark + redact_query(query))


def redacted_part(part: str) -> str:
    name, separator, value = part.partition("=")
    return f"{name}={REDACTED}" if separator and tells_secret(name, value) else part


def redacted_pair(match: re.Match) -> str:
    return redacted_part(match.group(0))


def tells_secret(name: str, value: str) -> bool:
    return is_secret_name(unquote_plus(name)) or is_secret_value(unquote_plus(value))


def is_secret_value(value: str) -> bool:
    """Whether it holds an API key, or an address with a secret in its own query."""
    return OWN_KEY.search(value) is not None or ("=" in value and is_secret_name(value))


def worth_hiding(values: Iterable[object]) -> tuple[str, ...]:
    """The texts among the values that are longer than ordinary words, the longest first."""
    texts = {value for value in values if isinstance(value, str) and len(value) >= SHORTEST_SECRET}
    return tuple(sorted(texts, key=len, reverse=True))
