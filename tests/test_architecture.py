"""The files that the pages are made of: each is short, and each is used."""

import re
from pathlib import Path

import pytest

import app

UI = Path(app.__file__).parent / "ui"
STATIC = UI / "static"
OWN_FILES = sorted(path for path in STATIC.iterdir() if path.is_file())
MOST_LINES = 300
NAMED = re.compile(
    r"""name=["']([\w.-]+)["']|from "\./([\w.-]+)"|import\("\./([\w.-]+)"\)|["']ui/([\w.-]+)["']"""
)

IMPORT = re.compile(r'import \{([^}]*)\} from "\./([\w.-]+)"')
EXPORT = re.compile(r"^export (?:async )?(?:const|let|function|class) (\w+)", re.MULTILINE)


def named_in(*patterns: str) -> set[str]:
    """The static files that templates and scripts name."""
    files = [path for pattern in patterns for path in UI.rglob(pattern) if "swagger-ui" not in path.parts]
    found = (NAMED.findall(path.read_text(encoding="utf-8")) for path in files)
    return {next(filter(None, names)) for each in found for names in each}


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda path: path.name)
def test_a_script_or_style_sheet_has_at_most_300_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_every_file_is_used_by_a_page_and_every_one_that_is_used_is_there():
    used, there = named_in("*.html", "*.js"), {path.name for path in OWN_FILES}
    assert there - used == set()
    assert {name for name in used if name.endswith((".js", ".css", ".svg"))} - there == set()


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_what_a_script_imports_is_exported_there(path):
    for names, script in IMPORT.findall(path.read_text(encoding="utf-8")):
        exported = set(EXPORT.findall((STATIC / script).read_text(encoding="utf-8")))
        assert {name.split(" as ")[0].strip() for name in names.split(",") if name.strip()} <= exported
