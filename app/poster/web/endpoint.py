"""Whom a session talks to, and within which limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Trust:
    """What makes a server's certificate trusted; one server only, never a provider.

    `authority` is a file with certificates (PEM), `fingerprint` the SHA-256 of the certificate in hex; with
    neither, the system decides. `setting` is the name of the setting that the error message names.
    """

    authority: Path | None = None
    fingerprint: str = ""
    setting: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One server: its name for messages, its base address, and headers for this host alone.

    `secrets` are the values that no message, log or file may show. `parameters` are added to each query, for
    an API that takes its key nowhere else. Headers, parameters and secrets are never sent to another host,
    also not after a redirect.
    """

    name: str
    base: str
    headers: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    trust: Trust = Trust()
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and counts: `connect` and `read` time-outs, `whole` for one call with all its retries.

    `tries` counts the first. After `failures` calls in a row that failed at one host, that host is asked once
    a minute only, until it answers; a time-out counts twice, an error that the host answers half. After the
    first of them calls are not repeated and have half the time. `at_once` is the number of calls that may be
    open at a time.
    """

    connect: float = 5.0
    read: float = 10.0
    whole: float = 20.0
    tries: int = 3
    failures: int = 5
    at_once: int = 8
