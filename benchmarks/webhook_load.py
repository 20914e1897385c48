"""Senders that post imports: `python -m benchmarks.webhook_load PORT SECONDS CLIENTS KEY`."""

import json
import socket
import sys
import threading
import time
from itertools import count

from benchmarks.load import read_answer

FILM = {
    "movie": {"id": 1, "title": "Alien", "year": 1979, "folderPath": "/movies/Alien (1979)", "tmdbId": 348},
    "movieFile": {"id": 7, "relativePath": "Alien.mkv", "quality": "Bluray-1080p", "size": 7_000_000_000},
    "isUpgrade": False,
    "eventType": "Download",
    "instanceName": "Radarr",
}


def request_bytes(number: int, key: str) -> bytes:
    """What Radarr sends for a film of its own."""
    body = json.dumps({**FILM, "movie": {**FILM["movie"], "tmdbId": number}}).encode()
    head = (
        "POST /api/webhook/arr HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"X-API-Key: {key}",
        f"Content-Length: {len(body)}",
        "\r\n",
    )
    return "\r\n".join(head).encode() + body


def post_until(deadline: float, port: int, key: str, numbers, times: list[float]) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while time.perf_counter() < deadline:
            request = request_bytes(next(numbers), key)
            started = time.perf_counter()
            connection.sendall(request)
            status = read_answer(connection)
            if status != 200:
                raise RuntimeError(f"the server answered {status}")
            times.append(time.perf_counter() - started)


def measure(port: int, seconds: float, clients: int, key: str) -> dict:
    """Webhooks per second and the 99th percentile of an answer (ms), each webhook about a film of its own."""
    numbers = count(time.time_ns() // 1_000_000 % 10**9 * 1000)
    times: list[list[float]] = [[] for _ in range(clients)]
    deadline = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=post_until, args=(deadline, port, key, numbers, own), daemon=True)
        for own in times
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = sorted(taken for own in times for taken in own)
    return {
        "rate": len(together) / seconds,
        "median_ms": together[len(together) // 2] * 1000,
        "p99_ms": together[int(len(together) * 0.99)] * 1000,
    }


if __name__ == "__main__":
    port, seconds, clients, key = sys.argv[1:5]
    print(json.dumps(measure(int(port), float(seconds), int(clients), key)))
