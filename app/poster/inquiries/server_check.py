"""Whether a media server answers at an address with a key, and which kind of server is there."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests

from app.poster.inquiries.inquiry import Inquiry
from app.poster.inquiries.service import Service, Unusable
from app.poster.records.library import SourceName
from app.poster.sources.emby import with_api_path
from app.poster.sources.json_rows import row_text
from app.poster.sources.media_server import base_address, is_server_address, read_trust
from app.poster.sources.plex_xml import NoContainer, read_container
from app.poster.web.endpoint import Limits
from app.poster.web.fault import Fault

# What Emby has reached; Jellyfin counts from 10 since it left Emby.
FIRST_OF_JELLYFIN = 10


def open_service(name: SourceName, inquiry: Inquiry, limits: Limits | None = None) -> Service:
    """The server at the given `url` with the given `key`; `Unusable` where one of them cannot be right."""
    address, key = base_address(inquiry.text("url")), inquiry.text("key")
    if not address:
        raise Unusable(f"The address of {name.value} is missing", Fault.ADDRESS)
    if not is_server_address(address):
        hint = (
            f"; try http://{address}"
            if is_server_address(f"http://{address}") and "://" not in address
            else ""
        )
        raise Unusable(
            f"The address of {name.value} must begin with http:// or https://{hint}", Fault.ADDRESS
        )
    if not key:
        raise Unusable(f"The key of {name.value} is missing", Fault.KEY_MISSING)
    if not (key.isascii() and key.isprintable()):
        raise Unusable(f"The key of {name.value} has characters that no key has; copy it again", Fault.KEY)
    is_plex = name is SourceName.PLEX
    headers = {"X-Plex-Token": key} if is_plex else {"Authorization": f'MediaBrowser Token="{key}"'}
    trust = read_trust(inquiry.environment.certificates.get(name.value, ""))
    base = with_api_path(address) if name is SourceName.EMBY else address
    return Service(name.value, base, headers, trust, limits)


def check_plex(service: Service) -> tuple[str, dict[str, Any]]:
    """(sentence, {library_count, server_name}); `Unusable` where it is no Plex that takes the token."""
    try:
        sections = read_container(service.good("/library/sections").content)
    except NoContainer:
        raise Unusable(no_such_server(service, SourceName.PLEX), Fault.PATH) from None
    name, count = friendly_name(service), len(sections)
    return f"Connected to {name or 'Plex'}: {count} libraries", {"library_count": count, "server_name": name}


def friendly_name(service: Service) -> str:
    """The name that its owner gave the server, "" where it does not say."""
    try:
        return read_container(service.good("/").content).get("friendlyName", "")
    except (Unusable, NoContainer):
        return ""


def check_jellyfin(service: Service) -> tuple[str, dict[str, Any]]:
    return checked_info(service, SourceName.JELLYFIN)


def check_emby(service: Service) -> tuple[str, dict[str, Any]]:
    return checked_info(service, SourceName.EMBY)


def checked_info(service: Service, wanted: SourceName) -> tuple[str, dict[str, Any]]:
    """(sentence, {version, server_name}); `Unusable` where it is no such server, or refuses the key."""
    info = info_of(service.good("/System/Info"))
    kind = kind_of_info(info)
    if kind is None:
        raise Unusable(no_such_server(service, wanted), Fault.PATH)
    if kind is not wanted:
        raise Unusable(wrong_kind(service, kind, wanted), Fault.KIND)
    name, version = row_text(info, "ServerName"), row_text(info, "Version")
    details = {"version": version, "server_name": name}
    return f"Connected to {name or wanted.value} ({wanted.value} {version})", details


CHECKS: Mapping[SourceName, Callable[[Service], tuple[str, dict[str, Any]]]] = {
    SourceName.PLEX: check_plex,
    SourceName.JELLYFIN: check_jellyfin,
    SourceName.EMBY: check_emby,
}


def check_server(name: SourceName, inquiry: Inquiry) -> tuple[str, dict[str, Any]]:
    """(sentence, details) of a server that works; `Unusable` says which kind of server is there instead."""
    service = open_service(name, inquiry)
    with refined(service, name):
        return CHECKS[name](service)


@contextmanager
def refined(service: Service, name: SourceName) -> Iterator[None]:
    """Name the kind of server that is there, where a request failed because it is another one."""
    try:
        yield
    except Unusable as unusable:
        status = unusable.details.get("status_code", 0)
        if 400 <= status < 500 and status != 429 and (kind := kind_at(service)) not in (name, None):
            raise Unusable(wrong_kind(service, kind, name), Fault.KIND, status_code=status) from unusable
        raise


def kind_at(service: Service) -> SourceName | None:
    """The kind of media server at the address, by what each answers without a key; None for no such one."""
    # What one kind calls a path is the path of a proxy to another one.
    base = service.base.removesuffix("/emby")
    try:
        return kind_answering(Service(service.name, base, trust=service.trust))
    except Unusable:
        return None


def kind_answering(plain: Service) -> SourceName | None:
    """The kind that answers without a key, None for something else; `Unusable` where nothing answers."""
    if kind := kind_of_info(info_of(plain.ask("/System/Info/Public"))):
        return kind
    return SourceName.PLEX if is_plex_identity(plain.ask("/identity")) else None


def is_plex_identity(response: requests.Response) -> bool:
    try:
        return bool(read_container(response.content).get("machineIdentifier"))
    except NoContainer:
        return False


def info_of(response: requests.Response) -> dict[str, Any]:
    """What Jellyfin and Emby say of themselves, {} where the answer is something else."""
    try:
        found = json.loads(response.content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and row_text(found, "Version") else {}


def kind_of_info(info: dict[str, Any]) -> SourceName | None:
    if not info:
        return None
    major = row_text(info, "Version").partition(".")[0]
    is_new = major.isdecimal() and int(major) >= FIRST_OF_JELLYFIN
    is_jellyfin = "jellyfin" in row_text(info, "ProductName").lower() or is_new
    return SourceName.JELLYFIN if is_jellyfin else SourceName.EMBY


def wrong_kind(service: Service, kind: SourceName, wanted: SourceName) -> str:
    return f"At {service.host} is {kind.value}, not {wanted.value}; enter it under {kind.value}"


def no_such_server(service: Service, wanted: SourceName) -> str:
    return f"Something answers at {service.host}, but it is not {wanted.value}; check address, port and path"
