"""What Discord is sent stays within its limits, whatever a library holds."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.poster.messages.discord import Discord, is_public_page, posts, user_name, webhook_address
from app.poster.messages.message import Card, Color, Message, MessageTrouble
from app.poster.web.endpoint import Limits
from tests.doubles.loopback import breaking, dripping, redirecting, serving
from tests.doubles.message_services import DiscordWebhook, discord_complaints
from tests.doubles.scripted import answering

NOON = datetime(2026, 11, 29, 12, 0, 0, 5000, UTC)
LIMITS = Limits(connect=1, read=0.5, whole=2)


def make_message(*cards: Card, **overrides) -> Message:
    return Message(cards or (Card("Normal run: 2 images"),), **({"moment": NOON} | overrides))


def refusal(server: DiscordWebhook, address: str = "") -> str:
    with pytest.raises(MessageTrouble) as caught:
        Discord(address or server.webhook, "", LIMITS).send(make_message())
    return str(caught.value)


def test_a_card_is_an_embed_with_an_aware_time_and_its_picture_as_an_attachment():
    card = Card(
        "Dark", "taken", Color.ORANGE, (("Library", "TV"),), "https://www.themoviedb.org/tv/70523", b"JPEG"
    )
    with serving(DiscordWebhook()) as server:
        Discord(server.webhook, "Posterizarr", LIMITS).send(make_message(card))
    ((payload, files),) = server.posts
    assert (payload["username"], payload["content"], payload["allowed_mentions"]) == (
        "Posterizarr",
        "",
        {"parse": []},
    )
    assert payload["embeds"] == [
        {
            **{"title": "Dark", "description": "taken", "color": 15120384},
            **{"timestamp": "2026-11-29T12:00:00.005Z", "url": "https://www.themoviedb.org/tv/70523"},
            "fields": [{"name": "Library", "value": "TV", "inline": True}],
            **{"footer": {"text": "Posterizarr Server"}, "thumbnail": {"url": "attachment://picture0.jpg"}},
        }
    ]
    assert files == {"picture0.jpg": b"JPEG"}


def test_many_pictures_are_few_posts_and_none_is_lost():
    cards = [Card(f"Episode {number}", picture=b"JPEG") for number in range(23)]
    with serving(DiscordWebhook()) as server:
        Discord(server.webhook, "", LIMITS).send(make_message(*cards))
    assert [len(payload["embeds"]) for payload, _ in server.posts] == [10, 10, 3]
    assert [embed["title"] for embed in server.embeds] == [card.title for card in cards]


TEXTS = st.text(max_size=40) | st.sampled_from(["", " ", "\N{CLAPPER BOARD}" * 3000, "x" * 5000, "\ud800"])
CARDS = st.builds(Card, TEXTS, TEXTS, facts=st.lists(st.tuples(TEXTS, TEXTS), max_size=40).map(tuple))


@given(st.lists(CARDS, min_size=1, max_size=15), TEXTS)
@settings(max_examples=60, deadline=None)
def test_no_message_is_larger_than_discord_takes(cards, user):
    made = list(posts(make_message(*cards), user))
    for post in made:
        payload = {"username": post.user, "embeds": post.embeds}
        assert list(discord_complaints(payload, post.files)) == []
    assert sum(len(post.embeds) for post in made) == len(cards)


def test_too_many_requests_are_sent_again_after_the_time_that_discord_asks_for():
    with serving(DiscordWebhook(answering(429, b"{}", Retry_After="1"))) as server:
        begun = time.monotonic()
        Discord(server.webhook, "", LIMITS).send(make_message())
        assert time.monotonic() - begun >= 1
    assert (len(server.asked), len(server.posts)) == (2, 1)


def test_a_refusal_is_one_sentence_that_says_what_to_do_without_the_address():
    with serving(DiscordWebhook()) as server:
        gone = refusal(server, f"{server.url}/discord/api/webhooks/1/gone-token")
        assert gone.startswith("Discord: there is no such entry (404)") and "make a new one" in gone
        assert "gone-token" not in gone


@pytest.mark.parametrize("behaviour", [breaking, redirecting, dripping, answering(429, Retry_After="7200")])
def test_a_service_in_trouble_ends_in_one_sentence_and_in_time(behaviour):
    with serving(DiscordWebhook(*[behaviour] * 5)) as server:
        assert refusal(server).startswith("Discord: ")
    assert server.posts == []


@pytest.mark.parametrize(
    "address", ["discord", "https://[discord", "ftp://discord.com/x", "https://discord.com:x/"]
)
def test_an_address_that_is_none_is_said(address):
    assert "address" in refusal(None, address)


def test_the_short_form_of_an_address_is_the_webhook():
    assert webhook_address("discord://12/ab-c/?footer=no") == "https://discord.com/api/webhooks/12/ab-c"
    assert webhook_address("discord://Bot@12/ab-c") == "https://discord.com/api/webhooks/12/ab-c"
    assert webhook_address(" https://discord.com/api/webhooks/1/a ") == "https://discord.com/api/webhooks/1/a"


def test_user_names_that_discord_refuses_lose_the_refused_words():
    assert [user_name(name) for name in ("My Discord", "clyde", "x" * 90)] == ["My", "", f"{'x' * 79}…"]


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("https://www.themoviedb.org/movie/348", True),
        ("http://192.168.1.5:32400/library/metadata/1", False),
        ("http://plex.local/x", False),
        ("http://plex/x", False),
        ("https://plex.example.org/x?X-Plex-Token=abc", False),
        ("/config/temp/picture.jpg", False),
        ("https://[fe80::1]/x", False),
        ("https://[broken", False),
    ],
)
def test_only_public_pages_without_a_query_are_linked(address, is_public):
    assert is_public_page(address) is is_public
