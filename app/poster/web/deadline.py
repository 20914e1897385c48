"""A connection that keeps the deadline of a whole call, also while headers or a body drip in."""

import io
import threading
import time
from http.client import HTTPResponse

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_current = threading.local()


def set_deadline(moment: float) -> None:
    """What the calls of this thread end at, by `time.monotonic()`."""
    _current.moment = moment


def seconds_left() -> float:
    return _current.moment - time.monotonic()


class TimedReader(io.RawIOBase):
    """Reads a socket; no single read lasts beyond the deadline of the thread that reads."""

    def __init__(self, sock):
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._read_seconds = sock.gettimeout()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int | None:
        left = seconds_left()
        if left <= 0:
            raise TimeoutError("the deadline of the call is over")
        self._sock.settimeout(left if self._read_seconds is None else min(left, self._read_seconds))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class TimedResponse(HTTPResponse):
    def __init__(self, sock, *args, **kwargs):
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(TimedReader(sock))


class TimedConnection(HTTPConnection):
    response_class = TimedResponse


class TimedTlsConnection(HTTPSConnection):
    response_class = TimedResponse


class TimedPool(HTTPConnectionPool):
    ConnectionCls = TimedConnection


class TimedTlsPool(HTTPSConnectionPool):
    ConnectionCls = TimedTlsConnection


POOLS = {"http": TimedPool, "https": TimedTlsPool}
