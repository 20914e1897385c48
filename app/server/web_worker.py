"""gunicorn's worker of threads, for which a client that falls silent is no reason to stand still."""

import socket
import struct
import time
from contextlib import suppress

from gunicorn.workers.gthread import ThreadWorker

# How long a client may pause within a request, and while it takes its answer.
SILENCE_SECONDS = 20
DEAFNESS_SECONDS = 60
# How long a client that reads its last answer is waited for.
LEAVE_SECONDS = 1.0
AT_ONCE = 64 * 1024


class PatientWorker(ThreadWorker):
    """Ends what takes too long, and leaves clients in the thread that served them."""

    def handle(self, conn):
        if not conn.initialized:
            limit_silence(conn.sock)
        going_on = super().handle(conn)
        if going_on is False:
            take_leave(conn.sock)
        return going_on


def limit_silence(connection: socket.socket) -> None:
    """Have reading and writing fail after a while, where they would hold a thread for ever."""
    limits = {socket.SO_RCVTIMEO: SILENCE_SECONDS, socket.SO_SNDTIMEO: DEAFNESS_SECONDS}
    for direction, seconds in limits.items():
        connection.setsockopt(socket.SOL_SOCKET, direction, struct.pack("ll", seconds, 0))


def take_leave(connection: socket.socket) -> None:
    """Wait until the client closes; gunicorn would do so in its main thread, for which all others wait."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        drain(connection)
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)


def drain(connection: socket.socket) -> None:
    end = time.monotonic() + LEAVE_SECONDS
    while (left := end - time.monotonic()) > 0:
        connection.settimeout(left)
        if not connection.recv(AT_ONCE):
            return
