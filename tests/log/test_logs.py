import logging
import re
import resource
import subprocess
import sys
import threading

import pytest
import structlog

from app.log import logs
from app.log.shared_log_file import SharedLogFile
from tests.conftest import KEY

LINE = re.compile(r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] (\[[A-Z]+\] *) \|([\w.]+)\| (.*)")


@pytest.fixture(autouse=True)
def logging_as_before(monkeypatch):
    """Logging belongs to the process: what a test configures is undone."""
    root, gunicorn = logging.getLogger(), logging.getLogger("gunicorn.error")
    level, handlers, propagate = root.level, list(gunicorn.handlers), gunicorn.propagate
    monkeypatch.setattr(logging, "raiseExceptions", True)
    yield
    logs.remove_handlers(root)
    root.setLevel(level)
    gunicorn.handlers[:], gunicorn.propagate = handlers, propagate
    structlog.reset_defaults()


@pytest.fixture
def written(machine):
    """Configures the logs, and answers a function that reads the file's lines."""
    logs.configure(machine.settings, machine.paths)
    return lambda: (machine.paths.interface_logs / "BackendServer.log").read_text().splitlines()


@pytest.fixture
def log():
    return structlog.get_logger("app.background.dispatcher")


def make_record(text):
    return logging.LogRecord("app", logging.INFO, __file__, 1, text, None, None)


def make_handler(path, **overrides):
    return SharedLogFile(path, **{"size": 1000, "kept": 3, **overrides})


def test_an_event_is_one_readable_line(written, log):
    log.info("run_started", run=7, mode="testing", reason="two words", empty="")
    (line,) = written()
    level, name, text = LINE.fullmatch(line).groups()
    assert level == "[INFO]   "
    assert name == "app.background.dispatcher"
    assert text == "run_started run=7 mode=testing reason='two words' empty=''"


def test_messages_of_libraries_take_the_same_form(written):
    logging.getLogger("urllib3.pool").warning("retry %s of %d", "one", 3)
    logging.getLogger("gunicorn.error").error("worker died")
    assert [LINE.fullmatch(line).group(3) for line in written()] == ["retry one of 3", "worker died"]


def test_the_same_line_goes_to_standard_error(machine, capfd, log):
    logs.configure(machine.settings, machine.paths)
    log.warning("careful")
    assert LINE.fullmatch(capfd.readouterr().err.strip()).group(3) == "careful"


def test_configuring_twice_does_not_double_the_lines(written, machine, log):
    logs.configure(machine.settings, machine.paths)
    log.info("once")
    assert len(written()) == 1


def test_lines_below_the_level_are_left_out(written, log):
    log.debug("too_much")
    logging.getLogger("urllib3").debug("too much")
    log.error("enough")
    assert len(written()) == 1


def test_nothing_that_is_logged_can_forge_a_line_or_steer_a_terminal(written, log):
    log.info("webhook", title="Heat\n[2026-11-23 16:34:18] [ERROR]   |app| forged", other="\x1b[2J\r\u2028")
    (line,) = written()
    assert "\\n" in line
    assert not set(line) & set("\x1b\r\u2028")


def test_a_traceback_stays_on_its_line(written, log):
    try:
        raise ValueError("boom")
    except ValueError as error:
        log.error("request_failed", exc_info=error)
        log.exception("again")
        logging.getLogger("library").exception("thrice")
    lines = written()
    assert len(lines) == 3
    assert all("Traceback" in line and line.endswith("ValueError: boom") for line in lines)


@pytest.mark.parametrize(
    "fields",
    [
        {"api_key": "HIDDEN"},
        {"key": "HIDDEN"},
        {"PlexToken": "HIDDEN"},
        {"password": "HIDDEN"},
        {"url": "http://plex/?X-Plex-Token=HIDDEN"},
        {"headers": {"X-API-Key": "HIDDEN"}},
        {"error": f"could not use {KEY}"},
    ],
)
def test_secrets_are_not_written_down(written, log, fields):
    log.info("event", **fields)
    logging.getLogger("library").info("event %s", fields)
    for line in written():
        assert KEY not in line
    assert "REDACTED" in written()[0]
    assert "HIDDEN" not in written()[0]


def test_a_secret_in_a_traceback_is_not_written_down(written, log):
    try:
        raise RuntimeError(f"GET http://plex/?X-Plex-Token=HIDDEN with {KEY}")
    except RuntimeError:
        log.exception("failed")
    (line,) = written()
    assert "HIDDEN" not in line
    assert KEY not in line


