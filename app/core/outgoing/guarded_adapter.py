"""Connects to allowed addresses only, and keeps one deadline for the whole of a download."""

import io
import socket
import time
from dataclasses import dataclass
from functools import partial
from http.client import HTTPResponse

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from app.core.errors import Invalid
from app.core.outgoing.address_rule import AddressRule


@dataclass(frozen=True)
class Wire:
    """What the connections of one download obey; `deadline` is a moment of `time.monotonic`."""

    rule: AddressRule
    deadline: float

    def seconds_left(self, most: float) -> float:
        """As many of these seconds as the deadline leaves; TimeoutError where it leaves none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the download took too long")
        return min(most, left)

    def connect(self, host: str, port: int, seconds: float) -> socket.socket:
        """A socket of the first allowed address that answers; `Invalid` where the name has none.

        The name is resolved once, and what was checked is what the socket is connected to.
        """
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        allowed = [entry for entry in found if self.rule.allows(entry[4][0])]
        if not allowed:
            raise Invalid(
                f"{host} is not asked for a picture, because its address {found[0][4][0]} is not one of the "
                "public internet. Download the picture, and upload it."
            )
        return self.first_connected(allowed, seconds)

    def first_connected(self, entries: list[tuple], seconds: float) -> socket.socket:
        *others, last = entries
        for entry in others:
            try:
                return self.connected(entry, seconds)
            except OSError:
                continue
        return self.connected(last, seconds)

    def connected(self, entry: tuple, seconds: float) -> socket.socket:
        family, kind, protocol, _, address = entry
        opened = socket.socket(family, kind, protocol)
        try:
            opened.settimeout(self.seconds_left(seconds))
            opened.connect(address)
        except OSError:
            opened.close()
            raise
        return opened


class DeadlineReader(io.RawIOBase):
    """Reads a socket; a server that sends byte by byte is cut off at the deadline of the wire."""

    def __init__(self, wire: Wire, opened: socket.socket):
        self.wire = wire
        self.opened = opened
        self.longest_wait = opened.gettimeout() or 0.0
        self.raw = opened.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int | None:
        self.opened.settimeout(self.wire.seconds_left(self.longest_wait))
        return self.raw.readinto(buffer)

    def close(self) -> None:
        self.raw.close()
        super().close()


class DeadlineResponse(HTTPResponse):
    """Reads status, headers and body within the deadline of the wire."""

    def __init__(self, wire: Wire, opened: socket.socket, *args, **kwargs):
        super().__init__(opened, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(DeadlineReader(wire, opened))


class GuardedConnecting:
    """The part of a connection that does not depend on TLS, which is wrapped around the socket later."""

    def __init__(self, wire: Wire, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.wire = wire
        self.response_class = partial(DeadlineResponse, wire)

    def _new_conn(self) -> socket.socket:
        return self.wire.connect(self.host, self.port, float(self.timeout))


class GuardedConnection(GuardedConnecting, HTTPConnection):
    pass


class GuardedTlsConnection(GuardedConnecting, HTTPSConnection):
    pass


class GuardedPool(HTTPConnectionPool):
    def __init__(self, wire: Wire, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ConnectionCls = partial(GuardedConnection, wire)


class GuardedTlsPool(HTTPSConnectionPool):
    def __init__(self, wire: Wire, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ConnectionCls = partial(GuardedTlsConnection, wire)


class GuardedAdapter(HTTPAdapter):
    """Carries the requests of one download; none through a proxy, which would resolve the name itself."""

    def __init__(self, wire: Wire):
        self.wire = wire
        super().__init__()

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs)
        pools = {"http": GuardedPool, "https": GuardedTlsPool}
        self.poolmanager.pool_classes_by_scheme = {
            scheme: partial(pool, self.wire) for scheme, pool in pools.items()
        }
