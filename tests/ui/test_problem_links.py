"""Each problem leads to the page that solves it, and of the settings to the very one."""

import pytest

from app.ui.problem_links import problem_link


@pytest.mark.parametrize(
    ("problem", "address"),
    [
        ({"source": "login", "text": "known_password"}, "/server/settings#WebUI.basicAuthPassword"),
        ({"source": "login", "text": "open_login"}, "/server/settings#WebUI.basicAuthEnabled"),
        ({"source": "messages", "text": "messages"}, "/server/settings#notifications"),
        (
            {"source": "assets", "text": "assets_missing", "values": {"setting": "BackupPath"}},
            "/server/settings#PrerequisitePart.BackupPath",
        ),
        ({"source": "assets", "text": "assets_missing"}, "/server/settings#PrerequisitePart.AssetPath"),
        ({"source": "config", "text": "config", "values": {"reason": "{x}"}}, "/server/settings"),
        ({"source": "disk", "text": "disk"}, "/server/system"),
        ({"source": "anything"}, "/server/logs"),
    ],
)
def test_a_problem_leads_to_what_solves_it(app, problem, address):
    with app.test_request_context("/"):
        assert problem_link(problem)[0] == address


def test_the_settings_that_problems_lead_to_are_on_the_page(client):
    page = client.get("/server/settings").text
    for place in ("WebUI.basicAuthPassword", "WebUI.basicAuthEnabled", "PrerequisitePart.BackupPath"):
        assert f'id="{place}"' in page
    assert '<section id="notifications"' in page
