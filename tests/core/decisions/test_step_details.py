"""The engine's sentences about steps and uploads are known by code, so that pages translate them."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import app as package
from app.core.coded_sentences import OTHER
from app.core.decisions.step_details import PATTERNS, step_detail
from app.poster.kinds import Kind
from app.poster.planning.steps import cover_detail, logo_detail, source_detail, text_detail
from app.poster.records.candidate import Candidate, ProviderName
from app.poster.records.decision import Treatment
from app.poster.records.reasons import Reason
from app.poster.records.server_art import Slot
from app.ui.catalogue import LANGUAGES, texts_in

ENGINE = Path(package.__file__).parent / "poster"
ROOMS = ("uploading", "undoing", "planning", "journal", "exchange")
# The functions that take a sentence, and the place of it among their arguments.
TAKERS = {
    "stamped_record": 2,
    "finished_upload": 3,
    "ServerOwner": 1,
    "Seen": 1,
    "UploadTrouble": 0,
    "TooLarge": 0,
    "ChangedMeanwhile": 0,
    "EditedMeanwhile": 0,
    "UndoStep": 4,
    "PlaceStep": 4,
}
GIVERS = ("too_large", "passing_sentence", "final_sentence", "changed_detail", "cover_detail", "maker")
# What a client says of its request: it is shown as it was written.
OF_OTHERS = {
    "Plex, or correct Plex",
    "Plex, because Plex has a certificate of another name or authority",
    "Plex: too large (Plex bytes, at most Plex are taken); Plex",
}


def sentences():
    """Those in the source that become the reason of a step or upload, with "Plex" or 7 for each value."""
    sources = [path for room in ROOMS for path in sorted((ENGINE / room).glob("*.py"))]
    for path in (*sources, ENGINE / "applying/publishing.py"):
        yield from sentences_of(ast.parse(path.read_text(encoding="utf-8")))


def sentences_of(module):
    names = {
        target.id: node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        name = getattr(getattr(node, "func", None), "id", "")
        if name in TAKERS and len(node.args) > TAKERS[name]:
            yield from rendered(node.args[TAKERS[name]], names)
        if isinstance(node, ast.Call):
            named = [each.value for each in node.keywords if each.arg in ("why", "detail")]
            yield from (text for each in named for text in rendered(each, names))
        if isinstance(node, ast.FunctionDef) and node.name in GIVERS:
            given = [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value]
            yield from (text for each in given for text in rendered(each, names))


def rendered(node, names):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            part.value if isinstance(part, ast.Constant) else value_of(part, names) for part in node.values
        )
    elif isinstance(node, ast.IfExp):
        yield from (text for part in (node.body, node.orelse) for text in rendered(part, names))
    elif isinstance(node, ast.Tuple):
        yield from (text for part in node.elts[1:] for text in rendered(part, names))
    elif isinstance(node, ast.Name) and node.id in names:
        yield from rendered(names[node.id], names)


def value_of(part, names):
    """A value in a sentence: a sentence of the module, or a word that fits."""
    source = ast.unparse(part.value)
    if known := list(rendered(part.value, names)):
        return known[0]
    if source == "seen.owner.value":
        return "a person"
    if source.startswith("where"):
        return "poster on Plex"
    is_number = re.search(r"status|limit|len\(", source)
    return "7" if is_number else "Plex"


def test_each_sentence_of_the_engine_about_a_step_has_a_code():
    found = set(sentences()) - OF_OTHERS - {""}
    assert len(found) > 45
    assert [text for text in sorted(found) if step_detail(text).code == OTHER] == []


addresses = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
candidates = st.builds(Candidate, st.sampled_from(ProviderName), st.just(Kind.POSTER), addresses)


@given(candidates, candidates, st.lists(st.text(), min_size=4, max_size=4))
def test_what_changed_has_a_code_whatever_titles_and_addresses_hold(one, other, texts):
    before, now = Treatment(title=texts[0], second=texts[1]), Treatment(title=texts[2], second=texts[3])
    found = source_detail(one, other), logo_detail(one, other), logo_detail(one, None)
    for sentence in filter(None, (*found, text_detail(before, now), cover_detail(before, now))):
        assert step_detail(sentence).code != OTHER, sentence


SENTENCES = [
    ("'A; b' is now \"it's\"", "text", {"old": "'A; b'", "new": '"it\'s"'}),
    ("Plex sleeps; the upload waits for the next run", "waits", {"detail": "Plex sleeps"}),
    (
        "poster on Plex: carries no mark of a tool",
        "place_said",
        {"slot": "poster", "server": "Plex", "detail": "carries no mark of a tool"},
    ),
    (
        "Plex refused the key; set PlexToken to the token of the server's owner",
        "key_refused",
        {"server": "Plex", "setting": "PlexToken"},
    ),
    (Reason.NOTHING_OFFERED.sentence, "none_offered", {}),
    ("[Errno 28] No space left on device", OTHER, {"sentence": "[Errno 28] No space left on device"}),
]


@pytest.mark.parametrize(("sentence", "code", "values"), SENTENCES)
def test_a_detail_has_a_code_and_values(sentence, code, values):
    assert step_detail(sentence) == (code, values)


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_detail_has_a_text_with_its_values(language):
    texts = texts_in(language).texts
    words = {f"slot.{slot.value}" for slot in Slot}
    words |= {f"provider.{name}" for name in ("server", "folder", "manual", "template", "typographic")}
    known = {name.removeprefix("detail.") for name in texts if name.startswith("detail.")}
    assert known == {*PATTERNS, *words}
    for code, pattern in PATTERNS.items():
        assert fields(texts[f"detail.{code}"]) == set(re.compile(pattern).groupindex), code
