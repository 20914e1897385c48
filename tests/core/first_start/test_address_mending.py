"""What people type as the address of a server becomes addresses that can be tried."""

import pytest

from app.core.first_start.address_mending import addresses_to_try, fault_of_text, mendings


@pytest.mark.parametrize(
    ("typed", "server", "addresses"),
    [
        ("http://nas:8096", "jellyfin", ["http://nas:8096", "https://nas:8096"]),
        (" https://nas:8096// ", "jellyfin", ["https://nas:8096"]),
        ("HTTPS://nas:32400/web/index.html#!/media", "plex", ["https://nas:32400"]),
        ("https://nas/jellyfin/web/", "jellyfin", ["https://nas/jellyfin"]),
        ("https://nas/jelly?start=1#x", "jellyfin", ["https://nas/jelly"]),
        ("nas:8096", "jellyfin", ["https://nas:8096", "http://nas:8096"]),
        ("//nas:8096", "jellyfin", ["https://nas:8096", "http://nas:8096"]),
        ("nas", "jellyfin", ["https://nas", "http://nas", "https://nas:8920", "http://nas:8096"]),
        ("http://nas/", "plex", ["http://nas", "https://nas", "http://nas:32400", "https://nas:32400"]),
        ("[::1]:8096", "emby", ["https://[::1]:8096", "http://[::1]:8096"]),
        ("ftp://nas", "plex", []),
        ("http://", "plex", []),
        ("  ", "plex", []),
        ("nas:99999", "plex", []),
        ("http://[", "plex", []),
    ],
)
def test_the_likeliest_address_comes_first(typed, server, addresses):
    assert addresses_to_try(typed, server) == addresses


@pytest.mark.parametrize(
    ("typed", "address", "codes"),
    [
        ("http://nas:8096", "http://nas:8096", []),
        ("http://nas:8096/", "http://nas:8096", ["slash"]),
        ("http://nas", "https://nas", ["https"]),
        ("nas:8096", "http://nas:8096", ["scheme"]),
        ("nas", "http://nas:8096", ["scheme", "port"]),
        ("http://nas/emby", "http://nas/emby", []),
        ("nas:8096/web/index.html#!/home", "https://nas:8096", ["scheme", "page"]),
    ],
)
def test_what_was_mended_is_said_by_code(typed, address, codes):
    assert mendings(typed, address) == codes


@pytest.mark.parametrize(
    ("typed", "fault"),
    [("", "missing"), ("nas:99999", "port_text"), ("http://nas:a/b", "port_text"), ("ftp://nas", "address")],
)
def test_a_text_that_is_no_address_says_which_part_is_none(typed, fault):
    assert fault_of_text(typed) == fault
