from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from app.core.access import lockout
from app.core.errors import TooMany
from app.models import FailedLogin

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ADDRESS = "203.0.113.7"


def after(**time):
    return time_machine.travel(NOON + timedelta(**time), tick=False)


def make_failures(session, count, address=ADDRESS, seconds_apart=1):
    for number in range(count):
        with after(seconds=number * seconds_apart):
            lockout.record_failure(session, address)


def test_nine_failures_lock_nobody_out(session):
    make_failures(session, 9)
    with after(seconds=10):
        lockout.refuse_locked(session, ADDRESS)


def test_ten_failures_lock_the_address_out_for_five_minutes(session):
    make_failures(session, 10)
    with after(seconds=10), pytest.raises(TooMany) as refusal:
        lockout.refuse_locked(session, ADDRESS)
    assert refusal.value.retry_after == 299
    with after(seconds=308), pytest.raises(TooMany) as refusal:
        lockout.refuse_locked(session, ADDRESS)
    assert refusal.value.retry_after == 1
    with after(seconds=309):
        lockout.refuse_locked(session, ADDRESS)


def test_one_more_failure_after_the_lock_does_not_lock_again(session):
    make_failures(session, 10)
    with after(seconds=310):
        lockout.record_failure(session, ADDRESS)
        lockout.refuse_locked(session, ADDRESS)


def test_ten_failures_over_more_than_five_minutes_lock_nobody_out(session):
    make_failures(session, 10, seconds_apart=34)
    with after(seconds=10 * 34):
        lockout.refuse_locked(session, ADDRESS)


def test_one_address_does_not_lock_out_another(session):
    make_failures(session, 10)
    with after(seconds=10):
        lockout.refuse_locked(session, "203.0.113.8")


def test_a_clock_that_was_set_back_keeps_the_door_shut_no_longer_than_promised(session):
    make_failures(session, 10)
    with after(hours=-1), pytest.raises(TooMany) as refusal:
        lockout.refuse_locked(session, ADDRESS)
    assert refusal.value.retry_after == 300


def test_old_failures_are_forgotten(session):
    make_failures(session, 3)
    with after(minutes=11):
        lockout.record_failure(session, "198.51.100.1")
    assert session.scalar(select(func.count()).select_from(FailedLogin)) == 1


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        (None, "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_an_ipv6_customer_counts_as_one_address(address, counted):
    assert lockout.counted_address(address) == counted


def test_changing_the_last_half_of_an_ipv6_address_does_not_help(session):
    for number in range(10):
        with after(seconds=number):
            lockout.record_failure(session, f"2001:db8::{number:x}")
    with after(seconds=10), pytest.raises(TooMany):
        lockout.refuse_locked(session, "2001:db8::ffff:1")
