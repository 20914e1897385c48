"""The bytes of a body as a value: JSON as the standard has it, or a form's fields."""

import json
import re
from math import isfinite
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from app.core.errors import Invalid

MOST_FIELDS = 100
LONGEST_NUMBER = 20
ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
# Characters with which JSON begins and a form does not.
JSON_BEGINNINGS = ("{", "[", '"')


def read_json(body: bytes) -> Any:
    """The value of a JSON text; `Invalid` with the reason in one sentence."""
    text = decoded(body)
    if not text.strip():
        raise Invalid("The body is empty; it must be the JSON object that Sonarr and Radarr send.")
    try:
        return parse_strictly(text)
    except RecursionError as error:
        raise Invalid("The body is nested too deeply.") from error
    except ValueError as error:
        raise Invalid(f"The body is not JSON: {error}.") from error


def read_json_or_form(body: bytes) -> Any:
    """The value of a body whose Content-Type does not count, as with Tautulli; None for an empty one."""
    text = decoded(body).strip()
    if not text:
        return None
    return read_json(body) if text.startswith(JSON_BEGINNINGS) or "=" not in text else form_fields(text)


def decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("The body is not UTF-8.") from error


def parse_strictly(text: str) -> Any:
    value = json.loads(
        text,
        parse_constant=refuse_number,
        parse_float=finite,
        parse_int=whole,
        object_pairs_hook=without_duplicates,
    )
    if ESCAPED_SURROGATE.search(text):
        refuse_half_pairs(value)
    return value


def refuse_half_pairs(value: Any) -> None:
    """Half a surrogate pair passes the parser, but no file, database or answer can hold it."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ValueError("half a surrogate pair is no character") from error


def refuse_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError("a number is too large")
    return number


def whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise ValueError("a number is too large")
    return int(text)


def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name occurs twice in one object")
    return found


def form_fields(text: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
        return without_duplicates(pairs)
    except ValueError as error:
        raise Invalid("The body is neither JSON nor the fields of a form.") from error
