"""Takes secrets out of texts: known values in every form that is written, and what looks like one."""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus, unquote, urlsplit

from app.poster.settings import SECRET_KEYS

MASK = "***"
# Shorter values would take ordinary words out of every line; by their names they are masked all the same.
SHORTEST = 4
SHORTEST_PIECE = 8
# Switches may have names like secrets; their values would be masked in every line.
NO_SECRETS = ("", "true", "false")
NAME = r"[\w.-]{0,40}(?:token|api[-_. ]?key|apikey|secret|passw(?:or)?d|passphrase|credential)[\w.-]{0,20}"
SECRET_NAME = re.compile(rf"{NAME}|[\w.-]*_key|authorization|cookie|database_url", re.IGNORECASE)
# Addresses of Apprise, which are secrets as a whole.
SERVICES = "discord|tgram|slack|pover|pbul|mailtos?|jsons?|xmls?|forms?|ntfys?|gotifys?|matrixs?"
# Each leaves what stands before the secret.
LOOKS = (
    re.compile(r"(://)[^/\s\"'<>@]*(?=@)"),
    re.compile(rf"([?&](?:{NAME}|auth|sig|key|t)=)[^&\s\"'<>]+", re.IGNORECASE),
    re.compile(r"((?:authorization|cookie)[\"']?\s{0,9}[:=]\s{0,9}[\"']?)[^\"'\r\n]+", re.IGNORECASE),
    re.compile(rf"((?:{NAME})[\"']?\s{{0,9}}[:=]\s{{0,9}}\")[^\"]+", re.IGNORECASE),
    re.compile(rf"((?:{NAME})[\"']?\s{{0,9}}[:=]\s{{0,9}}'?)[^\s\"',;&<>}}]+", re.IGNORECASE),
    re.compile(r"(\b(?:bearer|basic)\s+)[\w.~+/=-]{6,}", re.IGNORECASE),
    re.compile(r"(/api/(?:webhooks|push)/)[^\s\"'<>?]+"),
    re.compile(rf"((?<![a-z])(?:{SERVICES})://)[^\s\"'<>]+", re.IGNORECASE),
    re.compile(r"()\bpstr_[\w-]{8,}"),
    re.compile(r"()\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"),
)


class Masker:
    """Masks the given secrets and everything that looks like one."""

    def __init__(self, secrets: Iterable[str]):
        forms = {form for secret in secrets if len(secret) >= SHORTEST for form in forms_of(secret)}
        longest_first = sorted(forms, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if forms else None

    def mask(self, text: str) -> str:
        if self._known:
            text = self._known.sub(MASK, text)
        for look in LOOKS:
            text = look.sub(rf"\g<1>{MASK}", text)
        return text

    def document(self, value: Any) -> Any:
        """A JSON value with all that is secret by its name or its content masked, at any depth."""
        if isinstance(value, dict):
            return {self.mask(name): self._member(name, inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.document(inner) for inner in value]
        return self.mask(value) if isinstance(value, str) else value

    def _member(self, name: str, value: Any) -> Any:
        if names_a_secret(name) and not isinstance(value, (dict, bool)):
            return MASK if value else value
        return self.document(value)


def names_a_secret(name: str) -> bool:
    return name in SECRET_KEYS or SECRET_NAME.fullmatch(name) is not None


def secrets_in(value: Any, is_secret: bool = False) -> Iterator[str]:
    """The texts of a JSON value, or of variables, that are secret by the name they stand under."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from secrets_in(inner, is_secret or names_a_secret(str(name)))
    elif isinstance(value, list):
        for inner in value:
            yield from secrets_in(inner, is_secret)
    elif is_secret and isinstance(value, (str, int)) and str(value).strip().lower() not in NO_SECRETS:
        yield from pieces_of(str(value).strip())


def pieces_of(secret: str) -> Iterator[str]:
    """The secret; of an address also each long part, since messages may show parts of it."""
    yield secret
    if "://" not in secret:
        yield from (piece for piece in secret.split("#") if len(piece) >= SHORTEST_PIECE)
        return
    try:
        parts = urlsplit(secret)
        found = [parts.username, parts.password, *re.split(r"[/?&=]", f"{parts.path}?{parts.query}")]
    except ValueError:
        found = re.split(r"[/?&=@:]", secret)
    yield from (piece for piece in found if piece and len(piece) >= SHORTEST_PIECE and piece != "webhooks")


def forms_of(secret: str) -> set[str]:
    """The secret as texts, addresses, JSON and headers write it."""
    plain = secret.encode("utf-8", "replace")
    written = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), unquote(secret)}
    written |= {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    return {form for form in (*written, b64encode(plain).decode().rstrip("=")) if len(form) >= SHORTEST}
