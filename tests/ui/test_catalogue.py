"""Every page speaks the languages of the catalogue, and every text of it is used."""

import json
import re
from pathlib import Path
from string import Formatter

import pytest

import app as package
from app.ui.catalogue import FOLDER, FRAME, LANGUAGES, OF_SCRIPTS, texts_in

UI = Path(package.__file__).parent / "ui"
ENGLISH = texts_in("en").texts
# Names that a template completes: t("keys.scope." ~ scope).
STEMS = re.compile(r"""\bt\(\s*["']([\w.]+\.)["'] ~""")
USED = re.compile(r"""\b(?:t|text|textParts)\(\s*["']([\w.]+)["']""")
# Those of a script: text(`reason.${code}`).
SCRIPT_STEMS = re.compile(r"""\b(?:text|textParts)\(`(\w+\.)\$""")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def sources(pattern: str) -> str:
    files = [path for path in sorted(UI.rglob(pattern)) if "swagger-ui" not in path.parts]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_same_texts_with_the_same_values(language):
    texts = texts_in(language).texts
    assert set(texts) == set(ENGLISH)
    assert {name: fields(text) for name, text in texts.items()} == {
        name: fields(text) for name, text in ENGLISH.items()
    }
    assert all(text.strip() == text != "" for text in texts.values())


def area_of(name: str) -> str:
    return name.removeprefix(OF_SCRIPTS).split(".")[0]


def script_areas(template: str) -> set[str]:
    """The areas whose texts a page hands to its scripts."""
    found = re.search(r"{% set areas = \((.*?)\) %}", template)
    return {FRAME, *re.findall(r'"(\w+)"', found[1] if found else "")}


def imported(script: str, seen: set[str]) -> set[str]:
    """The names of a script and of all that it imports."""
    if script not in seen:
        seen.add(script)
        source = (UI / "static" / script).read_text(encoding="utf-8")
        for name in re.findall(r'from "\./([\w.-]+)"', source):
            imported(name, seen)
    return seen


@pytest.mark.parametrize(
    "path", sorted(FOLDER.rglob("*.json")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_file_has_the_texts_of_its_own_area_alone(path):
    of_the_frame = {FRAME, "nav", "language", "warning"}
    names = {area_of(name) for name in json.loads(path.read_text(encoding="utf-8"))}
    assert names <= (of_the_frame if path.stem == FRAME else {path.stem})


@pytest.mark.parametrize("path", sorted((UI / "templates").rglob("*.html")), ids=lambda path: path.stem)
def test_a_page_hands_its_scripts_the_texts_that_they_show(path):
    template = path.read_text(encoding="utf-8")
    scripts = set()
    for name in re.findall(r"<script type=\"module\".*?name='([\w.-]+)'", template):
        imported(name, scripts)
    shown = "\n".join((UI / "static" / script).read_text() for script in scripts)
    used = {area_of(name) for name in (*USED.findall(shown), *SCRIPT_STEMS.findall(shown))}
    assert used <= script_areas(template)


def test_every_text_that_is_used_is_there_and_every_one_that_is_there_is_used():
    templates, scripts, code = sources("*.html"), sources("*.js"), sources("*.py")
    used = set(USED.findall(templates)) | {OF_SCRIPTS + name for name in USED.findall(scripts)}
    used |= set(re.findall(r'"(nav\.\w+)"', code))
    stems = tuple(STEMS.findall(templates))
    used = {name for name in used if name not in stems}
    assert used - set(ENGLISH) == set()
    assert {name for name in set(ENGLISH) - used if not name.startswith(stems)} == set()


@pytest.mark.parametrize(
    ("headers", "cookie", "language"),
    [
        ({}, None, "en"),
        ({"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}, None, "de"),
        ({"Accept-Language": "fr"}, None, "en"),
        ({"Accept-Language": "de"}, "en", "en"),
        ({"Accept-Language": "de"}, "../../etc", "de"),
    ],
)
def test_a_page_is_in_the_language_that_was_chosen_or_that_the_browser_asks_for(
    client, headers, cookie, language
):
    if cookie:
        client.set_cookie("language", cookie)
    page = client.get("/server/keys", headers=headers)
    assert f'<html lang="{language}">' in page.text
    assert texts_in(language)("keys.purpose") in page.text
    assert "Accept-Language" in page.headers["Vary"]
