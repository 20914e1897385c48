"""The picture that an asset is made of, from a file or from the web."""

import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

LARGEST = 64 * 1024 * 1024
CONNECT_AND_READ = (5, 30)
LONGEST_DOWNLOAD = 120
MOST_REDIRECTS = 5
PART = 64 * 1024


class PictureUnavailable(ValueError):
    """A picture that cannot be had; its text is one sentence for the log, without secrets."""


def is_url(where: str) -> bool:
    return where.lower().startswith(("http://", "https://"))


def without_secrets(where: str) -> str:
    """The address without user, password and query, which may hold tokens; a path as it is."""
    if not is_url(where):
        return where
    address = re.split(r"[?#]", where)[0]
    return re.sub(r"//[^/]*@", "//", address)


def load_picture(where: str, base: Path) -> bytes:
    """The bytes behind an http address or a path, which may be relative to `base`; at most 64 MiB."""
    return download(where) if is_url(where) else read_file(base / where)


def read_file(path: Path) -> bytes:
    # A pipe or device would block for ever, so only regular files are opened.
    try:
        if not path.is_file():
            raise PictureUnavailable(f"There is no file {path}")
        if path.stat().st_size > LARGEST:
            raise PictureUnavailable(f"{path} is larger than {LARGEST} bytes")
        return path.read_bytes()
    except PictureUnavailable:
        raise
    except (OSError, ValueError) as error:
        raise PictureUnavailable(f"{path} cannot be read: {error}") from error


def download(url: str) -> bytes:
    """The body behind the address; PictureUnavailable for everything but a complete answer of status 200."""
    try:
        with requests.Session() as session:
            session.max_redirects = MOST_REDIRECTS
            with session.get(url, stream=True, timeout=CONNECT_AND_READ) as answer:
                return body_of(answer)
    except PictureUnavailable:
        raise
    except (requests.RequestException, HTTPError, ValueError) as error:
        raise PictureUnavailable(
            f"{without_secrets(url)} cannot be downloaded: {failure_of(error)}"
        ) from None


def body_of(answer: requests.Response) -> bytes:
    if answer.status_code != requests.codes.ok:
        raise PictureUnavailable(f"{without_secrets(answer.url)} answered with status {answer.status_code}")
    return b"".join(limited(answer))


def limited(answer: requests.Response) -> Iterator[bytes]:
    """The parts of the body until one of the limits is passed: size, or time for the whole."""
    deadline, size = monotonic() + LONGEST_DOWNLOAD, 0
    # read1 returns what has arrived, so that a server which drips bytes cannot stretch the deadline.
    while part := answer.raw.read1(PART, decode_content=True):
        size += len(part)
        if size > LARGEST:
            raise PictureUnavailable(f"{without_secrets(answer.url)} sends more than {LARGEST} bytes")
        if monotonic() > deadline:
            raise PictureUnavailable(f"{without_secrets(answer.url)} is too slow")
        yield part


def failure_of(error: Exception) -> str:
    """Why a request failed, in words that do not repeat the address with its secrets."""
    causes = {
        requests.Timeout: "no answer in time",
        ReadTimeoutError: "no answer in time",
        requests.TooManyRedirects: f"more than {MOST_REDIRECTS} redirects",
        requests.exceptions.SSLError: "no trusted certificate",
        requests.ConnectionError: "no connection",
        HTTPError: "the answer is incomplete",
    }
    return next((words for kind, words in causes.items() if isinstance(error, kind)), type(error).__name__)
