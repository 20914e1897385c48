"""Middleware in front of the application: the base path, and headers of trusted proxies."""

import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

import structlog
from flask import Flask
from werkzeug.wrappers import Response

from app.config import Settings

FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_X_ACCEL_IMAGES",
)
# Below which internal location a trusted nginx sends image files itself; app/api/images.py asks for it.
OFFLOAD = "posterizarr.offload"
# Set where the peer is a proxy that is not listed, so that the address of its client is not known.
HIDDEN_CLIENT = "posterizarr.hidden_client"
PROBE = "/ping"
HOST = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")
PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+){1,16}")

log = structlog.get_logger(__name__)


def init_app(app: Flask, settings: Settings) -> None:
    inner = BasePath(app.wsgi_app, settings.app_base_path) if settings.app_base_path else app.wsgi_app
    app.wsgi_app = TrustedProxies(inner, settings.trusted_proxies)


class TrustedProxies:
    """Reads address, scheme and host from the headers of trusted peers, and removes such headers always."""

    def __init__(self, application: Callable, networks: Iterable):
        self.application = application
        self.networks = tuple(networks)
        self.trusted = lru_cache(maxsize=1024)(self.is_trusted)
        self.warned = False

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        forwarded = {name: environ.pop(name) for name in FORWARDED if name in environ}
        if forwarded:
            self.consider(environ, forwarded)
        return self.application(environ, start_response)

    def consider(self, environ: dict, forwarded: dict) -> None:
        peer = environ.get("REMOTE_ADDR", "")
        if self.trusted(peer):
            self.apply(environ, forwarded)
            return
        environ[HIDDEN_CLIENT] = True
        if not self.warned:
            self.warned = True
            log.warning(
                "forwarded_headers_ignored", peer=peer, advice="Set TRUSTED_PROXIES if it is your proxy."
            )

    def apply(self, environ: dict, forwarded: dict) -> None:
        client = forwarded.get("HTTP_X_FORWARDED_FOR", "")
        environ["REMOTE_ADDR"] = self.client(client, environ["REMOTE_ADDR"])
        environ["wsgi.url_scheme"] = scheme(forwarded) or environ["wsgi.url_scheme"]
        if host := last_match(HOST, forwarded.get("HTTP_X_FORWARDED_HOST", "")):
            environ["HTTP_HOST"] = host
        if prefix := last_match(PREFIX, forwarded.get("HTTP_X_FORWARDED_PREFIX", "").rstrip("/")):
            mount_prefix(environ, prefix)
        # A proxy that sets none passes on its client's header, which must not name an arbitrary location.
        environ[OFFLOAD] = last_match(PREFIX, forwarded.get("HTTP_X_ACCEL_IMAGES", "").rstrip("/")) or ""

    def client(self, hops: str, peer: str) -> str:
        """The nearest hop that is no trusted proxy; a hop that is no address ends the search."""
        for hop in reversed(hops.split(",")):
            address = hop_address(hop)
            if address is None:
                return peer
            peer = address
            if not self.trusted(peer):
                return peer
        return peer

    def is_trusted(self, address: str) -> bool:
        parsed = ip_address(known) if (known := hop_address(address)) else None
        return parsed is not None and any(parsed in network for network in self.networks)


class BasePath:
    """Serves everything below one path, and the health probe at the root as well."""

    def __init__(self, application: Callable, base: str):
        self.application = application
        self.base = base

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        return self.target(environ)(environ, start_response)

    def target(self, environ: dict) -> Callable:
        path = environ.get("PATH_INFO", "")
        # A proxy that has removed the path sends X-Forwarded-Prefix.
        if environ.get("SCRIPT_NAME") == self.base or path == PROBE:
            return self.application
        return self.application if mount_prefix(environ, self.base) else nothing_here()


def mount_prefix(environ: dict, prefix: str) -> bool:
    """Make the prefix the root of the application; False where the path is outside and stays as it was."""
    path = environ.get("PATH_INFO", "")
    below = path == prefix or path.startswith(f"{prefix}/")
    if below:
        environ["PATH_INFO"] = path[len(prefix) :]
    environ["SCRIPT_NAME"] = prefix
    return below


def nothing_here() -> Response:
    detail = "There is nothing outside of the base path."
    body = json.dumps({"detail": detail, "message": detail, "success": False})
    return Response(body, 404, content_type="application/json")


def scheme(forwarded: dict) -> str | None:
    name = forwarded.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
    return name if name in ("http", "https") else None


def last_match(pattern: re.Pattern, values: str) -> str | None:
    """The last of several values, which is the nearest proxy's, where it has the right form."""
    value = values.rpartition(",")[2].strip()
    return value if pattern.fullmatch(value) else None


def hop_address(hop: str) -> str | None:
    """The address in "1.2.3.4", "1.2.3.4:567", "::1", "[::1]" or "[::1]:80"; IPv4 in IPv6 becomes IPv4."""
    text = hop.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
