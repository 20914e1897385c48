"""The last change of a tab is taken back by its notice or by Ctrl+Z, also on the next page."""

import pytest

from tests.api.test_assets import roots
from tests.browser.visiting import open_signed_in
from tests.editing import edit_in_this_process
from tests.pictures import make_picture
from tests.trees import catalogue, make_image

__all__ = ["roots"]

pytestmark = pytest.mark.slow

CONTROL = 2
NAMES = [f"Movies/{letter}lpha (2000)/poster.jpg" for letter in "AB"]
SAID = "document.getElementById('notice-text').textContent"


@pytest.fixture
def delete(client, machine, roots, monkeypatch):
    """Delete pictures and answer the number of the run that did it."""
    edit_in_this_process(monkeypatch)
    for name in NAMES:
        make_image(roots["assets"], name, make_picture((20, 30)))
    catalogue(machine)

    def deleted(*names):
        answer = client.post(
            "/api/assets/bulk-edit", json={"action": "delete", "paths": names, "expected": len(names)}
        )
        assert answer.status_code == 200, answer.json
        return answer.json["run_id"]

    return deleted


def test_what_was_not_taken_back_is_said_in_the_language_of_the_reader_as_is_why_a_run_failed(
    browser, address, delete, roots
):
    number = delete(*NAMES)
    make_image(roots["assets"], NAMES[1], make_picture((40, 60)))
    open_signed_in(browser, f"{address}server")
    browser.evaluate("document.cookie = 'language=de; path=/'")
    browser.open(f"{address}server")
    remember(browser, f"{{ run: {number} }}")
    undo_by_key(browser)
    browser.wait_for(f"{SAID}.includes('Dateien wie zuvor: 1. Unverändert geblieben: 1;')")
    assert f"Lauf {number + 1}" in browser.evaluate(SAID) and (roots["assets"] / NAMES[0]).exists()
    run = "{ reason: 'x', reason_code: 'errors_said', reason_values: { count: '3', reason: '<b>No</b>' } }"
    modules = f"Promise.all([{module('run-reason')}, {module('notice')}].map((name) => import(name)))"
    browser.evaluate(f"{modules}.then(([run, notice]) => notice.tell(run.reasonParts({run}), 'bad'))")
    browser.wait_for("!!document.querySelector('#notice-text [lang=en]')")
    said = browser.evaluate("document.getElementById('notice-text').innerHTML")
    assert said == '3 Fehler, der letzte: <span lang="en">&lt;b&gt;No&lt;/b&gt;</span>'


def module(name):
    """The address of a module of the page itself; one of another address would be a second one."""
    return f"document.querySelector('link[href$=\"/{name}.js\"]').href"


def remember(browser, change):
    browser.evaluate(f"import({module('last-change')}).then((it) => it.remember('Deleted.', {change}))")
    browser.wait_for(f"{SAID} === 'Deleted.'")


def undo_by_key(browser):
    for kind in ("keyDown", "keyUp"):
        browser.send(
            "Input.dispatchKeyEvent",
            type=kind,
            key="z",
            code="KeyZ",
            modifiers=CONTROL,
            windowsVirtualKeyCode=90,
        )


def test_the_last_change_is_taken_back_here_and_on_the_next_page_and_not_while_typing(
    browser, address, delete, roots
):
    def left():
        return [name for name in NAMES if (roots["assets"] / name).exists()]

    open_signed_in(browser, f"{address}server/runs")
    remember(browser, f"{{ run: {delete(NAMES[0])} }}")
    browser.click("#notice-action")
    browser.wait_for(f"{SAID}.startsWith('Taken back.')")
    assert left() == NAMES
    remember(browser, f"{{ run: {delete(NAMES[1])} }}")
    browser.open(f"{address}server/keys")
    browser.evaluate("document.getElementById('key-name').focus()")
    undo_by_key(browser)
    browser.evaluate("document.activeElement.blur()")
    assert browser.evaluate(SAID) == "" and left() == NAMES[:1]
    undo_by_key(browser)
    browser.wait_for(f"{SAID}.startsWith('Taken back.')")
    assert left() == NAMES
    undo_by_key(browser)
    assert browser.evaluate(SAID).startswith("Taken back.")
    # What is refused says why, and is not tried again.
    remember(browser, "{ run: 4711 }")
    undo_by_key(browser)
    browser.wait_for(f"{SAID}.startsWith('Not taken back:')")
    assert browser.evaluate("document.getElementById('notice-action').hidden")
    remember(browser, "() => { globalThis.undone = true; }")
    undo_by_key(browser)
    browser.wait_for(f"globalThis.undone && {SAID} === 'Taken back.'")
