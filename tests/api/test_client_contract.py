"""Every field that the existing web page reads is there with its type, on a server with all kinds of data."""

import re
from io import BytesIO
from numbers import Number
from urllib.parse import quote

import pytest
from PIL import Image

from app.models.base import now
from app.services import keys
from tests.api.client_contract import ASKING, READING, WRITING
from tests.conftest import KEY
from tests.log.test_logs import logging_as_before
from tests.past_runs import make_run

__all__ = ["logging_as_before"]

TOKEN = re.compile(r"[\w.]+(?:\[\])?:[snbolv]\??|[\w.]+[{\[]|[}\]]")
picture = BytesIO()
Image.new("RGB", (20, 30)).save(picture, "PNG")
PICTURE = picture.getvalue()
KINDS = {"s": str, "n": Number, "b": bool, "o": dict, "l": list, "v": (str, Number)}


def faults(reads, answer):
    """The fields of the notation that the answer lacks or has with another type, each with what is there."""
    tokens = TOKEN.findall(reads)
    assert "".join(tokens) == "".join(reads.split()), "the notation has a mistake"
    return list(missing(iter(tokens), [("", answer)]))


def missing(tokens, places):
    """Compare the fields up to the closing bracket with the object at each place."""
    for token in tokens:
        if token in ("}", "]"):
            return
        name, inner = re.match(r"[\w.]+", token)[0], list(fields_of(token, places))
        if token.endswith(("{", "[")):
            yield from (f"{at}: {found!r:.60}" for at, found in inner if not isinstance(found, dict))
            if not inner:
                yield f"{places[0][0] if places else ''}.{name}: no entry"
            yield from missing(tokens, [(at, found) for at, found in inner if isinstance(found, dict)])
        else:
            yield from (f"{at}: {found!r:.60}" for at, found in inner if not fits(token, found))


def fields_of(token, places):
    """(place, value) of the field in each of the objects, of each entry where it is a list."""
    name = re.match(r"[\w.]+", token)[0]
    for at, holder in places:
        value = holder if name == "." else holder.get(name, "missing")
        if token.endswith("[") or "[]" in token:
            entries = value if isinstance(value, list) else [None]
            yield from ((f"{at}.{name}[{number}]", entry) for number, entry in enumerate(entries))
        else:
            yield f"{at}.{name}", value


def fits(token, found):
    kind = token.rpartition(":")[2]
    if found is None:
        return kind.endswith("?")
    is_flag = isinstance(found, bool)
    return isinstance(found, KINDS[kind[0]]) and is_flag is (kind[0] == "b") and found != "missing"


def called(client, call, **names):
    path, mark, query = call.path.format(**names).partition("?")
    address = f"/api/{quote(path, safe='/%()')}{mark}{query}"
    return client.open(address, method=call.method, **content_of(call.body, names))


def content_of(body, names):
    """What the test client sends; a body with a file goes as a form."""
    if body is None:
        return {}
    if "file" not in body:
        texts = {name: value.format(**names) for name, value in body.items() if isinstance(value, str)}
        return {"json": body | texts}
    return {"data": body | {"file": (BytesIO(PICTURE), body["file"])}}


@pytest.mark.parametrize(
    ("reads", "answer", "found"),
    [
        ("a:s b:n c:b d:o e:s?", {"a": "", "b": 0, "c": False, "d": {}, "e": None}, []),
        ("a:s b:n c:b d:o e:s?", {"a": 1, "b": "1", "c": 0, "d": []}, [".a", ".b", ".c", ".d", ".e"]),
        ("a:n", {"a": True}, [".a"]),
        ("a:s", {"a": None}, [".a"]),
        ("a{b:s} c:s", {"a": {"b": ""}, "c": ""}, []),
        ("a{b{c:s}} d:s", {"a": {"b": {}}}, [".a.b.c", ".d"]),
        ("a{b:s}", {"a": None}, [".a"]),
        ("a[b:s] c:n", {"a": [{"b": ""}, {}], "c": 1}, [".a[1].b"]),
        ("a[b:s]", {"a": []}, [".a"]),
        ("a[b:s]", {}, [".a[0]"]),
        ("a[]:s", {"a": ["", 1]}, [".a[1]"]),
        ("a[]:s", {"a": None}, [".a[0]"]),
        (".[a:s]", [{"a": ""}, {"a": 1}], ["..[1].a"]),
    ],
)
def test_the_comparison_sees_what_is_missing_or_of_another_type(reads, answer, found):
    assert [fault.partition(":")[0] for fault in faults(reads, answer)] == found


def complaints(client, calls, **names):
    """(call, what its answer lacks) in lines, for a person."""
    found = {}
    for call in calls:
        answer = called(client, call, **names)
        lacking = faults(call.reads, answer.json) if answer.status_code == 200 else [answer.text[:300]]
        if lacking:
            found[f"{call.method} {call.path}"] = lacking[:6]
    return "\n".join(f"{place}: {lacking}" for place, lacking in found.items())


@pytest.fixture
def names(populated, machine):
    """The numbers that stand in addresses, on a server with a run of today."""
    with machine.database.writing() as session:
        session.add(make_run(mode="normal", started_at=now(), total_images=3))
    choice = populated.get("/api/imagechoices/Dark").json["id"]
    picture = machine.paths.uploads / "poster.png"
    picture.write_bytes(PICTURE)
    return {
        "picture": picture,
        "choice": choice,
        "key": populated.get("/api/auth/keys").json["keys"][0]["id"],
    }


def test_every_field_that_the_page_reads_is_there(populated, names):
    assert complaints(populated, READING, **names) == ""


def test_every_change_that_the_page_makes_is_answered_as_it_reads_it(populated, names, logging_as_before):
    assert complaints(populated, WRITING, **names) == ""


@pytest.mark.slow
def test_what_the_engine_does_at_once_is_answered_as_the_page_reads_it(populated):
    assert complaints(populated, ASKING) == ""


@pytest.fixture
def reads_nothing(machine):
    """The headers of a key that opens no view of these."""
    return {"X-API-Key": keys.create_key(machine, "badge", ["status"])[1]}


def refusals(app, client, headers):
    """(call, answer) of calls below /api that are refused: for their credentials, method, address or body."""
    admin = {"X-API-Key": KEY, "Content-Type": "application/json"}
    for path, item in app.extensions["document"].content["paths"].items():
        address = re.sub(r"{[^}]*}", "0", path)
        for method in ("GET", "POST", "PUT", "DELETE") if path.startswith("/api") else ():
            call = f"{method} {path}"
            yield call, client.open(address, method=method)
            yield call, client.open(address, method=method, headers=headers)
            for body in (b"{", b"[1]") if "requestBody" in item.get(method.lower(), {}) else ():
                yield call, client.open(address, method=method, data=body, headers=admin)


def test_every_refusal_below_api_has_the_text_under_both_names(app, anonymous, reads_nothing):
    seen = set()
    for call, answer in refusals(app, anonymous, reads_nothing):
        if answer.status_code >= 400:
            seen.add(answer.status_code)
            shown = answer.get_json(silent=True) or {}
            assert shown.get("detail") and shown["detail"] == shown.get("message"), (call, answer.text[:200])
            assert shown["success"] is False, call
            assert answer.status_code < 500, (call, answer.text[:200])
    assert seen >= {400, 401, 403, 405}
