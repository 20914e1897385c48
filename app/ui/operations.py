"""The OpenAPI document as a page shows it: groups of operations, fields instead of schemas."""

from collections.abc import Iterator

METHODS = ("get", "post", "put", "patch", "delete")
DEEPEST = 4
LIMITS = (("minimum", "from"), ("maximum", "to"), ("minLength", "length from"), ("maxLength", "length to"))


def groups(document: dict) -> list[dict]:
    """Answer [{name, description, operations}] in the order of the document."""
    described = {tag["name"]: tag.get("description", "") for tag in document.get("tags", ())}
    found = list(operations(document))
    return [
        {
            "name": name,
            "description": description,
            "operations": [each for each in found if each["group"] == name],
        }
        for name, description in described.items()
    ]


def operations(document: dict) -> Iterator[dict]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield operation(document, path, method, item)


def operation(document: dict, path: str, method: str, item: dict) -> dict:
    operation = item[method]
    parameters = [*item.get("parameters", ()), *operation.get("parameters", ())]
    return {
        "id": operation["operationId"],
        "group": operation["tags"][0],
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "scope": operation["x-required-scope"],
        "parameters": [parameter(document, each) for each in parameters],
        "body": list(body_fields(document, operation.get("requestBody"))),
        "answers": [response_row(document, *pair) for pair in sorted(operation["responses"].items())],
    }


def resolved(document: dict, node: dict) -> dict:
    """Follow a reference, which stands in an allOf where it is optional."""
    reference = node.get("$ref") or next((each.get("$ref") for each in node.get("allOf", ())), None)
    if reference is None:
        return node
    for name in reference.removeprefix("#/").split("/"):
        document = document[name]
    return document


def parameter(document: dict, node: dict) -> dict:
    node = resolved(document, node)
    schema = resolved(document, node.get("schema", {}))
    return {
        "name": node["name"],
        "place": node["in"],
        "required": node.get("required", False),
        "kind": kind(document, schema),
        "note": field_note(node, schema),
    }


def field_note(*nodes: dict) -> str:
    """What a reader should know of a field: its description, its limits, what it is when absent."""
    text = next((node["description"] for node in nodes if node.get("description")), "")
    return " ".join(part for part in (text, *limits(nodes[-1])) if part)


def limits(schema: dict) -> Iterator[str]:
    bounds = [f"{word} {schema[name]}" for name, word in LIMITS if name in schema]
    if bounds:
        yield f"({' '.join(bounds)})"
    if schema.get("enum"):
        yield "One of " + ", ".join(str(value) for value in schema["enum"]) + "."
    if schema.get("default") is not None:
        yield f"Default {schema['default']}."


def kind(document: dict, schema: dict) -> str:
    if schema.get("type") == "array":
        return f"list of {kind(document, resolved(document, schema.get('items', {})))}"
    text = schema.get("type", "any")
    return f"{text} or null" if schema.get("nullable") else text


def body_fields(document: dict, body: dict | None) -> Iterator[dict]:
    for content in (body or {}).get("content", {}).values():
        yield from fields(document, content.get("schema", {}))


def response_row(document: dict, status: str, node: dict) -> dict:
    node = resolved(document, node)
    contents = node.get("content", {})
    shown = [row for content in contents.values() for row in fields(document, content.get("schema", {}))]
    return {
        "status": status,
        "description": node.get("description", ""),
        "types": ", ".join(contents),
        "fields": shown if status.startswith("2") else [],
    }


def fields(document: dict, schema: dict, above: str = "", depth: int = 0) -> Iterator[dict]:
    """Yield {name, kind, note, required} of every property, those of inner objects with a dotted name."""
    schema = resolved(document, schema)
    if schema.get("type") == "array":
        schema, above = resolved(document, schema.get("items", {})), f"{above}[]"
    needed = schema.get("required", ())
    for name, inner in schema.get("properties", {}).items():
        full_name = f"{above}.{name}" if above else name
        target = resolved(document, inner)
        optional = {**target, "nullable": inner.get("nullable", target.get("nullable", False))}
        yield {
            "name": full_name,
            "kind": kind(document, optional),
            "note": field_note(inner, target),
            "required": name in needed,
        }
        if depth < DEEPEST:
            yield from fields(document, inner, full_name, depth + 1)
