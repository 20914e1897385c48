"""Pages of rows: the fields that stand around the rows of every list with a limit and an offset."""

from typing import Any


def page_fields(name: str, rows: list[Any], total: int, query: dict[str, Any]) -> dict[str, Any]:
    """{"success", name: rows, "count", "total", "limit", "offset"}, as `PageSchema` declares them.

    `query` is what `PageQuery` has read; `total` is the number of rows without limit and offset.
    """
    bounds = {"limit": query["limit"], "offset": query["offset"]}
    return {"success": True, name: rows, "count": len(rows), "total": total, **bounds}
