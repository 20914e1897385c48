"""Keeps every connection of the program away from link-local addresses."""

import errno
import sys
from ipaddress import IPv6Address, ip_address
from typing import Any

REFUSAL = "connections to link-local addresses are refused: metadata of cloud machines is served there"
# The one metadata service that is not at a link-local address.
OF_AMAZON = IPv6Address("fd00:ec2::254")


def refuse_link_local() -> None:
    """From here on no connection to such an address is made in this process, by whichever library.

    A media server, a receiver of messages or a mirror may well be in the private network of the user. At a
    link-local address is none of them, but the metadata service of a cloud, which gives out passwords to
    whoever asks from the machine. The address that is connected is the one that is looked at, so that no name
    and no redirect leads there.
    """
    sys.addaudithook(refuse_connection)


def refuse_connection(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise PermissionError where a socket is about to be connected to a link-local address."""
    if event == "socket.connect" and is_link_local(arguments[1]):
        raise PermissionError(errno.EACCES, REFUSAL)


def is_link_local(target: Any) -> bool:
    """Whether the target of a socket has such an address; the path of a local socket has none."""
    if not isinstance(target, tuple):
        return False
    try:
        address = ip_address(target[0])
    except ValueError:
        return False
    plain = getattr(address, "ipv4_mapped", None) or address
    return plain.is_link_local or plain == OF_AMAZON
