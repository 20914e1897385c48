"""The frame of the pages: who may see them, and what is escaped."""

import gzip
import re
from pathlib import Path

import pytest

from app.services import keys

PAGES = ["/", "/server/keys", "/server/library", "/server/logs", "/server/runs", "/server/system"]


@pytest.mark.parametrize("path", PAGES)
def test_who_is_not_signed_in_is_sent_to_the_sign_in_and_from_there_back(anonymous, path):
    answer = anonymous.get(f"{path}?a=1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/server/sign-in?next={path[1:]}?a%3D1"
    assert answer.headers["Cache-Control"] == "no-store"
    below = anonymous.get(path, base_url="http://localhost/posters")
    here = f"?next={path[1:]}" if path != "/" else ""
    assert below.headers["Location"] == f"/posters/server/sign-in{here}"


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/server/system"])  # which measures
def test_a_page_marks_itself_in_the_navigation_and_is_304_while_nothing_changes(client, path):
    page = client.get(path)
    assert page.status_code == 200
    assert page.text.count('aria-current="page"') == 1
    assert f'<a href="{path}" aria-current="page">' in page.text
    again = client.get(path, headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


def test_a_long_page_is_packed_for_who_can_unpack_it_and_is_304_then_too(client):
    plain = client.get("/server/settings")
    packed = client.get("/server/settings", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers and packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data and len(packed.data) < 60 * 1024
    assert "Accept-Encoding" in plain.headers["Vary"] and plain.headers["ETag"] != packed.headers["ETag"]
    headers = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert client.get("/server/settings", headers=headers).status_code == 304


def test_a_key_without_the_scope_gets_403_and_no_redirect(anonymous, machine):
    _, plain = keys.create_key(machine, "reader", ["read"])
    assert anonymous.get("/server/keys", headers={"X-API-Key": plain}).status_code == 403


def test_keys_are_listed_with_their_times_and_names_are_text(client, machine):
    keys.create_key(machine, "<b>Sonarr</b>", ["webhook"])
    page = client.get("/server/keys").text
    assert "&lt;b&gt;Sonarr&lt;/b&gt;" in page and "<b>Sonarr" not in page
    assert ">webhook</td>" in page


@pytest.mark.parametrize(
    ("accept", "kind"), [("text/html,*/*;q=0.8", "text/html"), ("*/*", "application/json")]
)
def test_a_refused_page_says_why_to_a_person_and_to_a_script(anonymous, machine, accept, kind):
    _, plain = keys.create_key(machine, "reader", ["read"])
    answer = anonymous.get("/server/keys", headers={"X-API-Key": plain, "Accept": accept})
    assert (answer.status_code, answer.mimetype) == (403, kind)
    assert "lack the scope" in answer.text
    assert ("<h1>Not allowed</h1>" in answer.text) == (kind == "text/html")


@pytest.mark.parametrize("name", ["base.css", "controls.css", "parts.css", "frame.css"])
def test_shared_sheets_style_no_bare_name_of_a_severity(name):
    """A line of a log and a problem carry it as their class: a banner of that name would set them, too."""
    sheet = (Path("app/ui/static") / name).read_text("utf-8")
    assert not re.search(r"^\.(warning|error|note|info)\b", sheet, re.MULTILINE)
