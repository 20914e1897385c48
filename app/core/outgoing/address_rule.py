"""Which addresses a request may reach whose address a caller named."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
# Networks of IPv6 whose last four bytes are the address that a translator then reaches by IPv4.
TRANSLATED = (
    IPv6Network("64:ff9b::/96"),
    IPv6Network("64:ff9b:1::/48"),
    IPv6Network("::/96"),
    IPv6Network("::ffff:0:0:0/96"),
)
LOWEST_BYTES = 0xFFFF_FFFF


@dataclass(frozen=True)
class AddressRule:
    """Public addresses are allowed, and those of `also`, which only tests set.

    Refused are loopback, private, link-local (cloud metadata), multicast and reserved addresses, in IPv6 also
    where one of them is written within another address.
    """

    also: frozenset[str] = frozenset()

    def allows(self, text: str) -> bool:
        """Whether a socket may be connected to that numeric address."""
        if text in self.also:
            return True
        try:
            address = ip_address(text)
        except ValueError:
            return False
        inner = translated(address)
        return all(is_public(one) for one in ((inner,) if inner else (address, *tunnelled(address))))


def is_public(address: Address) -> bool:
    is_special = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not is_special and not getattr(address, "is_site_local", False)


def translated(address: Address) -> IPv4Address | None:
    """The address of IPv4 for which an address of IPv6 is only another spelling."""
    if isinstance(address, IPv4Address):
        return None
    is_spelling = address.ipv4_mapped or any(address in network for network in TRANSLATED)
    return IPv4Address(int(address) & LOWEST_BYTES) if is_spelling else None


def tunnelled(address: Address) -> Iterator[IPv4Address]:
    """The addresses of IPv4 to which packets for an address of IPv6 are sent: 6to4 and Teredo."""
    if isinstance(address, IPv6Address):
        yield from filter(None, (address.sixtofour, *(address.teredo or ())))
