"""Streams where no worker keeps sockets open."""

import pytest

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.mark.parametrize(("path", "headers", "status"), [("/ws/logs", UPGRADE, 503), ("/ws/logs", {}, 400)])
def test_what_cannot_be_served_is_refused_in_json(client, path, headers, status):
    answer = client.get(path, headers=headers)
    assert answer.status_code == status
    assert answer.json["success"] is False and answer.json["detail"] == answer.json["message"]


def test_a_web_socket_is_opened_by_get_alone(client):
    assert client.head("/ws/logs", headers=UPGRADE).status_code == 400
