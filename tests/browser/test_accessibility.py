"""Each page for those who see little, hear it read, or use no mouse: axe-core, and Tab from end to end."""

from urllib.parse import quote

import pytest

from tests.api.test_assets import roots
from tests.browser.axe import CONTRAST, all_rules, findings
from tests.browser.filled import fill
from tests.browser.visiting import DOOR_OPEN, open_signed_in
from tests.browser.walking import faults_of_tab
from tests.candidates import FILM, picture_host

__all__ = ["roots"]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

PICTURE = quote(FILM, safe="/()")
PAGES = {
    "": "!!document.querySelector('#newest img')",
    "library": "!!document.querySelector('.wall.endless a[href]')",
    "attention": "!!document.querySelector('.acts:not(.waiting)')",
    "odd": "!!document.querySelector('.row img')",
    "runs": "!!document.querySelector('tr[id]')",
    "runs/1": "document.getElementById('do-plan')?.disabled === false",
    "runs/2": "document.getElementById('retry-2')?.disabled === false",
    "make": "document.getElementById('drawn').naturalWidth > 0",
    "preflight": "!!document.querySelector('.sheet img')",
    "schedule": "document.getElementById('change-0')?.disabled === false",
    "triggers": "!!document.querySelector('[data-forget]:enabled')",
    "logs?log=Scriptlog.log": "!!document.querySelector('.windowed')",
    "system": "document.getElementById('check')?.disabled === false",
    "keys": "!!document.querySelector('[data-revoke]')",
    "settings": "!!document.querySelector('#index a[aria-current]')",
    "designs": "!!document.querySelector('[data-take]:enabled')",
    "designs/sofa": "!!document.querySelector('.face img')",
    "designs/split": "!!document.querySelector('.split-line:not([hidden])')",
    f"picture/{PICTURE}": "!!document.querySelector('[data-take]:enabled')",
    f"candidates/{PICTURE}": "!!document.querySelector('[data-take]:enabled')",
    "start?step=source": "!!document.querySelector('#result .bad')",
    "start?step=keys": "!!document.querySelector('#tmdb-result .bad')",
    "start?step=libraries": "!!document.querySelector('.empty')",
    "start?step=design": "document.querySelectorAll('.design').length > 8",
    "start?step=first": "!!document.querySelector('#first-run p')",
    "runs/999": "!!document.querySelector('.empty')",
}
SELECTION = ["#select", "#wall li a", "#wall li:nth-child(2) a"]
# What opens each dialog, by the page; those that say the same each time need no reason.
DIALOGS = {
    "library": {"changing": [*SELECTION, "[data-action=hold]:enabled"]},
    "keys": {"revoking": ["[data-revoke]"]},
    "settings": {"backups": ["#backups-open"]},
    "designs": {"saving": ["#tools [data-save]"], "closer": ["#design-classic .poster"]},
    "schedule": {"entry": ["#add"], "starting": ["#run-now:enabled"]},
    "runs": {"starting": ["[data-start=backup] [value=start]:enabled"]},
    "runs/1": {"confirming": ["#do-plan"]},
    "": {"leaving": [], "stopping": []},
    "system": {"repairing": []},
    "triggers": {"forgetting": ["[data-forget]:enabled"]},
    "attention": {"ignoring": ["#ignore-all"], "taking": ["[data-act=take]"]},
    f"picture/{PICTURE}": {"comparing": ["#offered .view"]},
}
SPOILT = """(() => {
  const words = document.createElement('p');
  words.textContent = 'Hardly to be read';
  words.style.color = '#777';
  words.style.background = '#888';
  const button = document.createElement('button');
  button.id = 'unnamed';
  button.style.outline = 'none';
  document.querySelector('main').append(words, button);
})()"""
NOTICE = """(async () => {
  const { src } = document.querySelector("script[src$='/frame.js']");
  const { tell } = await import(src.replace(/frame\\.js$/, "notice.js"));
  tell("It was done.", "bad", { name: "Undo", press() {} });
})()"""
WIDER = "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.getElementById('%s'))"
LOST_IS_SEEN = """(() => {
  const lost = document.getElementById('lost');
  return !lost || getComputedStyle(lost).position === 'sticky';
})()"""
NOTICE_IS_SEEN = """(() => {
  const { left, top, width, height } = document.getElementById('notice-action').getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2)?.id === 'notice-action';
})()"""


