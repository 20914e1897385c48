"""Discord: a webhook that takes up to ten cards and pictures in one message, within its limits."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any
from urllib.parse import urlsplit

from urllib3 import encode_multipart_formdata

from app.poster.messages.message import Card, Message
from app.poster.messages.web_address import WebAddress
from app.poster.web.endpoint import Limits
from app.poster.web.trouble import Trouble

MOST_CARDS = 10
MOST_FACTS = 25
TITLE, TEXT, NAME, VALUE, USER = 256, 2048, 256, 1024, 80
# Of all texts of one message together.
WHOLE = 6000
FOOTER = "Posterizarr Server"
# A name that is empty is refused; this one shows nothing.
BLANK = "\N{ZERO WIDTH SPACE}"
# Discord refuses user names with these words.
REFUSED_WORDS = re.compile("discord|clyde", re.IGNORECASE)
SHORT_FORM = re.compile(r"discord://(?:[^@/]*@)?([^/?]+)/([^/?]+)/?.*", re.IGNORECASE | re.DOTALL)
PUBLIC_NAME = re.compile(r"(?:[^.:]+\.)+[a-z][a-z0-9-]+")
PRIVATE_NAMES = (".local", ".lan", ".home", ".internal", ".localdomain", ".home.arpa")
ADVICE = {
    Trouble.NOT_FOUND: "; the webhook does not exist any more: make a new one and set its address",
    Trouble.KEY_REFUSED: "; the address of the webhook is not right: copy it from Discord again",
}


def webhook_address(text: str) -> str:
    """The web address that discord://ID/TOKEN/ stands for; any other address as it is."""
    short = SHORT_FORM.fullmatch(text.strip())
    return f"https://discord.com/api/webhooks/{short[1]}/{short[2]}" if short else text.strip()


class Discord:
    """Sends messages to one webhook."""

    name = "Discord"

    def __init__(self, address: str, user: str, limits: Limits):
        self._address = WebAddress(self.name, webhook_address(address), limits, ADVICE)
        self._user = user

    def send(self, message: Message) -> None:
        """Send the message in as many posts as its limits ask for; MessageTrouble where one is refused."""
        with self._address.opened() as (session, parts):
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            for post in posts(message, self._user):
                body, kind = post.encoded()
                session.send("POST", path, body, {"Content-Type": kind})


@dataclass
class Post:
    """One call: a JSON payload, and the pictures that it names as attachments."""

    user: str
    embeds: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    size: int = 0

    def takes(self, embed: dict[str, Any]) -> bool:
        return len(self.embeds) < MOST_CARDS and self.size + text_size(embed) <= WHOLE

    def add(self, embed: dict[str, Any], picture: bytes) -> None:
        if picture:
            name = f"picture{len(self.files)}.jpg"
            self.files[name] = picture
            embed = {**embed, "thumbnail": {"url": f"attachment://{name}"}}
        self.embeds.append(embed)
        self.size += text_size(embed)

    def encoded(self) -> tuple[bytes, str]:
        """(body, Content-Type)."""
        payload = {"content": "", "embeds": self.embeds, "allowed_mentions": {"parse": []}}
        text = json.dumps(payload | ({"username": self.user} if self.user else {}))
        if not self.files:
            return text.encode(), "application/json"
        parts: list[tuple[str, Any]] = [("payload_json", (None, text, "application/json"))]
        parts += [
            (f"files[{number}]", (name, content, "image/jpeg"))
            for number, (name, content) in enumerate(self.files.items())
        ]
        return encode_multipart_formdata(parts)


def posts(message: Message, user: str) -> Iterator[Post]:
    """The cards in as few posts as the limits allow."""
    post = Post(user_name(user))
    for card in message.cards:
        embed = embed_of(card, message)
        if not post.takes(embed):
            yield post
            post = Post(post.user)
        post.add(embed, card.picture)
    yield post


def user_name(name: str) -> str:
    """The name as Discord takes it, "" where nothing is left: then the webhook's own name is shown."""
    return cut(REFUSED_WORDS.sub("", name).strip(), USER)


def embed_of(card: Card, message: Message) -> dict[str, Any]:
    """One embed that is within all limits on its own."""
    moment = message.moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    embed = {
        "title": cut(card.title, TITLE),
        "description": cut(card.text, TEXT),
        "color": int(card.color),
        "timestamp": moment,
        "fields": [],
        "footer": {"text": FOOTER},
    }
    if is_public_page(card.link):
        embed["url"] = card.link
    left = WHOLE - text_size(embed)
    for name, value in card.facts[:MOST_FACTS]:
        fact = {"name": cut(name, NAME) or BLANK, "value": cut(value, VALUE) or BLANK, "inline": True}
        left -= units(fact["name"]) + units(fact["value"])
        if left < 0:
            break
        embed["fields"].append(fact)
    return embed


def is_public_page(address: str) -> bool:
    """Whether it is a web page with a public name, and without a query that may hold a token."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https") and not parts.query and len(address) <= TEXT
    return is_web and PUBLIC_NAME.fullmatch(host) is not None and not host.endswith(PRIVATE_NAMES)


def text_size(embed: dict[str, Any]) -> int:
    facts = [text for fact in embed["fields"] for text in (fact["name"], fact["value"])]
    return sum(map(units, (embed["title"], embed["description"], embed["footer"]["text"], *facts)))


def units(text: str) -> int:
    """The length as Discord may count it at most: UTF-16 units."""
    return len(text.encode("utf-16-le", "replace")) // 2


def cut(text: str, most: int) -> str:
    """The text, cut with an ellipsis where it has more UTF-16 units than `most`."""
    plain = text.encode("utf-8", "replace").decode().strip()
    if units(plain) <= most:
        return plain
    kept = plain.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    return f"{kept.rstrip()}\N{HORIZONTAL ELLIPSIS}"
