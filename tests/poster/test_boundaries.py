"""The poster script stands alone: the server is reached through files only."""

import ast
from pathlib import Path

import app.poster
from app.poster.script.exits import AlreadyRunning, ExitCode, HandledExit, Stopped, exit_reason

SOURCES = sorted(Path(app.poster.__file__).parent.rglob("*.py"))
WEB = {"flask", "werkzeug", "marshmallow", "sqlalchemy", "flask_smorest"}


def modules_imported_by(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def is_foreign(module: str) -> bool:
    room = module.split(".")[0]
    return room in WEB or (room == "app" and not module.startswith("app.poster"))


def test_no_module_imports_the_server_or_its_web_libraries():
    found = {(path.stem, name) for path in SOURCES for name in modules_imported_by(path) if is_foreign(name)}
    assert len(SOURCES) > 200 and found == set()


def test_only_the_program_itself_reads_the_environment():
    words = ("os.environ", "getenv")
    readers = {path.stem for path in SOURCES if any(word in path.read_text("utf-8") for word in words)}
    assert readers == {"__main__"}


def test_a_stop_is_nothing_that_an_ordinary_except_clause_swallows():
    assert not issubclass(Stopped, Exception)
    assert [Stopped(number).code for number in (15, 2)] == [ExitCode.TERMINATED, ExitCode.INTERRUPTED]


def test_another_instance_is_a_handled_end_with_its_own_code():
    assert isinstance(AlreadyRunning(), HandledExit)
    assert AlreadyRunning().code is ExitCode.ALREADY_RUNNING


def test_a_refusal_of_the_system_is_told_with_the_file():
    full = OSError(28, "No space left on device", "/data/test/poster.jpg")
    assert "No space left on device (/data/test/poster.jpg); make room there" in exit_reason(full)
    assert "(/data); make room there" in exit_reason(OSError(28, "No space"), Path("/data"))
    assert exit_reason(OSError("socket gone")).endswith("socket gone")
