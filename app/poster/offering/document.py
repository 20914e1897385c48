"""The JSON document of what was offered."""

import json
from collections.abc import Sequence
from typing import Any

from app.poster.choosing.languages import TEXTLESS, Tag
from app.poster.offering.asking import Offer, Offers
from app.poster.records.candidate import Candidate, Lettered, ProviderName
from app.poster.records.ids import Authority, first_value

# A smaller picture at the same host, for a page that shows many.
PREVIEWS = {
    ProviderName.TMDB: ("/t/p/original/", "/t/p/w500/"),
    ProviderName.FANART: ("/fanart/", "/preview/"),
}


def offers_document(found: Offers, languages: Sequence[Tag]) -> str:
    """An object with `offers`, sorted by the languages, `failed` by provider, and `by_title`.

    Pictures in a language that is not listed come last.
    """
    ordered = sorted(found.offers, key=lambda offer: language_place(offer.candidate, languages))
    failed = {name.name.lower(): reason for name, reason in found.failed.items()}
    document = {
        "offers": [offer_fields(offer) for offer in ordered],
        "failed": failed,
        "by_title": found.by_title,
    }
    return json.dumps(document, ensure_ascii=False) + "\n"


def language_place(candidate: Candidate, languages: Sequence[Tag]) -> tuple[int, int]:
    """(place of its language in the list, 1 for another region); behind all where it is not listed."""
    is_textless = candidate.lettered is Lettered.TEXTLESS or not candidate.language
    language = TEXTLESS if is_textless else candidate.language
    places = [
        (place, int(tag.region not in ("", candidate.region)))
        for place, tag in enumerate(languages)
        if tag.language == language
    ]
    return min(places, key=lambda found: found[::-1], default=(len(languages), 0))


def offer_fields(offer: Offer) -> dict[str, Any]:
    candidate, item = offer.candidate, offer.wanted.item
    whole, small = PREVIEWS.get(candidate.provider, ("", ""))
    return {
        "provider": candidate.provider.name.lower(),
        "kind": candidate.kind.value,
        "title": item.title,
        "tmdb_id": first_value(item.ids, Authority.TMDB, item.medium),
        "address": candidate.address,
        "preview": candidate.address.replace(whole, small, 1),
        "language": candidate.language,
        "region": candidate.region,
        "is_textless": candidate.lettered is Lettered.TEXTLESS,
        "width": candidate.width,
        "height": candidate.height,
        "votes": candidate.votes,
        "likes": candidate.likes,
    }
