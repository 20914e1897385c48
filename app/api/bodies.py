"""The body of a request, as far as it may be read."""

from flask import request
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from app.core.errors import Invalid

LARGEST_BODY = 2 * 1024 * 1024
# A sender, or the proxy in front, that may not end its body does not read the answer.
MOST_READ = 32 * 1024 * 1024
AT_ONCE = 64 * 1024
# A missing Content-Type, and what senders and people write where they mean JSON.
JSON_TYPES = ("", "application/json", "text/json", "text/plain")


def whole_body() -> bytes:
    """All that was sent; 413 beyond the limit, of which nothing is kept."""
    try:
        body, size = read_stream()
    except (OSError, ParseException) as error:
        raise Invalid("The body ended early, or is not chunked as it says.") from error
    if size > LARGEST_BODY:
        raise RequestEntityTooLarge(f"A body may have {LARGEST_BODY // 1024**2} MiB at most.")
    if request.content_length not in (None, size):
        raise Invalid("The body ended before its announced length.")
    return body


def read_stream() -> tuple[bytes, int]:
    """The body as far as it may be kept, and how long it was."""
    kept, size = [], 0
    while size <= MOST_READ and (part := request.stream.read(AT_ONCE)):
        size += len(part)
        if size <= LARGEST_BODY:
            kept.append(part)
    return b"".join(kept), size


def json_body() -> bytes:
    """All that was sent; 415 where the Content-Type says that it is no JSON."""
    body, kind = whole_body(), request.mimetype
    if kind not in JSON_TYPES and not kind.endswith("+json"):
        raise UnsupportedMediaType(f"A body of type {kind[:100]} cannot be JSON; send application/json.")
    return body
