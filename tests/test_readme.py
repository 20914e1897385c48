"""What the documents say is held against the project."""

import re

import pytest

from app.cli import main
from app.config import VARIABLES
from app.core.modes import MODES
from app.core.paths import DATA_FOLDERS
from tests.live_server import ROOT

README = (ROOT / "README.md").read_text()
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()
MOST_BYTES, MOST_BYTES_OF_ALL = 80_000, 1_700_000
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def settings_table():
    """Rows of (name, is secret, default, meaning)."""
    rows = re.findall(r"^\| `([A-Z_]+)`( \*)? \|(.*?)\|(.*?)\|$", README, re.MULTILINE)
    return [(name, bool(star), bare(default), meaning.strip()) for name, star, default, meaning in rows]


def bare(cell):
    text = cell.strip().strip("`")
    return re.sub(r"\[.*\]\((.*)\)", r"\1", text)


def anchors(text):
    """The names by which GitHub links the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 100


def test_the_settings_table_is_the_one_of_the_program():
    assert settings_table() == [(item.name, item.secret, item.default, item.help) for item in VARIABLES]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_exists(document):
    text = document.read_text()
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    for link in links:
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text()), link
    for path in re.findall(r"`((?:app|deploy|docs|tests|migrations)/[\w/.]+\.\w+)`", text):
        assert (ROOT / path).exists(), path


def test_every_target_that_a_document_names_is_in_the_makefile():
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        name for path in DOCUMENTS for name in re.findall(r"(?:^    |`)make ([\w-]+)", path.read_text(), re.M)
    }
    assert {"run", "test"} <= named <= targets


def test_every_command_that_the_readme_names_exists():
    named = [line.split()[1:] for line in re.findall(r"^    (posterizarr .+)$", README, re.MULTILINE)]
    assert len(named) >= 4
    for name, *rest in named:
        command = main.commands[name]
        assert not hasattr(command, "commands") or rest[0] in command.commands


def test_every_address_that_the_readme_asks_is_served(app):
    addresses = re.findall(r"http://127\.0\.0\.1:8000(/[\w/-]*)", README)
    assert len(addresses) >= 3
    adapter = app.url_map.bind("localhost")
    for address in addresses:
        assert adapter.allowed_methods(address), address
        if "/api/run/" in address:
            assert address.rpartition("/")[2] in MODES


def test_the_version_has_its_section_in_the_changelog():
    version = (ROOT / "app" / "VERSION").read_text().strip()
    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text()


def test_the_architecture_names_every_folder_of_the_data():
    table = ARCHITECTURE.partition("## Files below APP_DATA")[2]
    assert set(re.findall(r"`(\w+)/", table)) == set(DATA_FOLDERS)


def test_each_screenshot_is_shown_and_none_is_heavy():
    screens = sorted((ROOT / "docs" / "screens").glob("*.webp"))
    shown = re.findall(r"\(screens/([\w-]+\.webp)\)", (ROOT / "docs" / "pages.md").read_text())
    assert sorted(shown) == [screen.name for screen in screens]
    sizes = [screen.stat().st_size for screen in screens]
    assert max(sizes) <= MOST_BYTES and sum(sizes) <= MOST_BYTES_OF_ALL
