"""A small load client over kept sockets: `python -m benchmarks.load PORT PATH SECONDS CLIENTS [HEADER]`."""

import json
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from itertools import repeat


def request_bytes(path: str, header: str = "") -> bytes:
    extra = f"{header}\r\n" if header else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{extra}\r\n".encode()


def content_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


def read_answer(connection: socket.socket) -> int:
    """Read one whole answer; its status is returned."""
    received = connection.recv(65536)
    while b"\r\n\r\n" not in received:
        received += more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    missing = content_length(head) - len(body)
    while missing > 0:
        missing -= len(more(connection))
    return int(received[9:12])


def more(connection: socket.socket) -> bytes:
    part = connection.recv(262144)
    if not part:
        raise ConnectionError("the server closed the connection")
    return part


def call_until(deadline: float, port: int, requests: Iterator[bytes], times: list[float]) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.perf_counter() < deadline:
            request = next(requests)
            started = time.perf_counter()
            connection.sendall(request)
            status = read_answer(connection)
            if status != 200:
                raise RuntimeError(f"the server answered {status}")
            times.append(time.perf_counter() - started)


def measure(port: int, requests: Iterator[bytes], seconds: float, clients: int) -> dict:
    """Requests per second and latencies (ms) of so many clients that call without a pause."""
    times: list[list[float]] = [[] for _ in range(clients)]
    deadline = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=call_until, args=(deadline, port, requests, own), daemon=True)
        for own in times
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = sorted(time for own in times for time in own)
    return {
        "rate": len(together) / seconds,
        "median_ms": statistics.median(together) * 1000,
        "p99_ms": together[int(len(together) * 0.99)] * 1000,
    }


if __name__ == "__main__":
    port, path, seconds, clients = sys.argv[1:5]
    request = request_bytes(path, *sys.argv[5:6])
    print(json.dumps(measure(int(port), repeat(request), float(seconds), int(clients))))
