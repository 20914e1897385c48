import pytest
from sqlalchemy.exc import DatabaseError, OperationalError

from app.core.database_probe import BAD_SECONDS, GOOD_SECONDS, DatabaseProbe, query_database
from app.core.errors import Unavailable
from app.database import Database


class Feeling:
    def __init__(self, error=None):
        self.error = error
        self.count = 0

    def __call__(self):
        self.count += 1
        if self.error:
            raise self.error


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def test_many_checks_within_five_seconds_touch_the_database_once():
    feeling, clock = Feeling(), Clock()
    probe = DatabaseProbe(feeling, clock)
    for _ in range(10):
        probe.check()
    assert feeling.count == 1
    clock.now += GOOD_SECONDS
    probe.check()
    assert feeling.count == 2


@pytest.mark.parametrize("kind", [OperationalError, DatabaseError])
def test_a_database_that_does_not_answer_is_unavailable(kind):
    with pytest.raises(Unavailable):
        DatabaseProbe(Feeling(kind("SELECT", {}, Exception("broken")))).check()


def test_a_database_that_comes_back_is_noticed_within_a_second():
    feeling, clock = Feeling(OperationalError("SELECT", {}, Exception("gone"))), Clock()
    probe = DatabaseProbe(feeling, clock)
    assert not probe.answers()
    feeling.error = None
    assert not probe.answers()
    clock.now += BAD_SECONDS
    assert probe.answers()


def test_touching_reads_from_the_file_itself(tmp_path):
    (tmp_path / "broken.db").write_bytes(b"this is no database " * 100)
    database = Database(f"sqlite:///{tmp_path / 'broken.db'}")
    with pytest.raises(DatabaseError), database.reading() as session:
        query_database(session)
    database.dispose()
