"""Streams of logs get what is written to theirs, and learn that a run writes another one."""

import pytest

from app.core.errors import Forbidden, NotFound
from app.core.live.log_feed import LogFeed, log_to_follow
from app.core.paths import Paths
from app.core.state import SharedState

RUN = {"id": 1, "mode": "normal", "log_file": "Logs/Scriptlog.log"}
TESTING = {"id": 2, "mode": "testing", "log_file": "Logs/Testinglog.log"}
SCRIPT, TEST, SERVER = "Scriptlog.log", "Testinglog.log", "BackendServer.log"
CHANGED = ("log_file_changed", TEST, "testing")


class Stream:
    def __init__(self, log_name):
        self.log_name = log_name
        self.sent = []

    def send(self, message):
        self.sent.append((message.kind, *message.fields.values()))


class Office:
    """A feed over real files with what happens around it."""

    def __init__(self, folder):
        self.paths, self.state = Paths(folder), SharedState(None)
        self.paths.create()
        self.feed = LogFeed(self.paths, self.state, lambda: ("top-secret-word",))

    def join(self, *names):
        streams = [Stream(name) for name in names]
        for stream in streams:
            self.feed.join(stream)
        return streams

    def write(self, name, text):
        with (self.paths.logs / name).open("a") as file:
            file.write(text)
        self.feed.look()

    def begin(self, run):
        self.state.publish(run=run)
        self.feed.look()


@pytest.fixture
def office(tmp_path):
    office = Office(tmp_path / "data")
    office.write(SCRIPT, "old\n")
    yield office
    for followed in office.feed.followed.values():
        followed.follower.close()


def test_each_stream_gets_the_lines_of_its_log_without_secrets(office):
    first, second, other = office.join(SCRIPT, SCRIPT, TEST)
    office.write(SCRIPT, "one\ntop-secret-word ?api_key=abcdefgh\n")
    assert first.sent == second.sent == [("log", "one"), ("log", "REDACTED ?api_key=REDACTED")]
    assert other.sent == []


def test_a_stream_that_has_left_gets_nothing_and_its_log_is_closed(office):
    [stream] = office.join(SCRIPT)
    follower = office.feed.followed[SCRIPT].follower
    office.feed.leave(stream)
    office.write(SCRIPT, "one\n")
    assert (stream.sent, follower.file, office.feed.followed) == ([], None, {})


def test_a_run_with_another_log_is_reported_to_those_who_watch_a_run(office):
    office.begin(RUN)
    by_name, by_default, of_the_server, of_that_run = office.join(SCRIPT, None, SERVER, TEST)
    office.feed.look()
    office.begin(TESTING)
    office.feed.look()
    office.write(TEST, "drawn\n")
    assert by_name.sent == [CHANGED]
    assert by_default.sent == [CHANGED, ("log", "drawn")]
    assert (of_the_server.sent, of_that_run.sent) == ([], [("log", "drawn")])


def test_an_old_log_that_is_opened_during_a_run_stays_open(office):
    office.begin(TESTING)
    [stream] = office.join(SCRIPT)
    office.feed.look()
    office.begin(None)
    assert stream.sent == []


def test_a_log_that_cannot_be_read_is_reported_once_to_each(office):
    outside = office.paths.data / "secret.log"
    outside.write_text("secret\n")
    (office.paths.logs / "link.log").symlink_to(outside)
    [first] = office.join("link.log")
    office.feed.look()
    [second] = office.join("link.log")
    office.feed.look()
    told = ("error", "link.log cannot be read: That path lies outside of its folder.")
    assert first.sent == second.sent == [told]


def test_what_was_left_out_of_a_fast_log_is_said(office, monkeypatch):
    monkeypatch.setattr("app.core.live.log_tail.MOST_BEHIND", 1000)
    [stream] = office.join(SCRIPT)
    office.write(SCRIPT, f"{'x' * 99}\n" * 1000)
    assert stream.sent[0][0] == "error" and "bytes were left out" in stream.sent[0][1]
    assert stream.sent[1] == ("log", "x" * 99)


@pytest.mark.parametrize("name", [SCRIPT, "NotYet.log"])
def test_a_log_and_one_that_may_yet_be_written_can_be_followed(office, name):
    assert log_to_follow(office.paths, name) == name


@pytest.mark.parametrize(
    "name", ["../config.json", "config.json", "", "..", "a/b.log", "/etc/x.log", "x" * 300 + ".log"]
)
def test_nothing_else_can_be_followed(office, name):
    with pytest.raises((NotFound, Forbidden)):
        log_to_follow(office.paths, name)
