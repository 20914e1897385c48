"""Whether an address and a key work, tried within seconds."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from app.poster.inquiries.inquiry import BadInquiry, Inquiry
from app.poster.inquiries.provider_check import Checked, check_fanart, check_tmdb, check_tvdb
from app.poster.inquiries.server_check import check_server
from app.poster.inquiries.service import Unusable
from app.poster.records.library import SourceName
from app.poster.web.fault import Fault

# The whole of it, from the start of the program to its end, lasts ten seconds at most.
LONGEST = 6.5
TOO_SLOW = "There is no answer in time; check address, port, firewall and the name server"

VALIDATIONS: Mapping[str, Callable[[Inquiry], Checked]] = {
    "plex": partial(check_server, SourceName.PLEX),
    "jellyfin": partial(check_server, SourceName.JELLYFIN),
    "emby": partial(check_server, SourceName.EMBY),
    "tmdb": check_tmdb,
    "tvdb": check_tvdb,
    "fanart": check_fanart,
}


def validate(inquiry: Inquiry) -> dict[str, Any]:
    """{valid, message, details, fault}: whether `service` works with the given `url` and `key`."""
    if inquiry.text("service") not in VALIDATIONS:
        raise BadInquiry(f"There are these services: {', '.join(VALIDATIONS)}")
    # A name server that is silent holds up a thread longer than any time-out of a connection.
    executor = ThreadPoolExecutor(1)
    try:
        return executor.submit(verdict, inquiry).result(LONGEST)
    except TimeoutError:
        return unusable(TOO_SLOW, Fault.SILENT)
    finally:
        executor.shutdown(wait=False)


def verdict(inquiry: Inquiry) -> dict[str, Any]:
    try:
        sentence, details = VALIDATIONS[inquiry.text("service")](inquiry)
    except Unusable as error:
        return unusable(str(error), error.fault, **error.details)
    return {"valid": True, "message": f"{sentence}.", "details": details, "fault": ""}


def unusable(sentence: str, fault: Fault, **details: Any) -> dict[str, Any]:
    return {"valid": False, "message": f"{sentence}.", "details": details, "fault": fault.value}
