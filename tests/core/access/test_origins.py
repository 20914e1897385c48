"""The rule of docs/callers.md for the login that is off, line by line."""

import pytest

from app.core.access.origins import Sender, is_same_host, open_login_warning, refuse_outsider
from app.core.config_file import ConfigFile
from app.core.errors import Forbidden, Unauthorized

LAN, FAR = "192.168.1.20", "203.0.113.7"
OPEN = None


def make_sender(**overrides):
    values = {"site": None, "origin": None, "referer": None, "host": "nas:8000", "address": LAN}
    return Sender(**values | overrides)


RULE = [
    # a page of this server, wherever its reader is
    ({"site": "same-origin"}, OPEN),
    ({"site": "same-origin", "address": FAR}, OPEN),
    ({"site": "none", "address": FAR}, OPEN),
    ({"origin": "http://nas:8000", "address": FAR}, OPEN),
    ({"referer": "http://nas:8000/gallery", "address": FAR}, OPEN),
    ({"origin": "http://[::1]:8000", "host": "[::1]:8000"}, OPEN),
    ({"origin": "https://nas", "host": "nas:443"}, OPEN),
    ({"origin": "http://NAS:5173", "host": "nas"}, OPEN),
    # a page of another origin, even from this very machine
    ({"site": "cross-site", "address": "127.0.0.1"}, Forbidden),
    ({"site": "same-site"}, Forbidden),
    ({"site": "cross-site", "origin": "http://nas:8000"}, Forbidden),
    ({"origin": "http://evil.example"}, Forbidden),
    ({"origin": "http://nas:8001"}, Forbidden),
    ({"origin": "http://nas.evil.example"}, Forbidden),
    ({"origin": "null"}, Forbidden),
    ({"origin": ""}, Forbidden),
    ({"origin": "http://["}, Forbidden),
    ({"origin": "http://nas:x"}, Forbidden),
    ({"referer": "http://evil.example/nas:8000"}, Forbidden),
    # a program of this machine or network
    *[({"address": near}, OPEN) for near in ("127.0.0.1", "::1", "10.1.2.3", "172.18.0.5", "fd00::1")],
    *[({"address": near}, OPEN) for near in ("100.99.1.1", "169.254.7.7", "fe80::1", "::ffff:192.168.1.9")],
    # a program elsewhere, or behind a proxy that is not listed
    *[({"address": far}, Unauthorized) for far in (FAR, "2001:db8::1", "::ffff:203.0.113.7", "172.32.0.1")],
    *[({"address": unknown}, Unauthorized) for unknown in (None, "", "unix:")],
    # by a name that a stranger could point here: DNS rebinding
    ({"host": "rebound.example"}, Forbidden),
    ({"host": "rebound.example:8000", "site": "same-origin"}, Forbidden),
    ({"host": "rebound.example", "origin": "http://rebound.example", "address": "127.0.0.1"}, Forbidden),
    ({"host": "192.168.1.5.rebound.example"}, Forbidden),
    ({"host": "nas:x"}, Forbidden),
    ({"host": "["}, Forbidden),
    # by names that only this network resolves, by addresses, and by listed names
    *[({"host": own}, OPEN) for own in ("localhost", "nas", "NAS.local:8000", "nas.fritz.lan", "x.internal")],
    *[({"host": own}, OPEN) for own in ("192.168.1.5:8000", "203.0.113.9", "[fd00::1]:8000", None)],
    *[({"host": own}, OPEN) for own in ("posters.example.org", "Posters.Example.org.:443")],
]


@pytest.mark.parametrize(("shown", "refusal"), RULE)
def test_the_rule_of_the_login_that_is_off(shown, refusal):
    sender = make_sender(**shown)
    if refusal is OPEN:
        refuse_outsider(sender, {"posters.example.org"})
        return
    with pytest.raises(refusal):
        refuse_outsider(sender, {"posters.example.org"})


def test_a_name_that_is_not_listed_is_told_with_the_setting_that_lists_it():
    with pytest.raises(Forbidden, match="'rebound.example' is not listed .* ALLOWED_HOSTS"):
        refuse_outsider(make_sender(host="rebound.example"), ())


def test_the_port_counts_where_the_host_names_one():
    assert is_same_host("https://nas", "nas:443") and is_same_host("http://nas:80", "nas:80")
    assert not is_same_host("http://nas", "nas:443")
    assert not is_same_host("", None)


@pytest.mark.parametrize(
    ("enabled", "host", "warns"),
    [
        (False, "0.0.0.0", True),
        (False, "::", True),
        (False, "nas.lan", True),
        (False, "127.0.0.1", False),
        (False, "127.5.5.5", False),
        (False, "::1", False),
        (False, "localhost", False),
        (True, "0.0.0.0", False),
    ],
)
def test_an_open_login_is_warned_of_where_others_can_reach_it(tmp_path, enabled, host, warns):
    path = tmp_path / "config.json"
    path.write_text(f'{{"WebUI": {{"basicAuthEnabled": {str(enabled).lower()}}}}}')
    assert (open_login_warning(ConfigFile(path), host) is not None) is warns
