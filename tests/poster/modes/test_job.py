"""What every mode works with."""

from types import SimpleNamespace

from app.poster.modes.job import MOST_NOTED, Job


def test_a_warning_is_logged_once_and_what_is_remembered_of_many_stays_bounded():
    logged = []
    log = SimpleNamespace(warning=logged.append)
    job = Job(None, None, None, log, None, None, None)
    job.note(["no font has this character", "no font has this character"])
    job.note(f"Film {number}: no font has this character" for number in range(3 * MOST_NOTED))
    job.note(["no font has this character"])
    assert logged.count("no font has this character") == 1
    assert len(logged) == 1 + 3 * MOST_NOTED and len(job.noted) == MOST_NOTED
