"""The certificate that a server shows, for a person who is asked whether to trust it."""

import ssl
from hashlib import sha256
from urllib.parse import urlsplit

SECONDS = 3.0
HTTPS = 443


def fingerprint_at(address: str) -> str:
    """The SHA-256 of the certificate in hex, "" where none can be had."""
    parts = urlsplit(address)
    place = (parts.hostname or "", parts.port or HTTPS)
    try:
        shown = ssl.get_server_certificate(place, timeout=SECONDS)
        return sha256(ssl.PEM_cert_to_DER_cert(shown)).hexdigest()
    except (OSError, ValueError):
        return ""
