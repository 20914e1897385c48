"""What 1,000 clients that send half a request cost all others."""

import resource
import socket
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.http import load
from benchmarks.servers import KEY, our_server

COUNT, ROUNDS = 1000, 3
HALF_A_HEAD = b"GET /api HTTP/1.1\r\nHost: localhost\r\nX-Half"
HALF_A_BODY = f"POST /api/webhook/arr HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {KEY}\r\n".encode()
HALF_A_BODY += b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"


@contextmanager
def half_sent(port: int) -> Iterator[None]:
    """So many connections, half of them without the end of their head and half without that of their body."""
    with ExitStack() as stack:
        for number in range(COUNT):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            connection.sendall(HALF_A_BODY if number % 2 else HALF_A_HEAD)
        yield


def measure() -> list[dict]:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4 * COUNT), hard))
    pairs = []
    with tempfile.TemporaryDirectory() as folder, our_server(Path(folder)) as (port, _):
        for _ in range(ROUNDS):
            idle = load(port, "/api")
            with half_sent(port):
                pairs.append((load(port, "/api")["p99_ms"], idle["p99_ms"]))
    return [
        {
            "name": f"99th percentile beside {COUNT:,} half-sent requests to that of an idle server",
            "value": statistics.median(beside / idle for beside, idle in pairs),
            "target": 5,
            "most": True,
            "p99_ms": statistics.median(beside for beside, _ in pairs),
            "idle_ms": statistics.median(idle for _, idle in pairs),
        }
    ]
