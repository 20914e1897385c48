"""Why a call got no answer, in words for the person who typed the address."""

import socket
import ssl
from collections.abc import Iterator

from requests.exceptions import SSLError, Timeout
from urllib3.exceptions import NameResolutionError, ProtocolError, ReadTimeoutError

from app.poster.web.fault import Fault
from app.poster.web.link_local import REFUSAL
from app.poster.web.trouble import WebTrouble

MEANINGS = (
    (
        Fault.NAME,
        "the name in {host} is not known here; check how it is spelled",
        (NameResolutionError, socket.gaierror),
    ),
    (
        Fault.PORT,
        "nothing listens at {host}; check the port, and whether the server runs",
        (ConnectionRefusedError,),
    ),
    (
        Fault.SILENT,
        "{host} gave no answer in time; check address, port and firewall",
        (Timeout, ReadTimeoutError, TimeoutError),
    ),
    (
        Fault.SCHEME,
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


def failure_meaning(trouble: WebTrouble, host: str) -> tuple[Fault, str]:
    """(the part that is wrong, one clause such as "nothing listens at nas:32400" with what to do)."""
    causes = tuple(chain_of(trouble))
    if any(isinstance(cause, (SSLError, ssl.SSLError)) for cause in causes):
        return tls_meaning(" ".join(map(str, causes)), host)
    if any(REFUSAL in str(cause) for cause in causes):
        return Fault.UNSAFE, f"{host} is not asked: {REFUSAL}"
    for fault, words, kinds in MEANINGS:
        if any(isinstance(cause, kinds) for cause in causes):
            return fault, words.format(host=host)
    return Fault.UNREACHABLE, f"{host} cannot be reached from here"


def tls_meaning(said: str, host: str) -> tuple[Fault, str]:
    if any(mark in said.upper().replace(" ", "_") for mark in PLAIN_PORT):
        return Fault.SCHEME, f"{host} does not speak https; begin with http://"
    words = next((words for mark, words in CERTIFICATE_WORDS.items() if mark in said), UNTRUSTED)
    return Fault.CERTIFICATE, f"{host} {words}"


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
