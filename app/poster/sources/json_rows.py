"""Members of JSON objects, any of which may be missing, null or of another type."""

from typing import Any

Row = dict[str, Any]


def row_text(row: Row, name: str) -> str:
    """The member as text without blanks around it, "" where it is none."""
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def row_number(row: Row, name: str) -> int | None:
    """The member as a whole number that is not negative, None where it is none; 0 is a number."""
    value = row.get(name)
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and 0 <= value < 10**9 else None


def row_texts(row: Row, name: str) -> list[str]:
    """The texts in a list, [] where it is none."""
    value = row.get(name)
    return (
        [one.strip() for one in value if isinstance(one, str) and one.strip()]
        if isinstance(value, list)
        else []
    )


def row_objects(row: Row, name: str) -> list[Row]:
    """The objects in a list, [] where it is none."""
    value = row.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def row_object(row: Row, name: str) -> Row:
    """The object in a member, {} where it is none."""
    value = row.get(name)
    return value if isinstance(value, dict) else {}
