"""The import that a webhook reports, from the arguments of a triggered run."""

from dataclasses import dataclass

from app.poster.records.ids import Medium, ProviderId


@dataclass(frozen=True, slots=True)
class ImportEvent:
    """The items that a triggered run works on, and nothing else.

    Sonarr and Radarr give `ids`, `title`, `year`, `path` (the film's or show's folder) and `file_path` as
    they see them; ids go before the path, the path before title and year. Tautulli gives `key`, the rating
    key of the film or show, and `part_key`, that of the season or episode to which the show is cut. `season`
    and `episodes` limit a show to that season and those episodes; with no episodes the whole season, with no
    season the whole show is meant.
    """

    medium: Medium
    title: str = ""
    year: int | None = None
    ids: tuple[ProviderId, ...] = ()
    path: str = ""
    file_path: str = ""
    key: str = ""
    season: int | None = None
    episodes: tuple[int, ...] = ()
    part_key: str = ""
