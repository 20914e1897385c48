"""Why a call got no answer is found among all the exceptions that led to it."""

import socket
import ssl

import pytest
from requests.exceptions import ConnectionError as LostConnection
from requests.exceptions import ConnectTimeout, SSLError
from urllib3.exceptions import MaxRetryError, ProtocolError, ReadTimeoutError

from app.poster.web.failure_words import chain_of, failure_meaning
from app.poster.web.link_local import REFUSAL
from app.poster.web.trouble import Trouble, WebTrouble

HOST = "nas:32400"


def words_for(cause: BaseException) -> str:
    trouble = WebTrouble(Trouble.UNREACHABLE, "Plex: no usable answer")
    trouble.__cause__ = cause
    return failure_meaning(trouble, HOST)[1]


def retried(cause: Exception) -> LostConnection:
    """The exception as requests and urllib3 wrap it."""
    return LostConnection(MaxRetryError(None, "/", cause))


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (retried(socket.gaierror(-2, "unknown")), "the name in nas:32400 is not known here"),
        (retried(ConnectionRefusedError(111, "refused")), "nothing listens at nas:32400"),
        (ConnectTimeout(), "gave no answer in time"),
        (retried(ReadTimeoutError(None, "/", "slow")), "gave no answer in time"),
        (
            LostConnection(ProtocolError("aborted", ConnectionResetError(104, "reset"))),
            "closes the connection",
        ),
        (retried(PermissionError(13, REFUSAL)), f"{HOST} is not asked: {REFUSAL}"),
        (retried(OSError(113, "no route")), "nas:32400 cannot be reached from here"),
    ],
)
def test_the_innermost_cause_gives_the_words(cause, words):
    assert words in words_for(cause)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number", "does not speak https; begin with http://"),
        ("record layer failure", "does not speak https; begin with http://"),
        ("certificate has expired", "has a certificate that has expired"),
        ("Hostname mismatch", "has a certificate of another name"),
        ("self-signed certificate in chain", "that it has signed itself"),
        ("self signed certificate", "that it has signed itself"),
        ("Fingerprints did not match", "another certificate than the one whose fingerprint is set"),
        ("unable to get local issuer certificate", "that is not trusted here"),
    ],
)
@pytest.mark.parametrize("wrap", [SSLError, lambda said: retried(ssl.SSLError(1, said))])
def test_a_fault_of_tls_is_named(said, words, wrap):
    assert words in words_for(wrap(said)) and HOST in words_for(wrap(said))


def test_exceptions_that_lead_to_each_other_are_looked_at_once():
    first, second = OSError("first"), OSError("second")
    first.__cause__, second.__context__ = second, first
    assert list(chain_of(first)) == [first, second]
