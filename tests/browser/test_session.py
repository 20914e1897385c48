"""A session that ends is asked for again over the page, and unsaved work is not lost by leaving it."""

import pytest

from tests.browser.visiting import FITS, make_sample, open_signed_in
from tests.conftest import KEY

pytestmark = pytest.mark.slow

ASKED = "document.getElementById('signed-out').open && !!document.getElementById('key')"
GONE = "!document.getElementById('signed-out').open"
NAME = "document.getElementById('key-name').value"
CREATED = "!document.getElementById('created').hidden"
SHOWN = "document.querySelector('main > img').naturalWidth"
LEAVING = "document.getElementById('leaving').open"
AT = "document.readyState === 'complete' && location.pathname === {!r}"
PICTURE = """(() => {
  const image = document.createElement('img');
  image.src = new URL('../test/posterShortText.jpg', location.href);
  document.querySelector('main').append(image);
})()"""


def end_session(browser):
    browser.send("Network.clearBrowserCookies")


def give_key(browser, key):
    browser.click("#signed-out [name=way][value=key]")
    browser.type("#key", key)
    browser.press("Enter")


def reload_is_refused(browser):
    """The browser itself asks before a reload; the person stays."""
    browser.send("Page.reload")
    while not any(event["method"] == "Page.javascriptDialogOpening" for event in browser.events):
        browser.events.append(browser.receive())
    browser.send("Page.handleJavaScriptDialog", accept=False)


def test_a_session_that_ends_is_asked_for_over_the_page_which_goes_on(browser, address, machine):
    make_sample(machine)
    open_signed_in(browser, f"{address}server/keys")
    browser.type("#key-name", "Sonarr")
    end_session(browser)
    browser.press("Enter")
    browser.wait_for(ASKED)
    browser.size(390, 600)
    assert browser.evaluate(FITS) and "stays as it is" in browser.words()
    give_key(browser, "wrong")
    browser.wait_for("document.querySelector('#signed-out .problem')?.textContent.includes('not valid')")
    give_key(browser, KEY)
    browser.wait_for(GONE)
    assert browser.evaluate(NAME) == "Sonarr"
    browser.click("#new-key .primary")
    browser.wait_for(CREATED)
    # A picture is no broken one, and the prompt leaves by itself when another tab has signed in.
    end_session(browser)
    browser.evaluate(PICTURE)
    browser.wait_for(ASKED)
    assert browser.evaluate("getComputedStyle(document.querySelector('main > img')).visibility") == "hidden"
    with browser.another_tab():
        open_signed_in(browser, f"{address}server/runs")
    browser.wait_for(f"{GONE} && {SHOWN} > 0")


def test_a_question_that_is_asked_again_at_once_has_two_answers(browser, address):
    open_signed_in(browser, f"{address}server/keys")
    answers = browser.evaluate("""(async () => {
      const { decide } = await import(document.querySelector("script[src*='frame.js']").src);
      const dialog = document.getElementById("leaving");
      const asked = ["stay", "leave"].map((answer) => {
        const decided = decide(dialog);
        dialog.close(answer);
        return decided;
      });
      return Promise.all(asked);
    })()""")
    assert answers == ["stay", "leave"]


def test_unsaved_work_is_asked_about_by_links_back_and_reloads(browser, address):
    open_signed_in(browser, f"{address}server/runs")
    browser.click(".pages a[href$='/server/keys']")
    browser.wait_for(AT.format("/server/keys"))
    browser.type("#key-name", "Sonarr")
    browser.click(".pages a[href$='/server/library']")
    browser.wait_for(LEAVING)
    browser.press("Enter")
    browser.wait_for(f"!{LEAVING}")
    reload_is_refused(browser)
    assert browser.evaluate(NAME) == "Sonarr"
    browser.evaluate("history.back()")
    browser.wait_for(LEAVING)
    browser.press("Escape")
    browser.wait_for(f"!{LEAVING}")
    assert browser.evaluate(NAME) == "Sonarr"
    browser.evaluate("history.back()")
    browser.wait_for(LEAVING)
    browser.click("#leaving [value=leave]")
    browser.wait_for(AT.format("/server/runs"))
    # What is saved is left without a question.
    browser.click(".pages a[href$='/server/keys']")
    browser.wait_for(AT.format("/server/keys"))
    browser.type("#key-name", "Radarr")
    browser.press("Enter")
    browser.wait_for(CREATED)
    browser.evaluate("history.back()")
    browser.wait_for(AT.format("/server/runs"))
