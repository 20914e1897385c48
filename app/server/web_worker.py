"""gunicorn's worker of threads, in which a request has a thread from when it is whole until it is answered.

gunicorn gives a thread to each connection, and the thread waits for the client: 16 clients that send half a
request stop the server. Here the poller of the main thread waits, before a request and behind its answer.
"""

from __future__ import annotations

import selectors
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from app.core.errors import reason_of
from app.core.live.takeover import SocketTaken
from app.server.arrival import MOST_KEPT, Arrival, RequestRefused, refusal_answer

if TYPE_CHECKING:  # the master, which loads this module too, has no streams
    from app.background.live_streams import LiveStreams

# How long a client may pause within a request, and while it takes its answer.
SILENCE_SECONDS = 20
DEAFNESS_SECONDS = 60
# How long a client that reads its last answer is waited for, and a half request when the server stops.
LEAVE_SECONDS = 1.0
AT_ONCE = 64 * 1024
# What all requests that are not whole may take on the disk.
MOST_SPOOLED = 16 * MOST_KEPT
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
# What a thread returns that found no whole request.
ARRIVING = object()
SILENT = RequestRefused(408, "The request did not become whole in time.")


class PatientWorker(ThreadWorker):
    """Waits for whole requests, and for clients that read an answer, without a thread."""

    # Set by the hook that starts a worker: what keeps sockets open beyond their request.
    live_streams: LiveStreams

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.each_second: Callable[[], None] = time.monotonic  # until the application is loaded
        # Each with when it was heard last; the one that is silent for longest comes first.
        self.arriving: dict[TConn, tuple[Arrival, float]] = {}
        self.leaving: dict[TConn, float] = {}

    def enqueue_req(self, conn: TConn) -> None:
        """Hand the connection to a thread once a whole request has come; gunicorn calls this to begin one.

        On a connection that was kept the request is mostly whole: a thread looks, and waits for nothing.
        """
        if self.cfg.is_ssl or (conn.initialized and not conn.surplus):
            super().enqueue_req(conn)
        else:
            self.await_request(conn, Arrival())

    def await_request(self, conn: TConn, arrival: Arrival) -> None:
        """Wait in the poller for the rest of a request."""
        if conn.sock.fileno() < 0:
            self.nr_conns -= 1
            return
        if conn.sock.gettimeout() != 0.0:
            conn.sock.setblocking(False)
        self.make_room()
        conn.is_awaited = False
        self.arriving[conn] = arrival, time.monotonic()
        if surplus := getattr(conn, "surplus", b""):
            conn.surplus = b""
            self.add(conn, surplus)
        elif arrival.has_begun:
            self.go_on(conn, arrival)
        else:
            self.read_on(conn, conn.sock)
        if conn in self.arriving:
            conn.is_awaited = True
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.read_on, conn))

    def make_room(self) -> None:
        """Close the connection that does nothing for longest where there is no room for another one."""
        if self.nr_conns < self.worker_connections:
            return
        if self.leaving:
            self.close_left(next(iter(self.leaving)))
        elif self.arriving:
            self.drop(next(iter(self.arriving)))

    def read_on(self, conn: TConn, client: socket.socket) -> None:
        """Take what the client has sent; the poller calls this when there is something."""
        try:
            piece = client.recv(AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            self.drop(conn)
            return
        if piece:
            self.add(conn, piece)
        elif self.arriving[conn][0].has_begun:
            self.hand_over(conn)  # gunicorn says what is missing; there is nothing more to wait for
        else:
            self.drop(conn)

    def add(self, conn: TConn, piece: bytes) -> None:
        arrival, _ = self.arriving.pop(conn)
        self.arriving[conn] = arrival, time.monotonic()
        try:
            arrival.add(piece)
            self.limit_spooled(arrival)
        except RequestRefused as refusal:
            self.refuse(conn, refusal)
        except OSError as error:
            self.refuse(conn, RequestRefused(503, f"The request cannot be kept: {reason_of(error)}."))
        else:
            self.go_on(conn, arrival)

    def limit_spooled(self, arrival: Arrival) -> None:
        if arrival.size > AT_ONCE and sum(one.size for one, _ in self.arriving.values()) > MOST_SPOOLED:
            raise RequestRefused(503, "Too many long requests arrive at the same time. Try again soon.")

    def go_on(self, conn: TConn, arrival: Arrival) -> None:
        if arrival.is_whole:
            self.hand_over(conn)
        elif arrival.wants_continue:
            arrival.wants_continue = False
            with suppress(OSError):
                conn.sock.send(CONTINUE)

    def hand_over(self, conn: TConn) -> None:
        conn.arrival = self.forget(conn)
        super().enqueue_req(conn)

    def forget(self, conn: TConn) -> Arrival:
        arrival, _ = self.arriving.pop(conn)
        if conn.is_awaited:
            self.poller.unregister(conn.sock)
        return arrival

    def refuse(self, conn: TConn, refusal: RequestRefused) -> None:
        """Answer without a thread and close."""
        self.log.debug("Refused a request that is not whole: %s", refusal.detail)
        self.forget(conn).close()
        with suppress(OSError):
            conn.sock.send(refusal_answer(refusal))
        self.take_leave(conn)

    def drop(self, conn: TConn) -> None:
        self.forget(conn).close()
        self.nr_conns -= 1
        conn.close()

    def handle(self, conn: TConn):
        """Answer one request; in a thread."""
        if not conn.initialized:
            limit_silence(conn.sock)
        if self.cfg.is_ssl:
            return super().handle(conn)
        if getattr(conn, "arrival", None) is None and not look_for_request(conn):
            return ARRIVING
        try:
            return super().handle(prepared(conn))
        finally:
            conn.arrival.close()
            conn.arrival = None

    def handle_request(self, req, conn: TConn) -> bool:
        """Answer one request; what a view hands on as a stream is left for `finish_request`."""
        try:
            return super().handle_request(req, conn)
        except SocketTaken as taken:
            conn.taken = taken
            return False

    def hand_on(self, conn: TConn) -> None:
        """Leave the socket to the thread of the streams, and count its connection no more."""
        self.nr_conns -= 1
        received = conn.parser.unreader.take_buffered() if self.cfg.is_ssl else conn.surplus
        try:
            self.live_streams.adopt(conn.sock, conn.taken, received)
        except (OSError, RuntimeError) as error:  # such as no memory for the first stream's thread
            self.log.warning("A stream could not be kept: %s", reason_of(error))
            conn.taken.stream.place.give_back()
            conn.close()

    def finish_request(self, conn: TConn, fs) -> None:
        """Wait for the next request, or until the client has read its last answer; in the main thread."""
        if getattr(conn, "taken", None):
            self.hand_on(conn)
            return
        going_on = False if fs.cancelled() or fs.exception() else fs.result()
        if going_on is ARRIVING:
            arrival, conn.arrival = conn.arrival, None
            self.await_request(conn, arrival)
        elif self.cfg.is_ssl or (going_on and not conn.surplus):
            super().finish_request(conn, fs)
        elif going_on:
            self.enqueue_req(conn)
        else:
            self.take_leave(conn)

    def take_leave(self, conn: TConn) -> None:
        """Close once the client has, or soon; to close at once could cost it the end of its answer."""
        if conn.sock.fileno() < 0:
            self.nr_conns -= 1
            return
        with suppress(OSError):
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        self.leaving[conn] = time.monotonic() + LEAVE_SECONDS
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.read_to_the_end, conn))

    def read_to_the_end(self, conn: TConn, client: socket.socket) -> None:
        try:
            has_more = bool(client.recv(AT_ONCE))
        except BlockingIOError:
            return
        except OSError:
            has_more = False
        if not has_more:
            self.close_left(conn)

    def close_left(self, conn: TConn) -> None:
        del self.leaving[conn]
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Close what has been silent for too long; the main loop calls this every second."""
        super().murder_pending()
        self.each_second()
        now = time.monotonic()
        heard_before = now - (SILENCE_SECONDS if self.alive else LEAVE_SECONDS)
        while (conn := next(iter(self.arriving), None)) and self.arriving[conn][1] <= heard_before:
            if self.arriving[conn][0].has_begun:
                self.refuse(conn, SILENT)
            else:
                self.drop(conn)
        while (conn := next(iter(self.leaving), None)) and self.leaving[conn] <= now:
            self.close_left(conn)


class ArrivedUnreader(SocketUnreader):
    """Reads what has arrived of a request, and from the socket only what a view wants beyond that."""

    arrival: Arrival

    def chunk(self, size_hint: int | None = None) -> bytes:
        wanted = min(max(size_hint or 0, self.mxchunk), self.max_body_chunk)
        return self.arrival.read(wanted) or super().chunk(size_hint)


def look_for_request(conn: TConn) -> bool:
    """Whether a whole request has come on a kept connection; what has come is kept in `conn.arrival`.

    What goes wrong is left to the poller, which meets it again.
    """
    conn.arrival = Arrival()
    if conn.sock.gettimeout() != 0.0:
        conn.sock.setblocking(False)
    try:
        conn.arrival.add(conn.sock.recv(AT_ONCE))
    except (OSError, RequestRefused):
        return False
    return conn.arrival.is_whole


def prepared(conn: TConn) -> TConn:
    """The connection with a parser that reads what has arrived."""
    conn.data_ready = True
    conn.init()
    if conn.parser.unreader.__class__ is not ArrivedUnreader:
        conn.parser.unreader = ArrivedUnreader(conn.sock)
    conn.arrival.rewind()
    conn.parser.unreader.arrival, conn.surplus = conn.arrival, conn.arrival.surplus
    return conn


def limit_silence(connection: socket.socket) -> None:
    """Have reading and writing fail after a while, where they would hold a thread for ever."""
    limits = {socket.SO_RCVTIMEO: SILENCE_SECONDS, socket.SO_SNDTIMEO: DEAFNESS_SECONDS}
    for direction, seconds in limits.items():
        connection.setsockopt(socket.SOL_SOCKET, direction, struct.pack("ll", seconds, 0))