@pytest.fixture
def visit(browser, address, machine, roots):
    """Opens a page of ours by its name, and waits until it listens."""
    fill(machine, roots)

    def go(name):
        browser.open(f"{address}server/{name}".rstrip("/"))
        browser.wait_for(f"document.readyState === 'complete' && ({PAGES[name]})")

    with picture_host(machine):
        open_signed_in(browser, f"{address}server/keys")
        yield go


def examined(browser, name, rules, within="document"):
    """What axe finds in both colour schemes."""
    found = []
    for scheme, checked in (("light", rules), ("dark", CONTRAST)):
        browser.prefer(scheme)
        found += [f"{name}, {scheme}: {each}" for each in findings(browser, checked, within)]
    return found


def test_no_page_has_a_finding(browser, visit):
    found = []
    for name in PAGES:
        visit(name)
        for width, scheme in ((1280, "light"), (390, "dark")):
            browser.size(width, 800)
            browser.prefer(scheme)
            found += [f"{name} at {width}: {each}" for each in findings(browser, all_rules(browser))]
    assert not found, "\n".join(found)


def test_what_is_wrong_is_found(browser, visit):
    visit("runs/999")
    assert findings(browser, all_rules(browser)) == []
    browser.evaluate(SPOILT)
    found = [each.split()[:2] for each in findings(browser, all_rules(browser))]
    assert found == [["critical", "button-name"], ["serious", "color-contrast"]]
    assert faults_of_tab(browser) == ["no ring: button#unnamed. "]


def test_neither_the_sign_in_nor_a_selection_has_a_finding(browser, address, visit):
    browser.size(390, 800)
    visit("library")
    for step in SELECTION:
        browser.click(step)
    browser.wait_for("!document.getElementById('chosen-bar').hidden")
    found = examined(browser, "selection", all_rules(browser))
    browser.click("[popovertarget]")
    found += examined(browser, "more pages", all_rules(browser), "document.querySelector('.pages')")
    browser.evaluate("document.getElementById('keyboard').showModal()")
    found += examined(browser, "keyboard", all_rules(browser), "document.getElementById('keyboard')")
    browser.evaluate("document.getElementById('keyboard').close()")
    browser.send("Network.clearBrowserCookies")
    browser.evaluate("document.dispatchEvent(new CustomEvent('unwelcome'))")
    browser.wait_for("!!document.querySelector('#signed-out form#sign-in-form')")
    found += examined(browser, "signed out", all_rules(browser), "document.getElementById('signed-out')")
    browser.open(f"{address}server/sign-in")
    browser.wait_for(DOOR_OPEN)
    found += examined(browser, "sign-in", all_rules(browser))
    assert not found, "\n".join(found)


def test_no_dialog_has_a_finding_and_a_notice_lies_above_it(browser, visit):
    found = []
    browser.size(390, 600)
    for name, dialogs in DIALOGS.items():
        visit(name)
        for dialog, steps in dialogs.items():
            for step in steps:
                browser.click(step)
            if not steps:
                browser.evaluate(f"document.getElementById({dialog!r}).showModal()")
            browser.wait_for(f"document.getElementById({dialog!r}).open")
            browser.evaluate(NOTICE)
            assert browser.evaluate(NOTICE_IS_SEEN), f"{dialog} lies over the notice"
            assert browser.evaluate(f"{WIDER % dialog} <= 0"), f"{dialog} is too narrow for a long word"
            found += examined(browser, dialog, all_rules(browser), f"document.getElementById({dialog!r})")
            browser.evaluate(f"document.getElementById({dialog!r}).close()")
    assert not found, "\n".join(found)


def test_tab_reaches_each_control_once_shows_where_it_is_and_leaves_the_page(browser, visit):
    browser.size(390, 800)
    found = []
    for name in PAGES:
        visit(name)
        found += [f"{name}: {fault}" for fault in faults_of_tab(browser)]
        assert browser.evaluate(LOST_IS_SEEN), f"{name} scrolls away that the connection is lost"
    assert not found, "\n".join(found)
