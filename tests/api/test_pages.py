"""The fields around the rows of a page, the same in every list."""

import pytest

from app.api.pages import page_fields


def test_a_page_counts_its_rows_and_repeats_its_bounds():
    assert page_fields("runs", ["a", "b"], 5, {"limit": 2, "offset": 1, "mode": "scheduled"}) == {
        "success": True,
        "runs": ["a", "b"],
        "count": 2,
        "total": 5,
        "limit": 2,
        "offset": 1,
    }


@pytest.mark.parametrize("path", ["/api/runs", "/api/triggers", "/api/runtime-history"])
def test_every_list_shows_its_bounds(client, path):
    content = client.get(f"{path}?limit=2&offset=1").json
    shown = {name: content[name] for name in ("success", "count", "total", "limit", "offset")}
    assert shown == {"success": True, "count": 0, "total": 0, "limit": 2, "offset": 1}


def test_the_history_repeats_the_mode_that_it_is_filtered_by(client):
    assert client.get("/api/runtime-history?mode=scheduled").json["mode_filter"] == "scheduled"
