"""One conditional request for the list of releases, bounded in time and size."""

import json
import time
from dataclasses import dataclass
from typing import Any

import requests
from urllib3.exceptions import HTTPError

TIMEOUT = (3, 10)
TOTAL_SECONDS = 30.0
SIZE_LIMIT = 4 * 1024 * 1024
REDIRECT_LIMIT = 3
CHUNK = 64 * 1024
LONGEST_HEADER = 255
HEADERS = {
    "Accept": "application/vnd.github+json, application/json",
    # Compressed, a small answer could grow past every limit.
    "Accept-Encoding": "identity",
    "User-Agent": "posterizarr-server",
}


@dataclass(frozen=True)
class Fetched:
    """The result of one request: a payload, or that nothing changed, or an error message."""

    payload: Any = None
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    error: str | None = None


class Refused(Exception):
    """The response cannot be used; the text is the reason."""


def fetch(url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
    """Request the list unless it has not changed; errors of the network or the other side are returned."""
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = HEADERS | {name: value for name, value in conditions.items() if value}
    try:
        return request_list(url, headers)
    except Refused as error:
        return Fetched(error=str(error))
    except (requests.RequestException, HTTPError, OSError) as error:
        return Fetched(error=f"The list of releases cannot be reached ({type(error).__name__}).")
    except (ValueError, RecursionError):
        return Fetched(error="The answer is not JSON.")


def request_list(url: str, headers: dict) -> Fetched:
    with requests.Session() as session:
        session.max_redirects = REDIRECT_LIMIT
        with session.get(url, headers=headers, timeout=TIMEOUT, stream=True) as response:
            return fetched_from(response)


def fetched_from(response: requests.Response) -> Fetched:
    if response.status_code == 304:
        return Fetched(not_modified=True)
    if response.status_code != 200:
        raise Refused(f"The server of the releases answered {response.status_code}.")
    return Fetched(
        payload=json.loads(read_body(response)),
        etag=short_header(response, "ETag"),
        last_modified=short_header(response, "Last-Modified"),
    )


def read_body(response: requests.Response) -> bytes:
    """Read as it arrives, so that neither a flood nor a drip outlasts its limit."""
    deadline = time.monotonic() + TOTAL_SECONDS
    content = bytearray()
    while part := response.raw.read1(CHUNK):
        content += part
        if len(content) > SIZE_LIMIT:
            raise Refused(f"The list of releases is larger than {SIZE_LIMIT} bytes.")
        if time.monotonic() > deadline:
            raise Refused(f"The list of releases took longer than {TOTAL_SECONDS:.0f} seconds.")
    return bytes(content)


def short_header(response: requests.Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value if value and len(value) <= LONGEST_HEADER else None
