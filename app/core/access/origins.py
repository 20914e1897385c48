"""Who is let in while the login is off: by page, address of the caller, and name asked for."""

from collections.abc import Collection
from ipaddress import ip_address, ip_network
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from app.core.access.credentials import login_required
from app.core.config_file import ConfigFile
from app.core.errors import Forbidden, Unauthorized

# Loopback, private, link-local, and the shared range that overlay networks such as Tailscale use.
LOCAL_NETWORKS = tuple(
    map(
        ip_network,
        (
            *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
            *("100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10"),
        ),
    )
)
# Names that no public name server answers, so that no stranger can point one of them here.
LOCAL_NAMES = (".localhost", ".local", ".lan", ".home", ".home.arpa", ".internal", ".localdomain")
DEFAULT_PORTS = {"http": 80, "https": 443}
FOREIGN_NAME = "The login is off, and {} is not listed as a name of this server: add it to ALLOWED_HOSTS."
FOREIGN_PAGE = "The login is off, and a page of another origin sends this: it needs an API key."
FAR = "The login is off for pages of this server and callers of this network alone: send an API key."


def open_login_warning(config: ConfigFile, listens_at: str) -> str | None:
    """What to say where the login is off and the server listens to more than this machine."""
    if not is_open_to_others(config, listens_at):
        return None
    return f"The login is off and the server listens at {listens_at}: whoever reaches it may change things."


def is_open_to_others(config: ConfigFile, listens_at: str) -> bool:
    """Whether the login is off and the server listens to more than this machine."""
    return not (login_required(config) or listens_at == "localhost" or is_loopback(listens_at))


class Sender(NamedTuple):
    """What a request shows without credentials; `address` is None where an unlisted proxy hides it."""

    site: str | None
    origin: str | None
    referer: str | None
    host: str | None
    address: str | None


def refuse_outsider(sender: Sender, names: Collection[str]) -> None:
    """Raise `Forbidden` or `Unauthorized` unless the login that is off lets the sender in.

    `names` are those of this server beside addresses and the names of a local network.
    """
    if reason := foreign_name(sender.host, names):
        raise Forbidden(reason)
    own = sent_by_own_page(sender)
    if own is False:
        raise Forbidden(FOREIGN_PAGE)
    if own is None and not is_local_address(sender.address):
        raise Unauthorized(FAR)


def foreign_name(host: str | None, names: Collection[str]) -> str | None:
    """What to say where the host is no name of this server."""
    name = unlisted_host(host, names)
    return None if name is None else FOREIGN_NAME.format(repr(name))


def unlisted_host(host: str | None, names: Collection[str]) -> str | None:
    """The first 100 characters of a host that is no name of this server, else None."""
    name = host_name(f"//{host}") if host else "localhost"
    return None if is_own_name(name, names) else (name or "")[:100]


def sent_by_own_page(sender: Sender) -> bool | None:
    """Whether a page of this server sends the request, None where no browser says anything."""
    if sender.site:
        return sender.site in ("same-origin", "none")
    named = sender.origin if sender.origin is not None else sender.referer
    return None if named is None else is_same_host(named, sender.host)


def is_same_host(address: str, host: str | None) -> bool:
    """Whether the address is at the host; the port counts where the host names one."""
    page, own = parsed(address), parsed(f"//{host}")
    if page is None or own is None or not page.hostname or page.hostname != own.hostname:
        return False
    return own.port is None or own.port == (page.port or DEFAULT_PORTS.get(page.scheme))


def host_name(address: str) -> str | None:
    """The host in an address, in lower case; None where the address is none."""
    found = parsed(address)
    return found and (found.hostname or "")


def parsed(address: str) -> SplitResult | None:
    try:
        found = urlsplit(address)
        found.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return None
    return found


def is_own_name(name: str | None, names: Collection[str]) -> bool:
    """Whether a host is an address, a name of a local network, or one of the names."""
    bare = (name or "").rstrip(".")
    if not bare or is_address(bare) or bare in names:
        return bool(bare)
    return "." not in bare or bare.endswith(LOCAL_NAMES)


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_loopback(text: str) -> bool:
    return is_address(text) and ip_address(text).is_loopback


def is_local_address(text: str | None) -> bool:
    """Whether an address is of this machine or a private network; False for what is no address."""
    if not text or not is_address(text):
        return False
    address = ip_address(text)
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in LOCAL_NETWORKS)
