"""The page of the settings, as a person uses it."""

import json

import pytest

from app.services.previews import previews
from tests.browser.axe import all_rules, findings
from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.browser.walking import faults_of_tab
from tests.doubles.loopback import serving
from tests.doubles.media_plex import TOKEN, MediaPlex
from tests.doubles.media_world import small_media

pytestmark = pytest.mark.slow

READY = "!!document.querySelector('#index a[aria-current]')"
SHOWN = (
    "[...document.querySelectorAll('.setting')].filter((one) => one.checkVisibility()).map((one) => one.id)"
)
NOTICE = "document.getElementById('notice-text').innerText"
UNSAVED = "document.getElementById('unsaved').elements.changes.value"
LEAVING = "document.getElementById('leaving').open"


@pytest.fixture(autouse=True)
def nothing_unsaved(browser):
    """A page with unsaved work would keep the next test from leaving it."""
    yield
    browser.glance(f"({UNSAVED} = '')")


@pytest.fixture
def plex():
    with serving(MediaPlex(small_media())) as plex:
        yield plex


@pytest.fixture
def previewing(app):
    """The process that draws previews ends with the test."""
    yield
    previews.of(app).close()


def setting(machine, section, key):
    return json.loads(machine.config.path.read_text())[section].get(key)


def open_settings(browser, address, place=""):
    sign_in_to(browser, address, "server/settings")
    if place:
        browser.open(f"{address}server/settings?1#{place}")
    browser.wait_for(READY)


def control(name):
    return f"document.querySelector('[name=\"{name}\"]')"


def set_to(browser, name, value):
    """Type a value and leave the field, as a person does."""
    browser.evaluate(
        f"(() => {{ const one = {control(name)}; one.value = {json.dumps(value)};"
        "for (const kind of ['input', 'change']) one.dispatchEvent(new Event(kind, {bubbles: true})); })()"
    )


def save(browser, words="Saved. Settings changed"):
    browser.evaluate("document.getElementById('notice-text').textContent = ''")
    browser.evaluate("document.getElementById('save').click()")
    browser.wait_for(f"{NOTICE}.includes({words!r})")


def test_a_setting_is_found_in_either_language_changed_saved_and_taken_back(browser, address, machine):
    open_settings(browser, address)
    before = setting(machine, "PrerequisitePart", "LogoFlatColor")
    browser.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}))")
    assert browser.evaluate("document.activeElement.id") == "search"
    browser.type("#search", "schlichter farbe")
    assert browser.evaluate(SHOWN) == ["PrerequisitePart.LogoFlatColor"]
    browser.press("Enter")
    assert browser.evaluate("document.activeElement.name") == "LogoFlatColor"
    browser.evaluate("document.activeElement.select()")
    browser.type("[name=LogoFlatColor]", "no colour")
    save(browser, "Settings to correct: 1")
    assert "This is no colour" in text_of(browser, "[id='PrerequisitePart.LogoFlatColor'] .problem")
    set_to(browser, "LogoFlatColor", "gold")
    save(browser)
    assert setting(machine, "PrerequisitePart", "LogoFlatColor") == "gold"
    assert "Default: white" in text_of(browser, "[id='PrerequisitePart.LogoFlatColor'] .changed")
    assert browser.evaluate(UNSAVED) == ""
    browser.click("#notice-action")
    browser.wait_for(f"{control('LogoFlatColor')}.value === {before!r}")
    assert setting(machine, "PrerequisitePart", "LogoFlatColor") == before
    browser.evaluate("document.getElementById('search').select()")
    browser.type("#search", "-[(")
    assert browser.evaluate(SHOWN) == [] and "No setting fits" in text_of(browser, "#none")
    browser.evaluate("document.getElementById('search').select()")
    browser.type("#search", "jpeg quality")
    assert browser.evaluate(SHOWN) == ["OverlayPart.outputQuality"]


def test_what_the_server_refuses_stands_at_its_setting(browser, address, machine):
    open_settings(browser, address, "PosterOverlayPart.minPointSize")
    browser.wait_for("document.activeElement.name === 'PosterMinPointSize'")
    set_to(browser, "PosterMinPointSize", "900")
    save(browser, "Settings to correct: 1")
    sentence = text_of(browser, "[id='PosterOverlayPart.minPointSize'] .problem")
    assert "900 is more than the largest text (300)." in sentence
    assert setting(machine, "PosterOverlayPart", "minPointSize") != "900"


