import re

import pytest

from app.ui.operations import field_note, groups, kind


@pytest.fixture
def page(anonymous):
    return anonymous.get("/api/docs")


def test_the_page_is_open_and_of_html(page):
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "Content-Security-Policy" in page.headers


def test_every_operation_is_on_the_page(page, app):
    document = app.extensions["document"].content
    for path, item in document["paths"].items():
        assert path in page.text
        for method in item.keys() - {"parameters"}:
            assert f'id="{item[method]["operationId"]}"' in page.text


def test_the_page_needs_no_script_and_no_other_server(page):
    assert "<script" not in page.text
    assert " style=" not in page.text
    assert not re.search(r'(src|href)="(https?:)?//', page.text)


def test_the_parts_of_the_page_exist(page, anonymous):
    parts = re.findall(r'href="\.\./(ui/[^"]+)"', page.text)
    assert parts
    assert all(anonymous.get(f"/{part}", buffered=True).status_code == 200 for part in parts)


def test_the_style_knows_light_and_dark(anonymous):
    assert "prefers-color-scheme: dark" in anonymous.get("/ui/documentation.css", buffered=True).text


def test_limits_and_defaults_are_told(page):
    assert "(from 1 to 500) Default 50." in page.text


def test_a_page_that_has_not_changed_is_not_sent_again(page, anonymous):
    again = anonymous.get("/api/docs", headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_ids_on_the_page_are_unique(page):
    ids = re.findall(r' id="([^"]+)"', page.text)
    assert len(ids) == len(set(ids))


def test_every_group_is_reached_by_a_link_without_a_blank(page):
    links = re.findall(r'href="#([^"]+)"', page.text)
    assert "group-asset-galleries" in links
    assert not [link for link in links if " " in link or f'id="{link}"' not in page.text]


DOCUMENT = {
    "tags": [{"name": "things", "description": "All things."}],
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "integer"},
                    "parent": {"allOf": [{"$ref": "#/components/schemas/Part"}], "nullable": True},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
                },
            },
            "Part": {"type": "object", "properties": {"name": {"type": "string", "enum": ["a", "b"]}}},
        }
    },
    "paths": {
        "/things/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}
            ],
            "put": {
                "operationId": "change",
                "tags": ["things"],
                "summary": "Change.",
                "x-required-scope": "config",
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
                },
                "responses": {
                    "200": {
                        "description": "OK",
                        "content": {"application/json": {"schema": {"type": "object"}}},
                    },
                    "404": {"description": "Not Found"},
                },
            },
        }
    },
}


def test_inner_fields_are_told_with_dotted_names():
    told = groups(DOCUMENT)[0]["operations"][0]
    assert [(row["name"], row["kind"], row["required"]) for row in told["body"]] == [
        ("id", "integer", True),
        ("parent", "object or null", False),
        ("parent.name", "string", False),
        ("parts", "list of object", False),
        ("parts[].name", "string", False),
    ]
    assert told["body"][2]["note"] == "One of a, b."


def test_parameters_of_the_path_count_for_every_method():
    told = groups(DOCUMENT)[0]["operations"][0]
    assert told["parameters"] == [
        {"name": "id", "place": "path", "required": True, "kind": "integer", "note": "(from 1)"}
    ]
    assert [answer["status"] for answer in told["answers"]] == ["200", "404"]


def test_a_shape_that_tells_nothing_may_hold_anything():
    assert kind({}, {}) == "any"
    assert field_note({}, {}) == ""
