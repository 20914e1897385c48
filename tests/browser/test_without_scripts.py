"""Every page without scripts: names, pictures and ways on can be read, and what needs a script is said."""

import pytest

from tests.api.test_assets import roots
from tests.browser.every_page import furnish_pages, page_addresses
from tests.browser.visiting import open_signed_in

__all__ = ["roots"]

pytestmark = pytest.mark.slow

SEEN = """(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const seen = (selector) => all(selector).filter((each) => each.checkVisibility());
  return {
    title: document.querySelector('h1').innerText,
    words: document.querySelector('main').innerText,
    pictures: seen('main img').filter((each) => each.complete && each.naturalWidth).length,
    says: seen('noscript').some((each) => each.innerText.trim()),
    next: document.querySelector('main [rel=next]')?.href ?? null,
  };
})()"""
# Words, and at least so many pictures, that a page has to show.
SHOWN = {
    "server": ("Film 1", 5),
    "library": ("Film 010", 20),
    "attention": ("Film 010", 5),
    "odd": ("Season 3", 3),
    "runs": ("Done", 0),
    "1": ("Movies/00/poster.jpg", 0),
    "logs": ("Line 599", 0),
    "triggers": ("Alien", 0),
    "picture": ("Alien", 1),
}
PAGED = {"library", "attention", "runs", "1"}


@pytest.fixture
def scriptless(browser, address, machine, roots):
    """The addresses of all pages, in a browser that is signed in and runs no more scripts."""
    furnish_pages(machine, roots["assets"])
    open_signed_in(browser, f"{address}server/runs")
    pages = page_addresses(browser, address)
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    yield pages
    browser.send("Emulation.setScriptExecutionDisabled", value=False)


def test_each_page_is_read_paged_and_says_what_needs_scripts(browser, scriptless, address):
    shown, paged = set(), set()
    for page in scriptless:
        browser.open(page)
        name = page.rstrip("/").rpartition("/")[2]
        name = "server" if page == address else "picture" if "/picture/" in page else name
        words, pictures = SHOWN.get(name, ("", 0))
        browser.wait_for(f"{SEEN}.pictures >= {pictures}")
        seen = browser.evaluate(SEEN)
        assert seen["title"] and words in seen["words"] and seen["says"], (page, seen)
        shown.add(name)
        if seen["next"]:
            paged.add(name)
            browser.open(seen["next"])
            later = browser.evaluate(SEEN)
            assert later["words"] and later["words"] != seen["words"], page
    assert shown > SHOWN.keys() - {"server"} and paged >= PAGED


def test_signing_in_searching_and_filtering_need_no_scripts(browser, scriptless, address):
    browser.open(f"{address}server/library")
    browser.evaluate("document.getElementById('search').value = 'Film 042'")
    browser.evaluate("document.querySelector('#finder noscript button').click()")
    browser.wait_for("location.search.includes('042') && document.querySelectorAll('#wall li').length === 1")
    browser.open(f"{address}server/attention?concern=truncated")
    browser.evaluate("document.querySelector('#narrow [name=search]').value = 'Film 042'")
    browser.evaluate("document.querySelector('#narrow noscript button').click()")
    browser.wait_for("document.querySelectorAll('#cases > li').length === 1")
    browser.click("#sign-out")
    browser.wait_for("!!document.getElementById('sign-in-form')")