def test_two_sessions_that_change_the_same_see_both_values(browser, address, machine, client):
    open_settings(browser, address, "posters")
    set_to(browser, "PosterFontcolor", "gold")
    set_to(browser, "PosterBorderwidth", "7")
    theirs = {"config": {"PosterFontcolor": "navy", "PosterStrokewidth": "9"}}
    assert client.post("/api/config", json=theirs).status_code == 200
    browser.click("#save")
    browser.wait_for("document.getElementById('conflict').open")
    words = text_of(browser, "#conflict")
    assert "gold" in words and "navy" in words and "Before: white" in words
    assert "Border width" not in words
    browser.click("[name=conflict-0][value=theirs]")
    browser.click("#conflict [value=save]")
    browser.wait_for(f"{NOTICE}.includes('Settings changed: 1')")
    saved = json.loads(machine.config.path.read_text())["PosterOverlayPart"]
    assert (saved["fontcolor"], saved["borderwidth"], saved["strokewidth"]) == ("navy", "7", "9")
    assert browser.evaluate(
        f"[{control('PosterFontcolor')}.value, {control('PosterStrokewidth')}.value]"
    ) == ["navy", "9"]


def test_unsaved_work_is_asked_about_before_a_link_or_back(browser, address, machine):
    sign_in_to(browser, address, "server/keys")
    browser.open(f"{address}server/settings")
    browser.wait_for(READY)
    browser.click("[name=PosterAddBorder]")
    browser.click("#index a[href='#logs']")
    for way in ("document.querySelector('.brand a').click()", "history.back()"):
        browser.evaluate(way)
        browser.wait_for(LEAVING)
        browser.press("Escape")
        browser.wait_for(f"!{LEAVING}")
    # A reload is asked about by the browser itself, wherever the page says that it has something to lose.
    asked = (
        "(() => { const event = new Event('beforeunload', {cancelable: true});"
        "return !dispatchEvent(event); })()"
    )
    assert browser.evaluate(asked) is True
    browser.click("#discard")
    assert browser.evaluate(asked) is False
    browser.click("#notice-action")
    browser.wait_for(f"{UNSAVED} !== ''")
    browser.click("#discard")
    browser.evaluate("history.back()")
    browser.wait_for("location.pathname === '/server/keys'")


def test_lists_secrets_and_choices_are_changed_by_keyboard(browser, address, machine, previewing):
    machine.paths.overlays.mkdir(parents=True, exist_ok=True)
    (machine.paths.overlays / "<b>.png").write_bytes(b"")
    machine.config.path.write_text(
        json.dumps({"ApiPart": {"tmdbtoken": "old-token", "PreferredLanguageOrder": ["xx", "en"]}})
    )
    open_settings(browser, address, "languages")
    browser.evaluate(
        "document.querySelector('[id=\"ApiPart.PreferredLanguageOrder\"] li:nth-child(2) button').focus()"
    )
    browser.press("Enter")
    save(browser)
    assert setting(machine, "ApiPart", "PreferredLanguageOrder") == ["en", "xx"]
    browser.click("#index a[href='#providers']")
    assert browser.evaluate(f"{control('tmdbtoken')}.value") == ""
    browser.type("[name=tmdbtoken]", "new-token")
    save(browser)
    assert setting(machine, "ApiPart", "tmdbtoken") == "new-token"
    assert browser.evaluate(f"{control('tmdbtoken')}.value") == ""
    browser.click("[id='ApiPart.tmdbtoken'] [data-clear]")
    browser.evaluate("document.getElementById('save').focus()")
    save(browser)
    assert setting(machine, "ApiPart", "tmdbtoken") == ""
    assert browser.evaluate("document.activeElement.name") == "tmdbtoken"
    # The choice of a file has what is there as soon as somebody looks at it.
    browser.click("#index a[href='#overlays']")
    browser.evaluate(f"{control('overlayfile')}.focus()")
    assert browser.evaluate(f"[...{control('overlayfile')}.options].map((one) => one.text)") == [
        "overlay-innerglow.png",
        "<b>.png",
        "Upload a file …",
    ]
    set_to(browser, "overlayfile", "<b>.png")
    save(browser)
    assert setting(machine, "PrerequisitePart", "overlayfile") == "<b>.png"


ADD_ROW = """((id, values) => {
  const place = document.getElementById(id);
  place.querySelector(".rows-foot button").click();
  const cells = place.querySelectorAll("li:last-child :is(input, select)");
  values.forEach((value, number) => {
    cells[number].value = value;
    cells[number].dispatchEvent(new Event("input", { bubbles: true }));
  });
})(%s, %s)"""


def add_row(browser, anchor, *values):
    browser.evaluate(ADD_ROW % (json.dumps(anchor), json.dumps(values)))


