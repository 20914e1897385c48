import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client
from werkzeug.wrappers import Response

import app as package
from tests.conftest import KEY
from tests.poster.script.test_rotation import make_log
from tests.ui.test_frame import PAGES

PARTS = Path(package.__file__).parent / "ui" / "static"
SCRIPTS = sorted(PARTS.glob("*.js"))
TEXT = 4.5  # the contrast that WCAG AA asks of text
EDGE = 3.0  # and of the edge of a control


class Tags(HTMLParser):
    """Every tag of a page with its attributes, and the text of its scripts and styles."""

    def __init__(self, page: str):
        super().__init__()
        self.tags, self.inline = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] in ("script", "style"):
            self.inline += data.strip()

    def values(self, *names: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags for name in names if name in attributes]

    def of(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.tags if name == tag]


def read(client, path: str, **options):
    """Answer the whole response; the file that it came from is closed."""
    return client.get(path, buffered=True, **options)


@pytest.fixture
def page(client) -> Tags:
    return Tags(read(client, "/").text)


def test_a_head_request_gets_the_headers_alone(client):
    answer = client.head("/")
    assert answer.status_code == 200
    assert answer.data == b""


def test_the_policy_lets_nothing_but_the_servers_own_scripts_run(anonymous):
    policy = dict(
        part.split(" ", 1) for part in read(anonymous, "/").headers["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert "unsafe" not in str(policy)


@pytest.mark.parametrize("path", ["/", "/ui/frame.js", "/ui/tokens.css", "/ui/icon.svg", "/ui/nowhere.js"])
def test_every_answer_is_kept_from_frames_guesses_and_referrers(anonymous, path):
    headers = read(anonymous, path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]


def test_no_script_style_or_handler_stands_in_the_page_itself(page):
    (texts,) = (tag for tag in page.of("script") if "src" not in tag)
    assert texts["type"] == "application/json" and json.loads(page.inline)
    names = {name for _, attributes in page.tags for name in attributes}
    assert not {name for name in names if name.startswith("on") or name == "style"}


def test_what_the_page_is_made_of_is_there(page, client):
    named = [value for value in page.values("src", "href") if value.startswith("/ui/")]
    assert {"home.js", "tokens.css", "icon.svg"} <= {value.rpartition("/")[2] for value in named}
    for value in named:
        assert read(client, value).status_code == 200, value
    for value in page.values("src", "href", "action"):
        assert value.startswith(("/", "#")) and not value.startswith("//"), value


def test_every_script_imports_scripts_that_are_there():
    for script in SCRIPTS:
        for name in re.findall(r'from "\./([^"]+)"', script.read_text()):
            assert (PARTS / name).is_file(), f"{script.name} imports {name}"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_turns_data_into_markup_or_code(script):
    forbidden = r"(inner|outer|Adjacent)HTML|document\.write|\beval\(|new Function|createContextualFragment"
    assert not re.search(forbidden, script.read_text())


def scripts_of(page: Tags) -> set[Path]:
    """The scripts that the page loads, and all that these import."""
    found = {PARTS / Path(tag["src"]).name for tag in page.of("script") if "src" in tag}
    while more := {PARTS / name for script in found for name in imported(script)} - found:
        found |= more
    return found


def imported(script: Path) -> list[str]:
    return re.findall(r'from "\./([^"]+)"', script.read_text())


@pytest.mark.parametrize("path", PAGES)
def test_every_element_that_a_script_looks_for_is_in_the_page(client, machine, path):
    make_log(machine.paths.logs, text="[INFO] Something to show.\n")
    page = Tags(read(client, path).text)
    # What may be missing is followed by a question mark.
    wanted = {
        name
        for script in scripts_of(page)
        for name in re.findall(r'find\("([\w-]+)"\)(?! ?\?)', script.read_text())
    }
    assert len(wanted) > 3
    assert wanted <= set(page.values("id"))


def test_every_field_has_a_label_and_every_picture_a_text(page):
    labelled = set(page.values("for"))
    fields = [field for tag in ("input", "select") for field in page.of(tag)]
    wrapped = {"language"}  # it stands inside of its label
    assert not [field for field in fields if field["id"] not in labelled | wrapped]
    assert all("alt" in picture for picture in page.of("img"))


def test_an_unchanged_part_is_not_sent_again(client):
    for path in ("/", "/ui/frame.js", "/ui/tokens.css"):  # without a version
        first = read(client, path)
        assert first.headers["Cache-Control"] == "no-cache"
        again = read(client, path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304, path
        assert again.data == b""


def test_parts_carry_types_that_a_browser_accepts_under_nosniff(anonymous):
    assert read(anonymous, "/ui/frame.js").mimetype in ("text/javascript", "application/javascript")
    assert read(anonymous, "/ui/tokens.css").mimetype == "text/css"
    assert read(anonymous, "/ui/icon.svg").mimetype == "image/svg+xml"


@pytest.mark.parametrize(
    "path", ["../__init__.py", "%2e%2e/__init__.py", "..%2f__init__.py", "/etc/passwd", ""]
)
def test_no_part_is_read_from_outside_of_its_folder(anonymous, path):
    answer = read(anonymous, f"/ui/{path}")
    assert answer.status_code in (308, 404)
    assert b"Blueprint" not in answer.data
    assert b"root:" not in answer.data


def test_a_page_cannot_be_posted_to(client):
    assert client.post("/").status_code == 405


def test_below_a_base_path_the_bare_path_leads_to_the_folder(app):
    mounted = Client(DispatcherMiddleware(Response("elsewhere"), {"/posterizarr": app}), Response)
    signed_in = {"headers": {"X-API-Key": KEY}}
    bare = mounted.get("/posterizarr", **signed_in)
    assert bare.status_code == 308
    assert bare.headers["Location"].endswith("/posterizarr/")
    page = Tags(mounted.get("/posterizarr/", **signed_in).text)
    ways = [way for way in page.values("href", "src") if way.startswith("/")]
    assert ways and all(way.startswith("/posterizarr/") for way in ways)
    assert read(mounted, "/posterizarr/ui/frame.js").status_code == 200


def colors(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(color: str) -> float:
    channels = (int(color[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_every_ground_it_stands_on(scheme):
    dark, light = re.findall(r":root \{(.*?)\}", (PARTS / "tokens.css").read_text(), re.DOTALL)[:2]
    palette = colors(dark) | (colors(light) if scheme == "light" else {})
    grounds = ("ground", "card", "sunk")
    pairs = [(ink, ground) for ink in ("ink", "soft", "link", "bad", "warn") for ground in grounds]
    pairs += [
        ("good", "good-ground"),
        ("bad", "bad-ground"),
        ("warn", "warn-ground"),
        ("ink", "warn-ground"),
        ("ink", "bad-ground"),
    ]
    pairs += [("ink", "still-ground"), ("on-gold", "gold"), ("on-gold", "gold-strong")]
    poor = {pair: contrast(palette[pair[0]], palette[pair[1]]) for pair in pairs}
    assert not {pair: ratio for pair, ratio in poor.items() if ratio < TEXT}
    assert contrast(palette["field"], palette["card"]) >= EDGE
