"""Why a call got no answer, in words for the person who typed the address."""

import socket
import ssl
from collections.abc import Iterator

from requests.exceptions import SSLError, Timeout
from urllib3.exceptions import NameResolutionError, ProtocolError, ReadTimeoutError

from app.poster.web.link_local import REFUSAL
from app.poster.web.trouble import WebTrouble

MEANINGS = (
    ("the name in {host} is not known here; check how it is spelled", (NameResolutionError, socket.gaierror)),
    ("nothing listens at {host}; check the port, and whether the server runs", (ConnectionRefusedError,)),
    (
        "{host} gave no answer in time; check address, port and firewall",
        (Timeout, ReadTimeoutError, TimeoutError),
    ),
    (
        "{host} closes the connection; if it speaks https, begin with https://",
        (ProtocolError, ConnectionResetError),
    ),
)
PLAIN_PORT = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG", "UNKNOWN_PROTOCOL")
CERTIFICATE_WORDS = {
    "ingerprint": "has another certificate than the one whose fingerprint is set",
    "expired": "has a certificate that has expired",
    " mismatch": "has a certificate of another name",
    "self-signed": "has a certificate that it has signed itself",
    "self signed": "has a certificate that it has signed itself",
}
UNTRUSTED = "has a certificate that is not trusted here"


def failure_words(trouble: WebTrouble, host: str) -> str:
    """One clause about the host, such as "nothing listens at nas:32400"; what to do about it included."""
    causes = tuple(chain_of(trouble))
    if any(isinstance(cause, (SSLError, ssl.SSLError)) for cause in causes):
        return tls_words(" ".join(map(str, causes)), host)
    if any(REFUSAL in str(cause) for cause in causes):
        return f"{host} is not asked: {REFUSAL}"
    found = (words for words, kinds in MEANINGS if any(isinstance(cause, kinds) for cause in causes))
    return next(found, "{host} cannot be reached from here").format(host=host)


def tls_words(said: str, host: str) -> str:
    if any(mark in said.upper().replace(" ", "_") for mark in PLAIN_PORT):
        return f"{host} does not speak https; begin with http://"
    return f"{host} {next((words for mark, words in CERTIFICATE_WORDS.items() if mark in said), UNTRUSTED)}"


def chain_of(error: BaseException) -> Iterator[BaseException]:
    """The exception and all that led to it, as urllib3 and requests wrap them, each once."""
    waiting, seen = [error], set()
    while waiting:
        found = waiting.pop(0)
        if id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        inner = (found.__cause__, found.__context__, getattr(found, "reason", None), *found.args)
        waiting += [one for one in inner if isinstance(one, BaseException)]
