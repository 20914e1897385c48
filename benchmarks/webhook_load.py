"""Senders that post imports: `python -m benchmarks.webhook_load PORT SECONDS CLIENTS KEY`."""

import json
import sys
import time
from collections.abc import Iterator
from itertools import count, repeat

from benchmarks.load import measure

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


def requests(key: str) -> Iterator[bytes]:
    """Webhooks without end, each about a film of its own; several threads may draw from them."""
    numbers = count(time.time_ns() // 1_000_000 % 10**9 * 1000)
    return map(request_bytes, numbers, repeat(key))


if __name__ == "__main__":
    port, seconds, clients, key = sys.argv[1:5]
    print(json.dumps(measure(int(port), requests(key), float(seconds), int(clients))))
