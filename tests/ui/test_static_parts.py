from dataclasses import replace
from pathlib import Path

import pytest

from app.ui.static_parts import KEPT_FOR_EVER, PARTS, static_parts
from tests.ui.test_frame import PAGES
from tests.ui.test_page import Tags, read, scripts_of


def named_parts(page: Tags) -> list[str]:
    return [value for value in page.values("src", "href") if value.startswith("/ui/")]


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_keeps_every_part_that_a_page_names(client, path):
    for address in named_parts(Tags(read(client, path).text)):
        answer = read(client, address)
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == KEPT_FOR_EVER, address
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fetches_all_that_its_scripts_import_at_once(client, path):
    page = Tags(read(client, path).text)
    preloaded = [link["href"] for link in page.of("link") if link["rel"] == "modulepreload"]
    loaded = [script["src"] for script in page.of("script") if "src" in script]
    assert len(set(preloaded) | set(loaded)) == len(preloaded) + len(loaded)
    assert {Path(address).name for address in preloaded + loaded} == {path.name for path in scripts_of(page)}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ui/frame.js", 200),
        ("/ui/v-0123456789ab/frame.js", 200),
        ("/ui/v-0123456789ab/nowhere.js", 404),
        ("/ui/v-0123456789ab/swagger-ui/swagger-ui.css", 200),
        ("/ui/v-0123456789ab/../frame.js", 404),
        ("/ui/v-0123456789ab/%2e%2e/__init__.py", 404),
        ("/ui/v-0123456789ab/frame.js%00", 404),
        ("/ui/v-/frame.js", 404),
    ],
)
def test_any_other_version_answers_with_the_present_part_and_is_asked_for_again(anonymous, address, status):
    answer = read(anonymous, address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-cache")
    if status == 200:
        assert (
            answer.data == (PARTS / address.partition("ui/")[2].removeprefix("v-0123456789ab/")).read_bytes()
        )


def test_a_part_that_an_update_replaced_is_not_kept_under_the_version_before():
    known = static_parts()
    assert known.is_present(known.version, "frame.js")
    before = replace(known, stamps={**known.stamps, "frame.js": (1, 1)})
    assert not before.is_present(known.version, "frame.js")
    assert not known.is_present(known.version, "nowhere.js")
    assert not known.is_present(None, "frame.js")


def test_scripts_that_import_each_other_are_listed_once():
    known = replace(
        static_parts(), imports={"a.js": ("b.js", "c.js"), "b.js": ("a.js", "c.js"), "c.js": ("d.js",)}
    )
    assert known.imported_by(["a.js"]) == ["b.js", "c.js", "d.js"]