def test_lists_of_several_parts_are_saved_as_the_script_reads_them(browser, address, machine):
    open_settings(browser, address)
    browser.click("#index a[href='#titles']")
    add_row(browser, "PrerequisitePart.NewLineWords", "Star Wars", "Star\\nWars")
    add_row(browser, "PrerequisitePart.NewLineSymbols", " – ")
    add_row(browser, "ApiPart.LibraryLanguageOverrides", "Anime", "LogoLanguageOrder", "ja, en")
    add_row(browser, "ApiPart.LibraryLanguageOverrides", "Anime", "PreferredLanguageOrder", "xx")
    other = "document.querySelector('[id=\"PlexPart.LibstoExclude\"] .rows-foot input')"
    browser.evaluate(f"{other}.value = 'Music'; {other}.nextElementSibling.click()")
    browser.click("[id='ApiPart.PreferredTCLanguageOrder'] .rows-foot [type=checkbox]")
    add_row(browser, "ApiPart.PreferredTCLanguageOrder", "fr-CA")
    save(browser)
    assert setting(machine, "PrerequisitePart", "NewLineWords") == {"Star Wars": "Star\nWars"}
    assert setting(machine, "PrerequisitePart", "NewLineSymbols") == [" - ", " – "]
    assert setting(machine, "ApiPart", "LibraryLanguageOverrides") == {
        "Anime": {"LogoLanguageOrder": ["ja", "en"], "PreferredLanguageOrder": ["xx"]}
    }
    assert setting(machine, "PlexPart", "LibstoExclude") == ["Music"]
    assert setting(machine, "ApiPart", "PreferredTCLanguageOrder") == ["fr-CA"]


def test_a_connection_is_tested_with_what_is_not_saved_and_an_address_is_mended(
    browser, address, machine, plex
):
    machine.config.path.write_text(json.dumps({"PlexPart": {"PlexUrl": "http://127.0.0.1:9"}}))
    open_settings(browser, address)
    result = "document.querySelector('[data-test=plex] + span').innerText"
    set_to(browser, "PlexUrl", f"{plex.url.removeprefix('http://')}/")
    assert browser.evaluate(f"{control('PlexUrl')}.value") == plex.url
    browser.type("[name=PlexToken]", TOKEN)
    browser.click("[data-test=plex]")
    browser.wait_for(f"{result}.startsWith('It works.')")
    browser.evaluate(f"{control('PlexToken')}.value = 'wrong'")
    browser.click("[data-test=plex]")
    browser.wait_for(f"{result}.includes('refuses the key')")
    browser.evaluate(f"{control('PlexToken')}.value = {TOKEN!r}")
    browser.click("[data-libraries=Plex]")
    browser.wait_for("document.querySelectorAll('[id=\"PlexPart.LibstoExclude\"] .ticks label').length > 0")
    assert setting(machine, "PlexPart", "PlexUrl") == "http://127.0.0.1:9"


def test_the_preview_follows_the_values_and_a_backup_shows_what_it_would_change(
    browser, address, machine, previewing
):
    open_settings(browser, address)
    drawn = "document.getElementById('preview-picture').src"
    browser.click("#index a[href='#posters']")
    first = browser.wait_for(drawn)
    set_to(browser, "PosterFontcolor", "gold")
    browser.wait_for(f"{drawn} !== {first!r}")
    browser.wait_for("document.getElementById('price').innerText !== ''")
    browser.click("#index a[href='#card_title']")
    picture = "document.getElementById('preview-picture')"
    browser.wait_for(f"{picture}.naturalWidth > {picture}.naturalHeight")
    browser.click("#index a[href='#plex']")
    assert browser.evaluate("document.getElementById('preview').hidden")
    save(browser)
    browser.click("#backups-open")
    browser.click("#backup-list summary")
    browser.wait_for("document.querySelector('#backup-list ul')?.innerText.includes('gold → white')")
    browser.click("#backup-list button")
    browser.wait_for(f"{NOTICE}.includes('Restored. Settings changed: 1')")
    assert setting(machine, "PosterOverlayPart", "fontcolor") == "white"
    assert browser.evaluate(f"{control('PosterFontcolor')}.value") == "white"


def test_every_control_is_reached_by_tab_and_the_page_fits_a_phone(browser, address, previewing):
    open_settings(browser, address)
    browser.click("#index a[href='#posters']")
    for width in (1440, 820, 390):
        browser.size(width, 800)
        assert browser.evaluate(FITS), width
    set_to(browser, "PosterFontcolor", "gold")
    assert findings(browser, all_rules(browser)) == []
    assert faults_of_tab(browser) == []
    browser.click("#discard")
