"""The page of the API's documentation in a real browser."""

import pytest

pytestmark = pytest.mark.slow


def test_the_documentation_shows_every_operation_under_its_strict_policy(browser, address, client):
    paths = client.get("/api/openapi.json").json["paths"].values()
    count = sum(len(item.keys() - {"parameters"}) for item in paths)
    browser.open(f"{address}api/docs")
    browser.wait_for("document.querySelectorAll('.opblock-tag-section').length > 10")
    browser.evaluate(
        "document.querySelectorAll('.opblock-tag[data-is-open=false]').forEach((tag) => tag.click())"
    )
    browser.wait_for(f"document.querySelectorAll('.opblock').length === {count}")
    browser.evaluate("document.querySelector('.opblock-summary-control').click()")
    browser.wait_for("document.querySelectorAll('.opblock-body .responses-table').length === 1")