def test_a_message_that_does_not_fit_its_arguments_breaks_nothing(written):
    logging.getLogger("library").error("%d", "text")
    logging.getLogger("library").error("next")
    assert written()[-1].endswith("next")


def test_text_that_is_no_valid_unicode_is_logged_all_the_same(written, log):
    log.info("odd", name="\ud800")
    assert "ud800" in written()[0]


def test_a_missing_folder_stops_nothing(written, machine, log, capfd):
    logs.configure(machine.settings, machine.paths)
    log.info("before")
    for file in machine.paths.interface_logs.iterdir():
        file.unlink()
    machine.paths.interface_logs.rmdir()
    log.info("during")
    machine.paths.interface_logs.mkdir()
    log.info("after")
    assert [line.rpartition(" ")[2] for line in written()] == ["after"]
    assert "during" in capfd.readouterr().err


def test_a_file_that_was_moved_away_is_followed_by_a_new_one(tmp_path):
    handler = make_handler(tmp_path / "a.log")
    handler.emit(make_record("one"))
    (tmp_path / "a.log").rename(tmp_path / "moved")
    handler.emit(make_record("two"))
    handler.close()
    assert (tmp_path / "a.log").read_text() == "two\n"


def test_a_large_file_is_turned_over_and_three_old_ones_are_kept(tmp_path):
    handler = make_handler(tmp_path / "a.log")
    for number in range(100):
        handler.emit(make_record(f"{number:03} " + "x" * 95))
    handler.close()
    names = sorted(file.name for file in tmp_path.iterdir() if not file.name.startswith("."))
    assert names == ["a.log", "a.log.1", "a.log.2", "a.log.3"]
    assert all(file.stat().st_size <= 1100 for file in tmp_path.iterdir())
    assert (tmp_path / "a.log").read_text().splitlines()[-1].startswith("099")


def test_several_processes_lose_no_line_while_they_turn_the_file_over(tmp_path):
    program = (
        "import logging, pathlib, sys; from app.log.shared_log_file import SharedLogFile;"
        "handler = SharedLogFile(pathlib.Path(sys.argv[1]), size=20_000, kept=50);"
        "[handler.emit(logging.LogRecord('a', 20, '', 1, f'{sys.argv[2]} {n} ' + 'x' * 80, None, None))"
        " for n in range(1000)]"
    )
    children = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "a.log"), name])
        for name in ("one", "two", "six")
    ]
    assert [child.wait(60) for child in children] == [0, 0, 0]
    lines = [line for file in tmp_path.glob("a.log*") for line in file.read_text().splitlines()]
    assert len(lines) == 3000
    assert len(set(lines)) == 3000
    assert all(line.endswith("x" * 80) for line in lines)


def test_a_full_disk_stops_nothing_and_is_forgotten_when_there_is_room(tmp_path):
    program = (
        "import logging, pathlib, resource, signal, sys; from app.log.shared_log_file import SharedLogFile;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (64, resource.RLIM_INFINITY));"
        "handler = SharedLogFile(pathlib.Path(sys.argv[1]));"
        "record = logging.LogRecord('a', 20, '', 1, 'x' * 63, None, None);"
        "[handler.emit(record) for _ in range(3)];"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2);"
        "handler.emit(record)"
    )
    path = tmp_path / "a.log"
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert path.read_text().splitlines() == ["x" * 63] * 2
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 64


def test_a_folder_that_cannot_be_changed_lets_the_log_grow(tmp_path, monkeypatch):
    handler = make_handler(tmp_path / "a.log", size=10)

    def refuse(*names):
        raise PermissionError("read-only folder")

    monkeypatch.setattr(type(tmp_path), "replace", refuse)
    for _ in range(3):
        handler.emit(make_record("x" * 20))
    handler.close()
    assert (tmp_path / "a.log").read_text().count("\n") == 3
    assert not (tmp_path / "a.log.1").exists()


def test_what_ends_a_thread_is_logged_with_its_secrets_hidden(written, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", logs.log_ended_thread)

    def fail():
        raise RuntimeError("no way with token=abcdefgh")

    thread = threading.Thread(target=fail, name="collector")
    thread.start()
    thread.join()
    (line,) = written()
    assert "thread_ended thread=collector" in line
    assert "RuntimeError: no way" in line and "abcdefgh" not in line
