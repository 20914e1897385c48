"""One bounded request to a media server."""

import json
import os
import time
from typing import Any
from xml.etree import ElementTree

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

TIMEOUT = (2, 5)
TOTAL_SECONDS = 10.0
SIZE_LIMIT = 4 * 1024 * 1024
CHUNK = 64 * 1024


class Unanswered(Exception):
    """The server gave no usable response; the text is the reason, without secrets."""


class FingerprintAdapter(HTTPAdapter):
    """Accepts the certificate of one fingerprint, whatever its name and authority, and no other."""

    def __init__(self, fingerprint: str):
        self.fingerprint = fingerprint
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, assert_fingerprint=self.fingerprint, **kwargs)


def certificate_session(certificate: str) -> requests.Session:
    """A session that trusts the one certificate of a SHA-256 fingerprint."""
    session = requests.Session()
    if is_fingerprint(certificate):
        session.mount("https://", FingerprintAdapter(certificate))
    return session


def is_fingerprint(certificate: str) -> bool:
    return bool(certificate) and os.sep not in certificate


def verification(certificate: str) -> bool | str:
    """What requests verifies; nothing where the adapter compares fingerprints."""
    return False if is_fingerprint(certificate) else certificate or True


def ask(
    url: str, headers: dict[str, str], parameters: dict[str, str] | None = None, certificate: str = ""
) -> bytes:
    """The body of a 200 response; `Unanswered` in every other case."""
    # Compressed, a small answer could grow past every limit.
    sent = {**headers, "Accept-Encoding": "identity", "User-Agent": "posterizarr-server"}
    options = {"headers": sent, "params": parameters, "timeout": TIMEOUT}
    # Given with the request: a bundle in the environment would take the place of a session's own.
    options["verify"] = verification(certificate)
    try:
        # A redirect would carry the token to wherever it points.
        with (
            certificate_session(certificate) as session,
            session.get(url, stream=True, allow_redirects=False, **options) as response,
        ):
            return checked_answer(response)
    except requests.exceptions.SSLError as error:
        raise Unanswered("has an untrusted certificate; set MEDIA_SERVER_CERTIFICATE") from error
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        raise Unanswered(f"cannot be reached ({type(error).__name__})") from error


def checked_answer(response: requests.Response) -> bytes:
    if response.status_code in (401, 403):
        raise Unanswered(f"refuses the token of config.json ({response.status_code})")
    if response.status_code != 200:
        raise Unanswered(f"answered {response.status_code}")
    return read_answer(response)


def read_answer(response: requests.Response) -> bytes:
    deadline = time.monotonic() + TOTAL_SECONDS
    content = bytearray()
    while part := response.raw.read1(CHUNK):
        content += part
        if len(content) > SIZE_LIMIT or time.monotonic() > deadline:
            raise Unanswered("answered more, or more slowly, than a look-up may take")
    return bytes(content)


def ask_json(
    url: str, headers: dict[str, str], parameters: dict[str, str] | None = None, certificate: str = ""
) -> dict[str, Any]:
    content = ask(url, headers, parameters, certificate)
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unanswered("answered something that is no JSON") from error
    if not isinstance(found, dict):
        raise Unanswered("answered something unexpected")
    return found


def ask_xml(
    url: str, headers: dict[str, str], parameters: dict[str, str] | None = None, certificate: str = ""
) -> ElementTree.Element:
    content = ask(url, headers, parameters, certificate)
    if b"<!" in content[:1024]:
        raise Unanswered("answered with a document type, which no media server does")
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise Unanswered("answered something that is no XML") from error
