import re

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from app import create_app

# Pages, files, web sockets and the document itself.
UNDOCUMENTED = {
    "openapi_json",
    "ui.documentation.documentation_page",
    "ui.index_page",
    "ui.own_page",
    "ui.static_part",
    "images.sample",
    "images.asset_image",
    "images.manual_asset",
    "images.backup_asset",
    "sockets.event_socket",
    "sockets.follow_log",
}


@pytest.fixture
def document(anonymous):
    return anonymous.get("/api/openapi.json").json


def operations(document):
    return {
        (method, path): told
        for path, item in document["paths"].items()
        for method, told in item.items()
        if method != "parameters"
    }


def test_everybody_may_read_the_document(anonymous):
    answer = anonymous.get("/api/openapi.json")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert answer.json["openapi"].startswith("3.")


def documented_routes(document):
    return {(method.upper(), path) for method, path in operations(document)}


def is_for_people(endpoint):
    """Whether the route is a page or a part of one."""
    return endpoint in UNDOCUMENTED or endpoint.startswith("ui.")


def served_routes(app):
    """(method, path in the form of OpenAPI) of every route that is part of the API."""
    own = [rule for rule in app.url_map.iter_rules() if not is_for_people(rule.endpoint)]
    return {
        (method, re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule))
        for rule in own
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_the_document_is_valid_openapi(document):
    assert [error.message for error in OpenAPIV30SpecValidator(document).iter_errors()] == []


def test_the_document_has_exactly_the_routes_that_are_served(app, document):
    assert documented_routes(document) == served_routes(app)


def test_whatever_answers_get_answers_head_without_a_body(client, document):
    plain = [path for method, path in operations(document) if method == "get" and "{" not in path]
    assert len(plain) > 15
    for path in plain:
        answer = client.head(path)
        assert (answer.status_code, answer.data) == (client.get(path).status_code, b""), path


def test_operations_have_names_of_their_own(document):
    names = [told["operationId"] for told in operations(document).values()]
    assert len(names) == len(set(names))


def test_every_operation_tells_a_success_its_shape_and_its_summary(document):
    for told in operations(document).values():
        good = [answer for status, answer in told["responses"].items() if status.startswith("2")]
        assert good
        assert told["summary"]
        assert all("content" in answer or "$ref" in answer for answer in good)


def test_an_operation_with_a_scope_tells_how_it_refuses(document):
    told = operations(document)["get", "/api/status"]
    assert {"200", "401", "403", "429", "503"} <= told["responses"].keys()
    assert {"key": []} in told["security"]
    assert told["x-required-scope"] == "read"


def test_a_public_operation_asks_for_no_credentials(document):
    told = operations(document)["get", "/ping"]
    assert told["security"] == []
    assert "401" not in told["responses"]


def test_a_name_in_the_path_can_be_wrong_or_missing(document):
    assert {"400", "404"} <= operations(document)["get", "/api/logs/{name}"]["responses"].keys()


def test_arguments_can_be_wrong(document):
    assert "400" in operations(document)["get", "/api/runtime-history"]["responses"]


def test_every_error_has_the_one_shape(document):
    shape = document["components"]["responses"]["UNAUTHORIZED"]["content"]["application/json"]["schema"]
    assert shape == {"$ref": "#/components/schemas/Error"}


def test_limits_are_part_of_the_document(document):
    told = operations(document)["get", "/api/runtime-history"]
    limit = next(each for each in told["parameters"] if each["name"] == "limit")["schema"]
    assert (limit["minimum"], limit["maximum"], limit["default"]) == (1, 500, 50)


def test_the_ways_to_show_credentials_are_told(document):
    schemes = document["components"]["securitySchemes"]
    assert {scheme["type"] for scheme in schemes.values()} == {"apiKey", "http"}


@pytest.mark.parametrize(("base_path", "url"), [("", "/"), ("/posterizarr", "/posterizarr")])
def test_the_document_tells_the_path_below_which_all_is_served(data, base_path, url):
    app = create_app(APP_DATA=data, APP_BASE_PATH=base_path)
    assert app.extensions["document"].content["servers"] == [{"url": url}]
