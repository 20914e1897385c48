"""The rules, as a person edits them: seen before they are saved, saved, and taken back."""

import json

import pytest

from app.poster.journal.journal import Journal
from app.poster.records.ids import Medium
from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.driving import eventually
from tests.poster.pricing.test_stock import decision, made
from tests.poster.rule_files import rule, write_rules

pytestmark = pytest.mark.slow

MET = "[...document.querySelectorAll('.met')].map((each) => each.innerText)"
ROW = ".rule:nth-child({})"


def saved(machine):
    content = machine.paths.rules.read_text() if machine.paths.rules.is_file() else "{}"
    return json.loads(content).get("rules", [])


def fill_journal(machine):
    """A film and a show that a run has made."""
    data = machine.paths.engine.parent
    journal = Journal(machine.paths.engine)
    for each in (decision(), decision("Dark", "TV", Medium.SHOW)):
        journal.note(made(data, each))
    journal.close()


def press(browser, selector):
    browser.wait_for(f"!document.querySelector({selector!r}).disabled")
    browser.evaluate(f"document.querySelector({selector!r}).click()")


def choose(browser, selector, value):
    browser.evaluate(
        f"(() => {{ const field = document.querySelector({selector!r}); field.value = {value!r};"
        "field.dispatchEvent(new Event('input', {bubbles: true}));"
        "field.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )


def test_a_rule_is_made_seen_saved_taken_back_and_two_sessions_are_shown_both(browser, address, machine):
    fill_journal(machine)
    sign_in_to(browser, address, "server/settings/rules")
    press(browser, "#add")
    browser.wait_for("document.activeElement.matches('[data-name]')")
    browser.wait_for(f"{MET}[0] === 'Applies to 2 titles with 2 pictures'")
    choose(browser, f"{ROW.format(1)} [data-when=library]", "tv")
    choose(browser, f"{ROW.format(1)} [data-add]", "title_size")
    browser.wait_for(f"{MET}[0] === 'Applies to one title with 1 pictures'")
    choose(browser, f"{ROW.format(1)} [type=number]", "999")
    wrong = "document.querySelector('[data-setting=title_size] .wrong').innerText"
    browser.wait_for(f"{wrong}.includes('25 to 200')")
    choose(browser, f"{ROW.format(1)} [type=number]", "60")
    browser.wait_for(f"{wrong} === ''")
    browser.wait_for("document.getElementById('price').innerText.startsWith('No picture beyond the 2')")
    browser.wait_for("document.getElementById('preview').alt.startsWith('TV/Dark')")
    browser.wait_for("document.getElementById('preview').naturalWidth > 0")
    for width in (1440, 820, 390):
        browser.size(width, 800)
        assert browser.evaluate(FITS), width
    press(browser, "#save")
    expected = rule("Rule 1", {"library": "tv"}, title_size=60)
    assert eventually(lambda: saved(machine)) == [expected]
    browser.wait_for("document.getElementById('save-bar').hidden")
    press(browser, "#notice-action")
    eventually(lambda: saved(machine) == [])
    browser.wait_for("!document.querySelector('.rule')")
    write_rules(machine.paths.data, rule("Theirs", {"title": "Alien"}, text=False))
    press(browser, "#example")
    browser.wait_for(f"{MET}[0] === 'Applies to nothing that was made so far'")
    press(browser, "#save")
    browser.wait_for("document.getElementById('conflict').open")
    assert "Theirs" in text_of(browser, "#theirs") and "Anime" in text_of(browser, "#mine")
    press(browser, "#conflict [value=mine]")
    assert eventually(lambda: saved(machine)[0]["name"] == "Anime in Japanese")


def test_contradictions_stand_at_both_rules_and_the_order_is_changed_by_keys(browser, address, machine):
    one = rule("A", {"library": "Movies"}, title_size=50)
    write_rules(machine.paths.data, one)
    sign_in_to(browser, address, "server/settings/rules")
    browser.open(f"{address}server/settings/rules?title=Alien")
    browser.wait_for(f"document.querySelector({ROW.format(2)!r} + ' .named').innerText.includes('Alien')")
    choose(browser, f"{ROW.format(2)} [data-when=title]", "")
    choose(browser, f"{ROW.format(2)} [data-when=library]", "movies")
    choose(browser, f"{ROW.format(2)} [data-add]", "title_size")
    against = "[...document.querySelectorAll('.against')].map((each) => each.innerText)"
    browser.wait_for(f"{against}[0].includes('Alien') && {against}[1].includes('“A” is for the same titles')")
    browser.evaluate("document.querySelector('.rule:nth-child(2) .named').focus()")
    browser.send("Input.dispatchKeyEvent", type="keyDown", key="ArrowUp", modifiers=1)
    browser.wait_for("document.querySelector('.rule:nth-child(1) .named').innerText.includes('Alien')")
    assert browser.evaluate("document.activeElement.innerText.includes('Alien')")
    press(browser, "#save")
    browser.wait_for("document.getElementById('notice-text').innerText.startsWith('Nothing was saved')")
    assert saved(machine) == [one]
    press(browser, "#discard")
    browser.wait_for("document.getElementById('save-bar').hidden")
