import threading
import time

import pytest

from app.core.choices.importing import import_if_changed
from app.core.errors import Unavailable
from tests.choices import make_row, take


@pytest.fixture
def answers(app):
    return app.extensions["choice_answers"]


def test_callers_that_come_together_share_one_building(answers):
    built = []

    def write(session):
        built.append(1)
        time.sleep(0.2)
        yield b"text"

    threads = [threading.Thread(target=answers.document, args=("name", "tag", write)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert built == [1]
    assert b"".join(answers.documents.find("name", "tag").value.plain()) == b"text"


def test_an_answer_that_is_being_sent_ends_as_it_began(answers):
    parts = answers.document("name", "old", lambda session: iter([b"old" * 200_000])).plain()
    first = next(parts)
    answers.document("name", "new", lambda session: iter([b"new"]))
    assert first + b"".join(parts) == b"old" * 200_000


def test_a_building_that_fails_is_tried_again(answers):
    def fail(session):
        raise OSError(28, "No space left on device")
        yield

    with pytest.raises(Unavailable, match="No space left"):
        answers.document("name", "tag", fail)
    assert answers.document("name", "tag", lambda session: iter([b"x"])).length == 1


def test_workers_that_know_the_same_give_the_same_tag(app, client, machine):
    take(machine, make_row(Language="de"))
    first = client.get("/api/assets/overview").headers["ETag"]
    app.extensions["choice_answers"].documents.clear()
    assert client.get("/api/assets/overview").headers["ETag"] == first
    import_if_changed(machine.database, machine.paths)
    assert client.get("/api/assets/overview").headers["ETag"] == first
