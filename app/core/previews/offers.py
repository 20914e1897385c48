"""Pictures of providers for what a person makes."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.modes import plain_text
from app.core.replacing.provider_search import SHOWN_NAMES, Search, id_in_title, offer_language

# The kinds of previews by the word of a search.
SEARCHED_KINDS = {
    "poster": "poster",
    "season": "season",
    "background": "background",
    "title_card": "titlecard",
    "collection": "collection",
}
MOST_SHOWN = 60


def offer_search(form: Mapping[str, Any]) -> Search:
    """The search of {"kind", "title", "medium", "season", "episode"}."""
    title = plain_text(form["title"])
    detected, ids = id_in_title(title)
    is_collection = form["kind"] == "collection"
    return Search(
        kind=SEARCHED_KINDS[form["kind"]],
        medium="collection" if is_collection else form["medium"],
        title="" if detected else title,
        ids=ids,
        season=form["season"],
        episode=form["episode"],
        with_show=form["kind"] == "season",
    )


def offers_shown(offers: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each as {"address", "title", "provider", "language", "width", "height"}; one address once."""
    unique = {offer["address"]: offer for offer in offers}
    return [
        {
            "address": address,
            "title": offer["title"],
            "provider": SHOWN_NAMES[offer["provider"]],
            "language": offer_language(offer),
            "width": offer["width"],
            "height": offer["height"],
        }
        for address, offer in list(unique.items())[:MOST_SHOWN]
    ]
