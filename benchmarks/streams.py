"""What 100 open streams cost all other callers, while a log grows by 100 lines a second."""

import base64
import os
import selectors
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.http import load
from benchmarks.servers import KEY, our_server

COUNT = 100
ROUNDS = 1 if os.environ.get("QUICK") == "1" else 3
LINES_A_SECOND = 100
LINE = "[2026-11-23 16:34:18] [INFO]    |L.33500| Finished, Total images created: 0\n"
# Half of them show the log that grows.
TARGETS = ("/ws/logs?log_file=Scriptlog.log", "/ws/events", "/ws/logs?log_file=Scriptlog.log", "/api/events")


def handshake(target: str) -> bytes:
    lines = [f"GET {target} HTTP/1.1", "Host: localhost", f"X-API-Key: {KEY}"]
    if target.startswith("/ws/"):
        nonce = base64.b64encode(os.urandom(16)).decode()
        lines += ["Connection: Upgrade", "Upgrade: websocket"]
        lines += ["Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {nonce}"]
    return "\r\n".join((*lines, "", "")).encode()


class Readers(threading.Thread):
    """Reads what all streams are sent, as quickly as it comes, and counts the bytes."""

    def __init__(self):
        super().__init__(daemon=True)
        self.selector = selectors.DefaultSelector()
        self.stopping = threading.Event()
        self.received = 0

    def run(self) -> None:
        while not self.stopping.is_set():
            for key, _ in self.selector.select(0.1):
                piece = key.fileobj.recv(65536)
                if not piece:
                    raise RuntimeError("the server closed a stream")
                self.received += len(piece)


@contextmanager
def open_streams(port: int) -> Iterator[Readers]:
    """So many streams that are open and read until the block ends."""
    readers = Readers()
    with ExitStack() as stack:
        for number in range(COUNT):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            client.sendall(handshake(TARGETS[number % len(TARGETS)]))
            status = client.recv(65536)[9:12]
            if status not in (b"101", b"200"):
                raise RuntimeError(f"the server answered {status}")
            readers.selector.register(client, selectors.EVENT_READ)
        readers.start()
        yield readers
        readers.stopping.set()
        readers.join()


@contextmanager
def growing(log: Path) -> Iterator[None]:
    """A log that a script writes to until the block ends."""
    stopping = threading.Event()

    def write() -> None:
        while not stopping.wait(10 / LINES_A_SECOND):
            with log.open("a") as file:
                file.write(LINE * 10)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        yield
    finally:
        stopping.set()
        writer.join()


def measure() -> list[dict]:
    pairs, bytes_a_second = [], []
    with tempfile.TemporaryDirectory() as folder, our_server(Path(folder)) as (port, _):
        for _ in range(ROUNDS):
            idle = load(port, "/api")
            with growing(Path(folder) / "Logs" / "Scriptlog.log"), open_streams(port) as readers:
                began = time.monotonic()
                pairs.append((load(port, "/api")["p99_ms"], idle["p99_ms"]))
                bytes_a_second.append(readers.received / (time.monotonic() - began))
    return [
        {
            "name": f"99th percentile beside {COUNT} open streams to that of an idle server",
            "value": statistics.median(beside / idle for beside, idle in pairs),
            "target": 2,
            "most": True,
            "p99_ms": statistics.median(beside for beside, _ in pairs),
            "idle_ms": statistics.median(idle for _, idle in pairs),
            "kib_sent_a_second": statistics.median(bytes_a_second) / 1024,
        }
    ]
