"""Loopback doubles of the services that get messages: they refuse what the real ones refuse."""

import json
from email.parser import BytesParser
from email.policy import HTTP

from tests.doubles.loopback import Loopback

WEBHOOK = "/discord/api/webhooks/4711/webhook-token-of-the-test"
PUSH = "/api/push/pushTokenOfTheTest"


class DiscordWebhook(Loopback):
    """Takes posts of one webhook; `behaviours` are used up first, one for each request.

    `posts` holds (payload, files by name) of each post that was taken.
    """

    def __init__(self, *behaviours):
        super().__init__()
        self.behaviours = list(behaviours)
        self.posts = []
        self.trouble = self.take

    @property
    def webhook(self):
        return f"{self.url}{WEBHOOK}"

    @property
    def embeds(self):
        return [embed for payload, _ in self.posts for embed in payload["embeds"]]

    def take(self, handler):
        if self.behaviours:
            self.behaviours.pop(0)(handler)
            return
        payload, files = parsed(handler)
        if handler.path != WEBHOOK:
            handler.send(404, b'{"message": "Unknown Webhook", "code": 10015}')
        elif complaints := list(discord_complaints(payload, files)):
            handler.send(400, json.dumps(complaints).encode())
        else:
            self.posts.append((payload, files))
            handler.send(204)


def parsed(handler):
    """(payload, files by name) of a JSON or multipart body."""
    kind = handler.headers["Content-Type"]
    if kind == "application/json":
        return json.loads(handler.body), {}
    parts = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + handler.body)
    found = {part.get_param("name", header="Content-Disposition"): part for part in parts.iter_parts()}
    payload = json.loads(found.pop("payload_json").get_payload(decode=True))
    return payload, {part.get_filename(): part.get_payload(decode=True) for part in found.values()}


def discord_complaints(payload, files):
    """What Discord's API refuses of a message."""
    limits = {"title": 256, "description": 4096}
    embeds = payload["embeds"]
    texts = [text for embed in embeds for text in texts_of(embed)]
    if not 1 <= len(embeds) <= 10 or sum(map(length, texts)) > 6000:
        yield "embeds"
    if any(word in payload.get("username", "").lower() for word in ("discord", "clyde")):
        yield "username"
    for embed in embeds:
        yield from (name for name, most in limits.items() if length(embed.get(name, "")) > most)
        facts = embed["fields"]
        if len(facts) > 25 or not all(1 <= length(fact["name"].strip()) <= 256 for fact in facts):
            yield "fields"
        if not all(1 <= length(fact["value"]) <= 1024 for fact in facts):
            yield "values"
        picture = embed.get("thumbnail", {}).get("url", "")
        if picture and picture.removeprefix("attachment://") not in files:
            yield "thumbnail"


def texts_of(embed):
    facts = (text for fact in embed["fields"] for text in (fact["name"], fact["value"]))
    return [embed.get("title", ""), embed.get("description", ""), embed["footer"]["text"], *facts]


def length(text):
    return len(text.encode("utf-16-le")) // 2


class PushMonitor(Loopback):
    """Uptime Kuma with one push monitor; `pushed` holds the query of each push."""

    def __init__(self):
        super().__init__()
        self.pushed = []

    @property
    def push(self):
        return f"{self.url}{PUSH}"

    def answer(self, path, query, headers):
        if path != PUSH:
            return 404, '{"ok": false, "msg": "Monitor not found or not active."}'
        self.pushed.append(query)
        return 200, '{"ok": true}'


class JsonHook(Loopback):
    """What Apprise's json:// talks to; `bodies` holds what was posted."""

    def __init__(self):
        super().__init__()
        self.bodies = []
        self.trouble = self.take

    @property
    def address(self):
        return f"json://127.0.0.1:{self.server_port}/hook-secret-of-the-test"

    def take(self, handler):
        self.bodies.append(json.loads(handler.body))
        handler.send(200, b"{}")
