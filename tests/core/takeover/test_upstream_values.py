from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.core.takeover.upstream_values import moment_of, text_of

BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = datetime(2025, 11, 25, 15, 30, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2025-11-25T16:30:03",
        "2025-11-25 16:30:03",
        " 2025-11-25T16:30:03.000000 ",
        "2025-11-25T15:30:03Z",
        "2025-11-25T10:30:03-05:00",
        "25.11.2025 16:30:03",
        "11/25/2025 16:30:03",
        "11/25/2025 4:30:03 PM",
        1764084603,
        "1764084603",
        1764084603.0,
        1764084603000,
        b"2025-11-25T16:30:03",
    ],
)
def test_a_time_is_read_in_every_form_that_occurs(value):
    assert moment_of(value, BERLIN) == MOMENT


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "never",
        "0",
        0,
        12345,
        "2025-13-45T99:00:00",
        "nan",
        "inf",
        "-1764084603",
        1e300,
        "0001-01-01",
    ],
)
def test_what_is_no_time_is_none(value):
    assert moment_of(value, BERLIN) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (1979, "1979"),
        (1979.0, "1979"),
        (7.5, "7.5"),
        (b"a\xff\0b", "a\N{REPLACEMENT CHARACTER}b"),
    ],
)
def test_a_value_of_any_type_becomes_text(value, text):
    assert text_of(value) == text
