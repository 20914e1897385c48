import re
from urllib.parse import urljoin

import pytest

PARTS = {"swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js"}


@pytest.fixture
def page(anonymous):
    return anonymous.get("/api/docs")


def test_the_page_is_open_and_of_html(page):
    assert (page.status_code, page.mimetype) == (200, "text/html")


def test_the_page_names_its_document_relative_to_itself_so_that_it_works_below_a_path(page, anonymous):
    (document,) = re.findall(r'"url": "([^"]+)"', page.text)
    assert anonymous.get(f"/api/{document}").json["info"]["title"] == "Posterizarr Server"


def test_every_file_of_the_page_is_served_by_this_server(page, anonymous):
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert {address.rpartition("/")[2] for address in addresses} == PARTS
    assert not [address for address in addresses if not address.startswith("../ui/")]
    paths = [urljoin("/api/docs", address) for address in addresses]
    assert {anonymous.get(path, buffered=True).status_code for path in paths} == {200}


def test_only_the_scripts_of_the_page_itself_may_run(page):
    policy = dict(part.split(" ", 1) for part in page.headers["Content-Security-Policy"].split("; "))
    assert re.fullmatch(r"'self' 'sha256-[A-Za-z0-9+/=]{44}'", policy["script-src"])
    assert (policy["default-src"], policy["connect-src"]) == ("'none'", "'self'")
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_that_has_not_changed_is_not_sent_again(page, anonymous):
    again = anonymous.get("/api/docs", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
