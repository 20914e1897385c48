"""A process that is talked to through pipes, whatever it does."""

import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from app.core.errors import Unavailable
from app.core.previews import engine_pipe
from app.core.previews.engine_pipe import EnginePipe
from app.core.previews.newest import NewestWins, Superseded
from app.core.runner import start_piped
from tests.driving import eventually

# Reads a frame, and does what its field "act" says.
CHILD = """
import json, os, sys, time
while line := sys.stdin.buffer.readline():
    order = json.loads(line)
    got = [sys.stdin.buffer.read(size) for size in order["sizes"].values() if size]
    answers = {
        "echo": b"".join(got) + str(os.getpid()).encode(),
        "crash": None, "hang": None, "garbage": None, "short": None, "huge": None,
    }
    act = order["act"]
    if act == "crash": os._exit(1)
    if act == "hang": time.sleep(60)
    content = answers[act] or b""
    head = {"answer": "drawn", "sizes": {"picture": {"short": 10, "huge": 1 << 40}.get(act, len(content))}}
    line = {"garbage": b"[1, 2]"}.get(act, json.dumps(head).encode())
    sys.stdout.buffer.write(line + b"\\n" + content)
    sys.stdout.buffer.flush()
    if act == "short": os._exit(0)
"""


@pytest.fixture
def pipe(tmp_path):
    made = EnginePipe(lambda: start_piped([sys.executable, "-S", "-c", CHILD], dict(os.environ), tmp_path))
    yield made
    made.close()


def ask(pipe, act, contents=None, still_wanted=lambda: None):
    return pipe.ask({"act": act}, contents or {}, still_wanted)


def test_one_process_answers_all_and_takes_large_contents(pipe):
    large = b"x" * 3_000_000
    first = ask(pipe, "echo", {"picture": large, "logo": None})
    assert first.content.startswith(large)
    assert ask(pipe, "echo").content.decode() == first.content[len(large) :].decode() == str(pipe.pid)


@pytest.mark.parametrize("act", ["crash", "garbage", "short", "huge"])
def test_what_is_no_answer_fails_alone_and_the_next_one_has_a_new_process(pipe, act):
    before = ask(pipe, "echo").content
    with pytest.raises(Unavailable, match="started again"):
        ask(pipe, act)
    assert ask(pipe, "echo").content != before


def test_a_process_that_ended_while_nothing_was_asked_is_replaced_unseen(pipe):
    before = ask(pipe, "echo").content
    process = pipe._process
    os.kill(pipe.pid, signal.SIGKILL)
    eventually(lambda: process.poll() is not None)
    assert ask(pipe, "echo").content != before


def test_a_drawing_without_end_is_given_up_and_its_process_killed(pipe, monkeypatch):
    pid = int(ask(pipe, "echo").content)
    monkeypatch.setattr(engine_pipe, "DRAWING_SECONDS", 0.3)
    with pytest.raises(Unavailable, match="too long"):
        ask(pipe, "hang")
    assert not Path(f"/proc/{pid}").exists()


def test_a_closed_pipe_starts_nothing_and_ends_what_is_being_drawn(pipe):
    ask(pipe, "echo")
    pid, refused = pipe.pid, []
    waiting = threading.Thread(target=lambda: refused.append(pytest.raises(Unavailable, ask, pipe, "hang")))
    waiting.start()
    eventually(pipe._turn.locked)
    pipe.close()
    waiting.join()
    assert refused and not Path(f"/proc/{pid}").exists()
    with pytest.raises(Unavailable):
        ask(pipe, "echo")


def test_of_a_slot_the_newest_request_counts_and_older_ones_end_at_their_turn(pipe):
    newest = NewestWins()
    older, newer = newest.enter("page"), newest.enter("page")
    other = newest.enter("another page")
    with pytest.raises(Superseded, match="superseded"):
        ask(pipe, "echo", still_wanted=lambda: newest.require_newest("page", older))
    assert pipe.pid is None
    newest.require_newest("page", newer)
    newest.require_newest("another page", other)
