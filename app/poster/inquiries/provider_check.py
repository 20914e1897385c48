"""Whether a provider of pictures takes a key."""

from typing import Any

from app.poster.inquiries.inquiry import Inquiry
from app.poster.inquiries.service import KEY_REFUSED, Service, Unusable, fault_of_status
from app.poster.providers.fanart import KNOWN_FILM
from app.poster.providers.tmdb import SHORTEST_TOKEN
from app.poster.web.fault import Fault

Checked = tuple[str, dict[str, Any]]
LEGACY_HINT = "it may be one that needs a PIN: write it as KEY#PIN, or enter the PIN of your subscription"
SHORT_HINT = "it looks like the API key (v3); what is needed is the longer API Read Access Token (v4)"


def check_tmdb(inquiry: Inquiry) -> Checked:
    token = provider_key(inquiry, "TMDB")
    service = Service("TMDB", inquiry.environment.addresses.tmdb, {"Authorization": f"Bearer {token}"})
    try:
        status = service.good("/3/authentication").status_code
    except Unusable as unusable:
        raise with_hint(unusable, SHORT_HINT if len(token) < SHORTEST_TOKEN else "") from unusable
    return "TMDB takes the token", {"status_code": status}


def check_tvdb(inquiry: Inquiry) -> Checked:
    key, _, attached = provider_key(inquiry, "TVDB").partition("#")
    pin = inquiry.text("pin") or attached.strip()
    sent = {"apikey": key.strip(), **({"pin": pin} if pin else {})}
    service = Service("TVDB", inquiry.environment.addresses.tvdb)
    try:
        response = service.good("/v4/login", "POST", sent)
    except Unusable as unusable:
        raise with_hint(unusable, "" if pin else LEGACY_HINT, has_pin=bool(pin)) from unusable
    details = {"status_code": response.status_code, "has_pin": bool(pin)}
    if not gives_token(response.content):
        raise Unusable("TVDB answered the login without a token", Fault.PATH, **details, token_received=False)
    return "TVDB takes the key", {**details, "token_received": True}


def check_fanart(inquiry: Inquiry) -> Checked:
    key = provider_key(inquiry, "Fanart.tv")
    service = Service("Fanart.tv", inquiry.environment.addresses.fanart, {"api-key": key})
    response = service.ask(f"/v3/movies/{KNOWN_FILM}")
    # A film without pictures is no fault of the key.
    if response.status_code not in (200, 404):
        status = response.status_code
        raise Unusable(service.meaning_of(response), fault_of_status(status), status_code=status)
    return "Fanart.tv takes the key", {"status_code": response.status_code}


def provider_key(inquiry: Inquiry, name: str) -> str:
    key = inquiry.text("key")
    if not key:
        raise Unusable(f"The key of {name} is missing", Fault.KEY_MISSING)
    if not (key.isascii() and key.isprintable()):
        raise Unusable(f"The key of {name} has characters that no key has; copy it again", Fault.KEY)
    return key


def with_hint(unusable: Unusable, hint: str, **details: Any) -> Unusable:
    """The same with a hint where the key was refused."""
    is_refused = unusable.details.get("status_code") in KEY_REFUSED
    sentence = f"{unusable}; {hint}" if hint and is_refused else str(unusable)
    return Unusable(sentence, unusable.fault, **unusable.details, **details)


def gives_token(content: bytes) -> bool:
    return b'"token"' in content
