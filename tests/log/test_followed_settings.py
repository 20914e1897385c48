"""The level of the log follows the settings of the page, and the page's own log takes any entry."""

import logging
import threading

import pytest

from app.log.frontend_log import LONGEST_MESSAGE, FrontendLog
from app.log.log_level import LogLevel
from app.log.shared_log_file import SharedLogFile

ENTRY = {
    "level": "warn",
    "message": "x",
    "timestamp": "2026-11-23 19:30:01",
    "component": None,
    "source": "ui",
}


@pytest.fixture(autouse=True)
def level_as_before():
    before = logging.getLogger().level
    yield
    logging.getLogger().setLevel(before)


@pytest.fixture
def write_settings(machine):
    def write(text: str) -> None:
        machine.paths.webui_settings.parent.mkdir(parents=True, exist_ok=True)
        machine.paths.webui_settings.write_text(text)

    return write


def test_the_level_follows_the_file_and_falls_back_where_the_file_is_none(machine, write_settings):
    follower, usual = LogLevel(machine), logging.getLevelName(machine.settings.log_level)
    contents = {
        '{"log_level": "error"}': logging.ERROR,
        '{"log_level": "DEBUG", "theme": "x"}': logging.DEBUG,
        '{"log_level": "loud"}': usual,
        '{"log_level": ["DEBUG", 1]}': usual,
        '{"log_level": null}': usual,
        '["DEBUG"]': usual,
        "no JSON": usual,
        '{"log_level": "CRITICAL"}': logging.CRITICAL,
        "": usual,
    }
    for text, level in contents.items():
        write_settings(text)
        follower.follow()
        assert logging.getLogger().level == level, text
    machine.paths.webui_settings.unlink()
    logging.getLogger().setLevel(logging.ERROR)
    follower.follow()
    assert logging.getLogger().level == usual


def test_an_unchanged_file_is_not_read_again_and_a_level_set_otherwise_stays(machine, write_settings):
    write_settings('{"log_level": "ERROR"}')
    follower = LogLevel(machine)
    follower.follow()
    logging.getLogger().setLevel(logging.DEBUG)
    follower.follow()
    assert logging.getLogger().level == logging.DEBUG


ENTRIES = [
    ({}, "[2026-11-23 19:30:01] [WARNING] |ui| x"),
    ({"level": "CRITICAL"}, "[2026-11-23 19:30:01] [CRITICAL] |ui| x"),
    ({"component": "Wall-1.2_b"}, "[2026-11-23 19:30:01] [WARNING] |Wall-1.2_b| x"),
    ({"component": "x" * 41}, "[2026-11-23 19:30:01] [WARNING] |ui| x"),
    ({"component": "", "source": "a\nb"}, "[2026-11-23 19:30:01] [WARNING] |ui| x"),
    ({"message": None}, "[2026-11-23 19:30:01] [WARNING] |ui| "),
    ({"message": "\ud800\u2028"}, "[2026-11-23 19:30:01] [WARNING] |ui| \\ud800\\u2028"),
    ({"message": "\0" * 3000}, "[2026-11-23 19:30:01] [WARNING] |ui| " + "\\x00" * (LONGEST_MESSAGE // 4)),
]


def test_every_entry_is_one_line_in_the_form_of_the_log(machine):
    log = FrontendLog(machine)
    log.write(ENTRY | entry for entry, _ in ENTRIES)
    found = (machine.paths.interface_logs / "FrontendUI.log").read_text().splitlines()
    assert found == [line for _, line in ENTRIES]


@pytest.mark.parametrize("given", [None, "", "2026-11-23T19:30:01", "2026-11-23 19:30:01\n", "\u0661" * 19])
def test_an_entry_without_a_time_has_that_of_the_server(machine, given):
    assert FrontendLog(machine).moment(given)[:2] == "20" and FrontendLog(machine).moment(given) != given


def test_threads_that_write_while_the_log_turns_over_lose_no_line(tmp_path):
    log = SharedLogFile(tmp_path / "x.log", size=1500, kept=9)

    def write(number: int) -> None:
        for turn in range(50):
            log.handle(logging.makeLogRecord({"msg": f"{number}-{turn} {'.' * 40}"}))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.close()
    lines = [line for file in tmp_path.glob("x.log*") for line in file.read_text().splitlines()]
    assert len(lines) == len({line.split()[0] for line in lines}) == 200
    assert all(line.endswith("." * 40) for line in lines)
