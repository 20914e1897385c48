"""The words of the settings that pictures are titled with."""

from dataclasses import dataclass

from app.poster.settings import Settings

SEASONS = "SeasonPosterOverlayPart"
LABELS = "TitleCardEPTextPart"


@dataclass(frozen=True, slots=True)
class Wording:
    """The user's words; `season_label` and `episode_label` at their defaults leave it to the language.

    `season` and `specials` stand for the source's season names, where `renames_seasons` is True.
    """

    prefers_original: bool = False
    renames_seasons: bool = False
    season: str = ""
    specials: str = ""
    season_label: str = "Season"
    episode_label: str = "Episode"


def read_wording(settings: Settings) -> Wording:
    return Wording(
        prefers_original=settings.flag("PrerequisitePart", "UseOriginalTitle"),
        renames_seasons=settings.flag(SEASONS, "OverrideSeasonName"),
        season=settings.text(SEASONS, "SeasonOverrideText"),
        specials=settings.text(SEASONS, "SpecialSeasonOverrideText"),
        season_label=settings.text(LABELS, "SeasonTCText"),
        episode_label=settings.text(LABELS, "EpisodeTCText"),
    )
