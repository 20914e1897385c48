"""axe-core in the page that is open: what it finds against WCAG A and AA."""

import json
from functools import cache
from importlib.resources import files

IS_THERE = "typeof window.axe !== 'undefined'"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Practices beyond WCAG that say where a person is: in which landmark, below which heading.
PRACTICES = ("region", "heading-order", "page-has-heading-one", "empty-heading", "landmark-one-main")
SERIOUS = ("serious", "critical")
CONTRAST = ("color-contrast", "link-in-text-block")
RUN = """(async () => {
  const options = { resultTypes: ["violations"], runOnly: { type: "rule", values: %s } };
  const { violations } = await axe.run(%s, options);
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ target, any, all, none }) =>
    [impact, id, target.join(" "), [...any, ...all, ...none].map(({ message }) => message).join("; ")]));
})()"""


@cache
def source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def load_axe(browser) -> None:
    """Through the debugger, which no policy of the page restrains."""
    if not browser.evaluate(IS_THERE):
        browser.evaluate(f"{source()}; 1")


def all_rules(browser) -> list[str]:
    """The rules of WCAG A and AA, and the practices."""
    load_axe(browser)
    return browser.evaluate(f"axe.getRules({json.dumps(TAGS)}).map((rule) => rule.ruleId)") + [*PRACTICES]


def findings(browser, rules, within="document") -> list[str]:
    """What is serious or critical, and each breach of a practice, as "impact rule selector: why"."""
    load_axe(browser)
    found = browser.evaluate(RUN % (json.dumps(rules), within))
    return [
        f"{impact} {rule} {place}: {why}"
        for impact, rule, place, why in found
        if impact in SERIOUS or rule in PRACTICES
    ]
