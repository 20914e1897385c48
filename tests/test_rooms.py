"""The rooms of the code: which imports which is exactly what docs/architecture.md says."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP = ("app", "benchmarks", "migrations", "wsgi.py", "gunicorn.conf.py")
MOST_ROOMS, MOST_ARROWS = 25, 80
ROW = re.compile(r"^\| `([^`]+)` \|.*\| ([^|]*) \|$", re.MULTILINE)
# Core works on files and a session that its caller opened; what is not plain Python stays outside.
BANNED_IN_CORE = (
    "flask",
    "flask_httpauth",
    "flask_smorest",
    "gunicorn",
    "marshmallow",
    "prometheus_client",
    "webargs",
    "werkzeug",
)
BANNED_IN_POSTER = (*BANNED_IN_CORE, "alembic", "schedule", "sqlalchemy")


@cache
def modules() -> dict[str, Path]:
    """Every module of the project with its file."""
    files = [file for name in TOP for file in ([ROOT / name] if "." in name else (ROOT / name).rglob("*.py"))]
    return {module_name(file): file for file in files}


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """A folder directly below app, a module at the top of app, or what lies beside app."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] in ("app", "gunicorn") else parts[0]


def imports(module: str) -> set[str]:
    """Everything that a module imports, wherever in it; a name of a module counts as that module."""
    found = set()
    for node in ast.walk(ast.parse(modules()[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in modules() else node.module for name in names}
    return found


@cache
def arrows() -> dict[tuple[str, str], str]:
    """(room, imported room) with one import that makes the arrow."""
    found = {}
    for module in modules():
        for name in imports(module):
            pair = room_of(module), room_of(name)
            if name.partition(".")[0] in ("app", "benchmarks", "migrations") and pair[0] != pair[1]:
                found[pair] = f"{module} imports {name}"
    return found


@cache
def documented() -> dict[str, list[str]]:
    """The rooms in the order of docs/architecture.md, each with the rooms that it imports."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return {
        room: re.findall(r"`([^`]+)`", names) for room, names in ROW.findall(text.partition("## Start")[0])
    }


def test_the_documented_rooms_are_the_rooms_there_are():
    assert sorted(documented()) == sorted({room_of(module) for module in modules()})


def test_the_documented_arrows_are_the_arrows_there_are():
    shown = {(room, target) for room, targets in documented().items() for target in targets}
    missing = {pair: why for pair, why in arrows().items() if pair not in shown}
    assert missing == {} and shown == set(arrows())


def test_each_room_imports_rooms_further_down_only_so_that_there_is_no_circle():
    order = list(documented())
    upward = {why for (room, target), why in arrows().items() if order.index(room) >= order.index(target)}
    assert upward == set()


def test_the_rooms_stay_few_and_loosely_tied():
    assert len(documented()) <= MOST_ROOMS and len(arrows()) <= MOST_ARROWS


@pytest.mark.parametrize("room", ["app.api", "app.ui", "app.cli", "app.background"])
def test_what_calls_core_is_called_by_no_room_below(room):
    below = ("app.services", "app.http", "app.log", "app.extensions", "app.core", "app.models", "app.poster")
    assert [why for (source, target), why in arrows().items() if target == room and source in below] == []


def test_api_ui_and_background_import_nothing_of_each_other():
    beside = {"app.api", "app.ui", "app.background"}
    assert [why for pair, why in arrows().items() if set(pair) <= beside] == []


@pytest.mark.parametrize(
    ("room", "allowed", "banned"),
    [
        ("app.models", (), BANNED_IN_CORE),
        ("app.core", ("app.models",), BANNED_IN_CORE),
        ("app.poster", (), BANNED_IN_POSTER),
    ],
)
def test_a_room_below_imports_neither_the_server_nor_its_libraries(room, allowed, banned):
    for module in filter(lambda name: room_of(name) == room, modules()):
        found = imports(module)
        assert {room_of(name) for name in found if name.startswith("app")} <= {room, *allowed}, module
        assert not {name.partition(".")[0] for name in found} & set(banned), module


def test_core_never_commits_and_never_reads_the_environment():
    for module in filter(lambda name: room_of(name) == "app.core", modules()):
        text = modules()[module].read_text(encoding="utf-8")
        assert not re.search(r"\.commit\(|\bos\.(environ|getenv)", text), module
