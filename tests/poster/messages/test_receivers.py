"""Which services get messages follows from the section Notification alone."""

import json

import pytest

from app.poster.messages.receivers import NO_ADDRESS, NO_MONITOR, read_receivers
from app.poster.settings import Settings, read_settings

WEBHOOK = "https://discord.com/api/webhooks/1/abc"
EXAMPLE = "https://discordapp.com/api/webhooks/{WebhookID}/{WebhookToken}"


def make_settings(tmp_path, **values) -> Settings:
    (tmp_path / "config.json").write_text(json.dumps({"Notification": values}))
    return read_settings(tmp_path / "config.json")


@pytest.mark.parametrize(
    ("apprise", "discord", "names"),
    [
        ("", WEBHOOK, ["Discord"]),
        ("discord://{WebhookID}/{WebhookToken}/", WEBHOOK, ["Discord"]),
        ("discord://12/abc/", EXAMPLE, ["Discord"]),
        ("tgram://123:abc/1", WEBHOOK, ["Apprise"]),
        ("tgram://123:abc/1, discord://12/abc json://host/x", "", ["Apprise", "Discord", "Apprise"]),
        ("", EXAMPLE, []),
        (["planted-secret"], "", []),
    ],
)
def test_apprise_goes_first_and_an_example_is_no_address(tmp_path, apprise, discord, names):
    found = make_settings(tmp_path, SendNotification="true", AppriseUrl=apprise, Discord=discord)
    receivers = read_receivers(found)
    assert [receiver.name for receiver in receivers.people] == names
    assert receivers.notes == (() if names else (NO_ADDRESS,))
    assert "planted-secret" not in " ".join(found.notes)


@pytest.mark.parametrize(
    ("switch", "address", "count", "notes"),
    [
        ("true", "http://kuma:3001/api/push/x", 1, ()),
        ("true", "https://uptime-kuma.domain.com/api/push/qXpb7Mf1vW", 0, (NO_MONITOR,)),
        ("true", "kuma:3001/api/push/x", 0, (NO_MONITOR,)),
        ("false", "http://kuma:3001/api/push/x", 0, ()),
    ],
)
def test_a_monitor_needs_its_switch_and_its_own_address(tmp_path, switch, address, count, notes):
    receivers = read_receivers(make_settings(tmp_path, UseUptimeKuma=switch, UptimeKumaUrl=address))
    assert (len(receivers.monitors), receivers.people, receivers.notes) == (count, (), notes)
