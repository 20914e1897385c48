"""The poster script stands alone: the server is reached through files only."""

import ast
from pathlib import Path

import pytest

import app.poster
from app.poster.script.exits import AlreadyRunning, ExitCode, HandledExit, Stopped, exit_reason

SOURCES = sorted(Path(app.poster.__file__).parent.rglob("*.py"))
WEB = {"flask", "werkzeug", "marshmallow", "sqlalchemy", "flask_smorest"}


def modules_imported_by(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_module_imports_the_server_or_its_web_libraries(path):
    modules = modules_imported_by(path)
    assert not {module.split(".")[0] for module in modules} & WEB
    assert all(module.startswith("app.poster") for module in modules if module.split(".")[0] == "app")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_only_the_program_itself_reads_the_environment(path):
    words = ("os.environ", "getenv")
    text = path.read_text("utf-8")
    assert path.name == "__main__.py" or not any(word in text for word in words)


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
