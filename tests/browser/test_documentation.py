"""The page of the API's documentation in a real browser."""

from collections import Counter

import pytest

pytestmark = pytest.mark.slow


def test_the_documentation_shows_every_operation_under_its_strict_policy(browser, address, client):
    paths = client.get("/api/openapi.json").json["paths"].values()
    operations = [operation for item in paths for name, operation in item.items() if name != "parameters"]
    browser.open(f"{address}api/docs")
    browser.wait_for("document.querySelectorAll('.opblock-tag-section').length > 10")
    # One section at a time: Swagger UI shows a part of them where more than 125 operations are open at once.
    for tag, count in Counter(operation["tags"][0] for operation in operations).items():
        click = f"document.getElementById('operations-tag-{tag.replace(' ', '_')}').click()"
        browser.evaluate(click)
        browser.wait_for(f"document.querySelectorAll('.opblock').length === {count}")
        browser.evaluate(click)
        browser.wait_for("document.querySelectorAll('.opblock').length === 0")
    browser.evaluate("document.getElementById('operations-tag-health').click()")
    browser.wait_for("document.querySelectorAll('.opblock-summary-control').length > 0")
    browser.evaluate("document.querySelector('.opblock-summary-control').click()")
    browser.wait_for("document.querySelectorAll('.opblock-body .responses-table').length === 1")
