"""Candidates of providers for one film of the filled installation, with previews that need no fetching."""

import io
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from app.core.paths import Paths
from app.core.picture_cache import PictureCache
from app.core.replacing.offered_address import smaller_address
from app.poster.drawing.scenery import scenery
from app.poster.journal.journal import Journal
from app.poster.records.candidate import Candidate, Lettered, ProviderName
from app.poster.records.decision import Considered
from tests.candidates import FANART, TMDB, TVDB, make_candidate, note_record

WIDTHS = (320, 960)
WITH_TEXT = "textless pictures come before pictures in "
LIKED = "the chosen one is rated higher"
SMALL = "900 x 1350 is smaller than 2000 x 3000"
# Provider, where it has its pictures, language ("" without text), place, mood, and why it was not chosen.
OFFERS = (
    (ProviderName.TMDB, TMDB, "", "skyline", "night", ""),
    (ProviderName.TMDB, TMDB, "", "skyline", "dusk", LIKED),
    (ProviderName.TMDB, TMDB, "", "skyline", "storm", LIKED),
    (ProviderName.FANART, FANART, "", "skyline", "golden", SMALL),
    (ProviderName.TMDB, TMDB, "de", "skyline", "aurora", f"{WITH_TEXT}de"),
    (ProviderName.TVDB, TVDB, "en", "mountains", "dawn", f"{WITH_TEXT}en"),
    (ProviderName.TVDB, TVDB, "fr", "sea", "day", f"{WITH_TEXT}fr"),
)


def offer(data: Path, asset: str) -> None:
    """Note the candidates as those that the last decision saw, and keep their previews."""
    offers = [candidate(number, *one[:3]) for number, one in enumerate(OFFERS)]
    for found, (*_, place, mood, _why) in zip(offers, OFFERS, strict=True):
        keep_previews(Paths(data).candidate_previews, found.address, place, mood)
    journal = Journal(data / "engine")
    known = journal.records([asset])[asset]
    journal.close()
    lost = tuple(Considered(found, one[-1]) for found, one in zip(offers, OFFERS, strict=True) if one[-1])
    decision = replace(known.decision, chosen=offers[0], considered=lost, notes=(), language="Textless")
    note_record(data / "engine", replace(known, decision=decision))


def candidate(number: int, provider: ProviderName, host: str, language: str) -> Candidate:
    lettered = Lettered.WITH_TEXT if language else Lettered.TEXTLESS
    size = {"width": 900, "height": 1350} if provider is ProviderName.FANART else {}
    votes = round(8.1 - number * 0.6, 1)
    address = f"{host}metropolis-{number}.jpg"
    return make_candidate(provider, address, lettered=lettered, language=language, votes=votes, **size)


def keep_previews(folder: Path, address: str, place: str, mood: str) -> None:
    content = io.BytesIO()
    scenery(address, (640, 960), place, mood).save(content, "WEBP", quality=80)
    for each in {address, smaller_address(address)}:
        for width in WIDTHS:
            PictureCache(folder).keep(f"{sha256(each.encode()).hexdigest()}-{width}.webp", content.getvalue())
