"""What is laid over the chosen picture."""

from app.poster.choosing.rules import Rules
from app.poster.choosing.titles import reads_from_right, texts_of
from app.poster.kinds import Kind
from app.poster.records.candidate import Candidate, Lettered, ProviderName
from app.poster.records.decision import Treatment
from app.poster.records.ids import Medium
from app.poster.records.ruling import Unwatched
from app.poster.records.wanted import WantedAsset

LOCAL = frozenset({ProviderName.MANUAL, ProviderName.TEMPLATE})
# Media servers and folders do not say it; their posters show a title, their backgrounds and stills none.
OWN = frozenset({ProviderName.SERVER, ProviderName.BESIDE})
LETTERED_KINDS = frozenset({Kind.POSTER, Kind.SEASON, Kind.COLLECTION})


def treat(wanted: WantedAsset, rules: Rules, chosen: Candidate) -> Treatment:
    """The texts, and which of text, overlay and border are drawn over that picture."""
    title, second = texts_of(wanted, rules.wording)
    lettered = shows_title(chosen)
    drawn = chosen.provider is ProviderName.TYPOGRAPHIC
    return Treatment(
        title=title,
        second=second,
        with_text=takes_text(rules, chosen),
        with_overlay=not ((lettered and rules.no_overlay_on_lettered) or drawn),
        with_border=not (lettered and rules.no_border_on_lettered),
        resolution=resolution_of(wanted),
        of_show=wanted.item.medium is Medium.SHOW,
        right_to_left=reads_from_right(wanted.item.library.language),
        language=wanted.item.library.language,
        blurred=is_blurred(wanted, chosen),
    )


def is_blurred(wanted: WantedAsset, chosen: Candidate) -> bool:
    """Whether the picture would show what happens in an episode that is not watched yet.

    The user's own pictures and templates stay as they are.
    """
    is_still = chosen.provider not in LOCAL and chosen.provider is not ProviderName.TYPOGRAPHIC
    return is_still and wanted.cover is Unwatched.BLUR


def takes_text(rules: Rules, chosen: Candidate) -> bool:
    """Whether a title is drawn over the picture, as text or as a logo."""
    if chosen.provider is ProviderName.TYPOGRAPHIC:
        return False
    if chosen.provider in LOCAL and rules.no_text_on_local:
        return False
    return not (shows_title(chosen) and rules.no_text_on_lettered)


def shows_title(candidate: Candidate) -> bool:
    """Whether the picture shows a title; where the provider does not say, its kind decides."""
    if candidate.lettered is Lettered.UNKNOWN:
        return candidate.provider in OWN and candidate.kind in LETTERED_KINDS
    return candidate.lettered is Lettered.WITH_TEXT


def resolution_of(wanted: WantedAsset) -> str:
    """That of the film or of the episode; shows and seasons have none."""
    if wanted.episode:
        return wanted.episode.resolution
    return wanted.item.resolution if wanted.item.medium is Medium.FILM else ""
