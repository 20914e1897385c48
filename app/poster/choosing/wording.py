"""The words of the settings that pictures are titled with."""

from dataclasses import dataclass

from app.poster.settings import Settings

SEASONS = "SeasonPosterOverlayPart"
COLLECTIONS = "CollectionTitlePosterPart"
LABELS = "TitleCardEPTextPart"


@dataclass(frozen=True, slots=True)
class Wording:
    """The user's words; `season_label` and `episode_label` at their defaults leave it to the language.

    `collection_label` is the small line of a collection's poster, "" where it has none.
    `season` and `specials` stand for the source's season names, where `renames_seasons` is True.
    """

    prefers_original: bool = False
    renames_seasons: bool = False
    season: str = ""
    specials: str = ""
    season_label: str = "Season"
    episode_label: str = "Episode"
    collection_label: str = ""


def read_wording(settings: Settings) -> Wording:
    return Wording(
        prefers_original=settings.flag("PrerequisitePart", "UseOriginalTitle"),
        renames_seasons=settings.flag(SEASONS, "OverrideSeasonName"),
        season=settings.text(SEASONS, "SeasonOverrideText"),
        specials=settings.text(SEASONS, "SpecialSeasonOverrideText"),
        season_label=settings.text(LABELS, "SeasonTCText"),
        collection_label=collection_label(settings),
        episode_label=settings.text(LABELS, "EpisodeTCText"),
    )


def collection_label(settings: Settings) -> str:
    if not settings.flag(COLLECTIONS, "AddCollectionTitle"):
        return ""
    return settings.text(COLLECTIONS, "CollectionTitle").strip()
