"""Decision records are read from the journal of the built-in script, which goes on writing."""

from datetime import UTC, datetime

import pytest

from app.core.decisions.record import decision_of
from app.core.errors import NotFound, Unavailable
from app.poster.journal.journal import Journal
from tests.poster.records.test_records import record


def test_a_decision_is_shown_as_the_script_wrote_it(tmp_path):
    journal = Journal(tmp_path)
    journal.note(record())
    journal.end("run", datetime(2026, 11, 29, tzinfo=UTC))
    shown = decision_of(tmp_path, record().path)
    journal.close()
    assert shown["decision"]["chosen"]["provider"] == "TMDB"
    assert shown["decision"]["considered"][0]["why_not"] == "too small"
    assert (shown["action"], shown["reason"]) == ("create", "new")


def test_what_the_script_does_not_know_has_no_decision(tmp_path):
    with pytest.raises(NotFound):
        decision_of(tmp_path, "Movies/Alien (1979)/poster.jpg")
    Journal(tmp_path).close()
    with pytest.raises(NotFound):
        decision_of(tmp_path, "Movies/Alien (1979)/poster.jpg")


def test_a_journal_that_is_none_is_said_to_be_unreadable(tmp_path):
    (tmp_path / "engine.db").write_bytes(b"no database" * 1000)
    with pytest.raises(Unavailable, match="journal"):
        decision_of(tmp_path, "poster.jpg")
