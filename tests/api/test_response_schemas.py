"""Every JSON response of every GET is what its schema says, on a server with data of every kind.

A field that a schema requires and a response lacks fails here, and so does one that no schema declares.
"""

import jsonschema
import pytest

from app import create_app
from tests.api.conftest import DAY

PARAMETERS = {
    "/api/assets-folder-images/{plural}/{folder}": ("posters", "TV Shows"),
    "/api/assets/{asset}/alike": ("TV Shows/Dark (2017)/poster.jpg",),
    "/api/assets/{asset}/correction": ("TV Shows/Dark (2017)/poster.jpg",),
    "/api/assets/{asset}/decision": ("TV Shows/Dark (2017)/poster.jpg",),
    "/api/assets/{asset}/versions": ("TV Shows/Dark (2017)/poster.jpg",),
    "/api/config-db/section/{section}": ("PlexPart",),
    "/api/config-db/value/{section}/{key}": ("PlexPart", "UsePlex"),
    "/api/config/backups/{name}/changes": ("config_backup_20261101_000000.json",),
    "/api/days/{name}": (DAY,),
    "/api/days/{name}/assets": (DAY,),
    "/api/folder-view/assets/{folder}": ("TV Shows/Dark (2017)",),
    "/api/folder-view/items/{library}": ("TV Shows",),
    "/api/imagechoices/{number}/find-asset": None,  # the choice whose image is on the disk
    "/api/imagechoices/{title}": ("English",),
    "/api/libraries/{server}/cached": ("plex",),
    "/api/logs/{name}": ("Scriptlog.log",),
    "/api/logs/{name}/exists": ("Scriptlog.log",),
    "/api/logs/{name}/lines": ("Scriptlog.log",),
    "/api/runs/{number}": ("1",),
    "/api/runs/{number}/plan": ("1",),
}
# Further queries, where one address has responses of several shapes.
QUERIES = {
    "/api/asset-type-lookup": ("?library_name=Movies", "?library_name=nowhere"),
    "/api/assets/folders": ("", "?library_name=TV Shows"),
    "/api/assets/overview": ("", "?limit=5"),
    "/api/folder-view/browse": ("", "?path=TV Shows/Dark (2017)"),
    "/api/imagechoices": ("", "?limit=5"),
    "/api/logs/{name}": ("", "?offset=0"),
    "/api/logs/{name}/lines": ("?offset=0", "?backward=true"),
    "/api/runs": ("", "?status=queued"),
}
# Lists that are empty on a healthy server.
MAY_BE_EMPTY = {
    *("problems", "rejected", "error_details", "arguments", "fields"),
    *("labels", "pile", "taken_labels"),
    *("counts", "findings", "alike", "taste"),
}


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    app = create_app(APP_DATA=tmp_path_factory.mktemp("document"))
    return app.extensions["document"].content


def strict(document, schema):
    """The schema as JSON Schema with all references resolved, in which undeclared fields are errors."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return strict(document, document["components"]["schemas"][name])
    if "anyOf" in schema:
        return {"anyOf": [null_or(document, part) for part in schema["anyOf"]]}
    found = {name: value for name, value in schema.items() if name not in ("properties", "items", "allOf")}
    if "properties" in schema:
        inner = {name: strict(document, value) for name, value in schema["properties"].items()}
        found |= {"properties": inner, "additionalProperties": schema.get("additionalProperties", False)}
    for part in ("items", "additionalProperties"):
        if isinstance(schema.get(part), dict):
            found[part] = strict(document, schema[part])
    for part in schema.get("allOf", ()):
        found |= strict(document, part)
    return {"anyOf": [found, {"type": "null"}]} if schema.get("nullable") else found


def null_or(document, part):
    """One alternative; that of a nullable object stands for null beside the object's own schema."""
    return {"type": "null"} if part.get("nullable") and "$ref" not in part else strict(document, part)


def operations(document):
    """(path, schema) of each documented GET that returns JSON."""
    for path, item in document["paths"].items():
        content = item["get"]["responses"]["200"].get("content", {}) if "get" in item else {}
        if "application/json" in content:
            yield path, content["application/json"]["schema"]


def addresses(path, client):
    values = PARAMETERS[path] if "{" in path else ()
    values = (str(client.get("/api/imagechoices/Dark").json["id"]),) if values is None else values
    address = path
    for name in [part for part in path.split("/") if part.startswith("{")]:
        address, values = address.replace(name, values[0], 1), values[1:]
    return [address + query for query in QUERIES.get(path, ("",))]


def lists(schema, value, place="response"):
    """(place, whether it has entries) of each list that the schema declares."""
    for name, inner in schema.get("properties", {}).items():
        if isinstance(value, dict) and name in value:
            yield from lists(inner, value[name], f"{place}.{name}")
    if isinstance(value, list) and "items" in schema:
        yield place, bool(value)
        for item in value:
            yield from lists(schema["items"], item, f"{place}[]")


def empty_lists(schema, value):
    """The places at which no list has an entry, so that no item is held against its schema."""
    found = list(lists(schema, value))
    filled = {place for place, has_entries in found if has_entries}
    return {place for place, _ in found if place.rpartition(".")[2] not in MAY_BE_EMPTY} - filled


def errors(schema, content):
    found = jsonschema.Draft202012Validator(schema).iter_errors(content)
    return [f"{error.json_path}: {error.message[:300]}" for error in found]


def test_every_response_has_the_fields_of_its_schema_and_no_other(populated, document):
    wrong = {}
    for path, schema in operations(document):
        for address in addresses(path, populated):
            response = populated.get(address)
            assert response.status_code == 200, (address, response.json)
            if found := errors(strict(document, schema), response.json):
                wrong[address] = found[:5]
    assert wrong == {}


def test_the_data_behind_the_responses_leave_no_list_empty(populated, document):
    empty = {}
    for path, schema in operations(document):
        for address in addresses(path, populated):
            if found := empty_lists(strict(document, schema), populated.get(address).json):
                empty[address] = found
    assert empty == {}


def test_the_comparison_sees_a_missing_an_undeclared_and_a_wrong_field(document):
    schema = strict(document, document["components"]["schemas"]["Ping"])
    assert errors(schema, {"status": "ok"}) == []
    assert "required" in errors(schema, {})[0]
    assert "unexpected" in errors(schema, {"status": "ok", "more": 1})[0]
    assert "not of type" in errors(schema, {"status": 1})[0]
