from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.errors import Invalid
from app.core.exports.sheets import OTHER, PLEX
from app.core.exports.stamps import free_stamp, read_stamp, stamp_of
from app.models import ExportRun

MOMENT = datetime(2025, 11, 25, 15, 31, 22, 638450, tzinfo=UTC)
STAMP = "2025-11-25T16:31:22.638450"
BERLIN = ZoneInfo("Europe/Berlin")


def test_a_stamp_is_local_and_has_no_zone():
    assert stamp_of(MOMENT, BERLIN) == STAMP
    assert stamp_of(MOMENT.replace(microsecond=0), BERLIN) == "2025-11-25T16:31:22.000000"
    assert len(stamp_of(MOMENT, None)) == len(STAMP)


@pytest.mark.parametrize("text", [None, "", "latest"])
def test_no_stamp_means_the_latest(text):
    assert read_stamp(text) is None


@pytest.mark.parametrize("text", [STAMP, "2025-11-25T16:31:22.63845", "2025-11-25 16:31:22.638450"])
def test_a_stamp_is_understood_in_several_spellings(text):
    assert read_stamp(text) == STAMP


@pytest.mark.parametrize("text", ["yesterday", "2025-13-01", "0", "2025-11-25T25:00", "; DROP TABLE"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(Invalid, match="run_timestamp"):
        read_stamp(text)


def test_a_stamp_that_is_taken_moves_on_by_a_microsecond(session):
    session.add(ExportRun(kind=PLEX, stamp=STAMP, moment=MOMENT))
    session.flush()
    later = MOMENT + timedelta(microseconds=1)
    assert free_stamp(session, PLEX, MOMENT, BERLIN) == (later, stamp_of(later, BERLIN))
    assert free_stamp(session, OTHER, MOMENT, BERLIN) == (MOMENT, STAMP)
