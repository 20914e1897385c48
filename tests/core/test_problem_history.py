from datetime import UTC, datetime, timedelta

from app.core.problem_history import (
    MOST,
    NOTHING,
    after_look,
    mended_lately,
    store_history,
    stored_history,
)

BEGAN = datetime(2026, 1, 2, tzinfo=UTC)


def make_found(code="disk-1", **overrides):
    values = {"code": code, "type": "warning", "source": "disk", "message": code, "silenced": False}
    return values | overrides


def looked(*looks, history=NOTHING):
    """The history after looks a minute apart."""
    for minute, problems in enumerate(looks):
        history = after_look(history, problems, BEGAN + timedelta(minutes=minute))
    return history


def test_what_two_looks_in_a_row_do_not_find_is_over():
    one = make_found()
    assert looked([one], [])["mended"] == []
    assert looked([one], [], [one], [])["mended"] == []
    (mended,) = looked([one], [one], [], [])["mended"]
    assert mended["since"] == BEGAN.isoformat()
    assert mended["until"] == (BEGAN + timedelta(minutes=3)).isoformat()


def test_notes_are_none_and_what_is_silenced_ends_without_a_word():
    assert looked([make_found(type="note")]) == NOTHING
    history = looked([make_found()], [make_found(silenced=True)], [], [])
    assert history == NOTHING
    assert looked([make_found(silenced=True)], [], []) == NOTHING


def test_of_each_code_the_latest_end_is_kept_and_not_too_many():
    one = make_found()
    (mended,) = looked([one], [], [], [one], [], [])["mended"]
    assert mended["since"] == (BEGAN + timedelta(minutes=3)).isoformat()
    many = [make_found(f"x-{number}") for number in range(MOST + 5)]
    assert len(looked(many, [], [])["mended"]) == MOST


def test_what_is_there_again_or_long_over_is_not_shown_as_mended(session):
    one, day = make_found(), timedelta(days=1)
    history = looked([one], [], [])
    store_history(session, history)
    assert len(mended_lately(stored_history(session), BEGAN + day / 2, day)) == 1
    assert mended_lately(history, BEGAN + 2 * day, day) == []
    assert mended_lately(looked([one], history=history), BEGAN, day) == []
