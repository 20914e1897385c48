import pytest

from app.core.outgoing.address_rule import AddressRule


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_public_addresses_are_allowed(address):
    assert AddressRule().allows(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "::1", "0.0.0.0", "::", "255.255.255.255"),  # noqa: S104
        *("10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd00:ec2::254", "fec0::1"),
        *("169.254.169.254", "fe80::1", "fe80::1%eth0"),
        *("224.0.1.1", "ff0e::1", "240.0.0.1", "192.0.2.1", "198.18.0.1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "::ffff:0:7f00:1"),
        *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1"),
        *("", "localhost", "127.1", "2130706433"),
    ],
)
def test_every_other_address_is_refused_in_whichever_way_it_is_written(address):
    assert not AddressRule().allows(address)


def test_a_test_may_allow_one_address_and_no_other_with_it():
    rule = AddressRule(frozenset({"127.0.0.1"}))
    assert [rule.allows(address) for address in ("127.0.0.1", "127.0.0.2", "::1")] == [True, False, False]
