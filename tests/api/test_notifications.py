"""Test messages by API and command line, over the real engine and loopback services."""

import json
import subprocess

import pytest

from app.core.settings.masking import MASK
from tests.doubles.loopback import serving
from tests.doubles.message_services import DiscordWebhook, PushMonitor
from tests.live_server import POSTERIZARR, ROOT
from tests.poster.program import make_environment


@pytest.fixture
def services():
    with serving(DiscordWebhook()) as discord, serving(PushMonitor()) as kuma:
        yield discord, kuma


def store(machine, **values) -> None:
    config = json.loads(machine.paths.config.read_text())
    config["Notification"] |= values
    machine.paths.config.write_text(json.dumps(config))


def test_a_test_goes_to_every_address_of_the_settings_and_no_answer_holds_one(client, machine, services):
    discord, kuma = services
    store(machine, Discord=discord.webhook, UptimeKumaUrl=f"{kuma.url}/api/push/gone-monitor")
    answer = client.post("/api/notifications/test")
    assert (answer.status_code, answer.json["success"], len(discord.posts)) == (200, False, 1)
    assert [one["sent"] for one in answer.json["results"]] == [True, False]
    assert "SendNotification is false" in answer.json["results"][0]["detail"]
    assert "gone-monitor" not in answer.text and "webhook-token" not in answer.text


def test_a_test_without_addresses_says_what_to_set(client):
    answer = client.post("/api/notifications/test").json
    assert answer["success"] is False and "set one in the settings" in answer["results"][0]["detail"]


def test_an_address_is_tried_before_it_is_saved_and_a_masked_one_is_the_stored_one(client, machine, services):
    discord, kuma = services
    store(machine, Discord="https://discord.example/x", UptimeKumaUrl=kuma.push)
    found = [
        client.post("/api/validate/discord", json={"webhook_url": discord.webhook}),
        client.post("/api/validate/uptimekuma", json={"url": MASK}),
        client.post("/api/validate/uptimekuma", json={"url": f"{kuma.url}/api/push/gone-monitor"}),
        client.post("/api/validate/apprise", json={"url": "nothing://x"}),
    ]
    assert [answer.status_code for answer in found] == [200] * 4
    assert [answer.json["valid"] for answer in found] == [True, True, False, False]
    assert found[0].json["details"] == {"receivers": ["Discord"]}
    assert (len(discord.posts), len(kuma.pushed)) == (1, 1)
    assert not any("gone-monitor" in answer.text for answer in found)


@pytest.mark.parametrize("body", [{}, {"url": ""}, {"url": 7}, {"webhook_url": "x"}, {"url": " "}])
def test_a_body_without_an_address_is_400(client, body):
    assert client.post("/api/validate/apprise", json=body).status_code == 400


def test_nobody_without_the_scope_sends_anything(anonymous):
    paths = ("notifications/test", "validate/discord", "validate/apprise", "validate/uptimekuma")
    assert {anonymous.post(f"/api/{path}", json={}).status_code for path in paths} == {401}


def test_the_command_says_what_became_of_each_message(data, services):
    discord, kuma = services
    data.mkdir(exist_ok=True)
    given = {"Discord": discord.webhook, "SendNotification": "true", "UptimeKumaUrl": kuma.push}
    (data / "config.json").write_text(json.dumps({"Notification": given}))
    ended = subprocess.run(
        [*POSTERIZARR, "notify", "test"],
        **{"cwd": ROOT, "env": make_environment(data), "capture_output": True, "text": True, "timeout": 60},
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == [
        "Discord: sent",
        "Uptime Kuma: sent, but runs send nothing: UseUptimeKuma is false",
    ]
