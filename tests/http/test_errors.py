import sqlite3

import pytest
from flask import abort
from marshmallow import ValidationError
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from app.core import errors
from app.http.security import public


@pytest.fixture
def failing(app):
    """Let a view raise what the test wants."""

    def answer_to(error):
        @public
        def view():
            raise error

        app.add_url_rule("/api/failing", "failing", view)
        return app.test_client().get("/api/failing")

    return answer_to


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.Invalid("The limit is too high."), 400),
        (errors.Forbidden("Not with this key."), 403),
        (errors.NotFound("There is no run 7."), 404),
        (errors.Conflict("The run has ended."), 409),
        (errors.ConfigUnreadable("config.json: line 3."), 503),
        (ValidationError({"limit": ["Must be at most 500."]}), 400),
    ],
)
def test_a_refusal_has_its_status_and_its_words(failing, error, status):
    answer = failing(error)
    assert answer.status_code == status
    assert answer.json["detail"] == answer.json["message"]
    assert answer.json["success"] is False


def test_too_many_tells_when_to_come_back(failing):
    answer = failing(errors.TooMany("Ten wrong keys.", retry_after=60))
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"


def test_a_locked_database_is_unavailable_and_not_an_error_of_ours(failing):
    answer = failing(OperationalError("SELECT secret", {}, sqlite3.OperationalError("database is locked")))
    assert answer.status_code == 503
    assert "SELECT" not in answer.text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("database or disk is full", "The disk of the database is full"),
        ("could not extend file: No space left on device", "The disk of the database is full"),
        ("attempt to write a readonly database", "cannot be written"),
        ("database is locked", "is busy"),
        ("unable to open database file", "does not answer"),
    ],
)
def test_what_ails_the_database_is_told_in_our_words(failing, said, told):
    answer = failing(OperationalError("INSERT", {}, sqlite3.OperationalError(said)))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert told in answer.json["detail"]


def test_a_damaged_database_is_unavailable_too(failing):
    answer = failing(DatabaseError("SELECT", {}, sqlite3.DatabaseError("file is not a database")))
    assert answer.status_code == 503


def test_a_statement_that_the_database_refuses_is_an_error_of_ours(failing):
    answer = failing(IntegrityError("INSERT", {}, sqlite3.IntegrityError("UNIQUE constraint failed")))
    assert answer.status_code == 500
    assert "UNIQUE" not in answer.text


def test_an_unexpected_error_tells_nothing_of_itself(failing):
    answer = failing(RuntimeError("token=abc123"))
    assert answer.status_code == 500
    assert answer.is_json
    assert "abc123" not in answer.text
    assert "Traceback" not in answer.text


def test_validation_messages_name_the_field(failing):
    answer = failing(ValidationError({"query": {"limit": ["Must be at most 500."]}}))
    assert answer.json["detail"] == "limit: Must be at most 500."


def test_nested_messages_become_one_sentence(failing):
    answer = failing(ValidationError({"schedules": {0: {"time": ["Not a time."]}}}))
    assert answer.json["detail"] == "schedules: 0: time: Not a time."


def test_a_wrong_method_keeps_its_allow_header(app, client):
    answer = client.delete("/api")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_body_that_is_too_large_is_413(app):
    @public
    def view():
        abort(413)

    app.add_url_rule("/api/large", "large", view, methods=["POST"])
    assert app.test_client().post("/api/large").status_code == 413
