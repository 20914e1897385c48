from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Index, Integer, String, Text, false
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment, now
from app.models.run import counter

# Ordered by code points in every database, as clients know it from SQLite.
SORTED_TEXT = String(255).with_variant(postgresql.VARCHAR(255, collation="C"), "postgresql")


def word_column() -> Mapped[str]:
    return mapped_column(Text, server_default="")


class ExportRun(Base):
    """What the script exported in one of its runs, of one kind of media server."""

    __tablename__ = "export_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))  # "plex" or "other"
    # Local and naive, as clients of today read and send it.
    stamp: Mapped[str] = mapped_column(String(32))
    moment: Mapped[datetime] = mapped_column(Moment)
    imported_at: Mapped[datetime] = mapped_column(Moment, default=now)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=now)
    # No foreign key: the history of runs may forget a run whose export is kept.
    script_run_id: Mapped[int | None]
    library_count: Mapped[int] = counter()
    episode_count: Mapped[int] = counter()
    total_episodes: Mapped[int] = counter()
    # Its rows are being deleted, and nobody sees it any more.
    is_dropped: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())

    __table_args__ = (
        Index("ux_export_runs_kind_stamp", "kind", "stamp", unique=True),
        Index("ix_export_runs_kind_moment", "kind", "moment"),
        Index("ix_export_runs_script_run_id", "script_run_id"),
    )

    def __repr__(self) -> str:
        return f"<ExportRun {self.id} {self.kind} {self.stamp}>"


class ExportFile(Base):
    """A file that was imported, so that it is never imported again, wherever it is moved."""

    __tablename__ = "export_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    # As text: some file systems number beyond what a database's integers hold.
    inode: Mapped[str] = mapped_column(String(32))
    modified_ns: Mapped[int] = mapped_column(BigInteger)
    # Its last line was half-written when it was imported.
    is_cut: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    # None where the file held no rows.
    export_run_id: Mapped[int | None] = mapped_column(index=True)
    imported_at: Mapped[datetime] = mapped_column(Moment, default=now)

    __table_args__ = (Index("ix_export_files_name_digest", "name", "digest"),)

    def __repr__(self) -> str:
        return f"<ExportFile {self.id} {self.name} {self.digest[:8]}>"


class ExportRow:
    """Columns that both sorts of rows have."""

    id: Mapped[int] = mapped_column(primary_key=True)
    export_run_id: Mapped[int] = mapped_column(Integer)
    # What rows are sorted by, short enough for an index, and what a search looks into.
    sort_key: Mapped[str] = mapped_column(SORTED_TEXT, server_default="")
    searched: Mapped[str] = word_column()

    library_name: Mapped[str] = word_column()
    library_type: Mapped[str] = word_column()
    library_language: Mapped[str] = word_column()
    title: Mapped[str] = word_column()
    tvdbid: Mapped[str] = word_column()
    imdbid: Mapped[str] = word_column()
    tmdbid: Mapped[str] = word_column()
    path: Mapped[str] = word_column()
    root_foldername: Mapped[str] = word_column()
    extra_folder: Mapped[str] = word_column()
    plex_background_url: Mapped[str] = word_column()
    other_media_background_url: Mapped[str] = word_column()


class LibraryExport(ExportRow, Base):
    """A film or a show in a library, in the words of one run's file."""

    __tablename__ = "library_exports"

    resolution: Mapped[str] = word_column()
    original_title: Mapped[str] = word_column()
    season_names: Mapped[str] = word_column()
    season_numbers: Mapped[str] = word_column()
    season_rating_keys: Mapped[str] = word_column()
    year: Mapped[str] = word_column()
    rating_key: Mapped[str] = word_column()
    media_id: Mapped[str] = word_column()
    multiple_versions: Mapped[str] = word_column()
    plex_poster_url: Mapped[str] = word_column()
    plex_season_urls: Mapped[str] = word_column()
    other_media_poster_url: Mapped[str] = word_column()
    labels: Mapped[str] = word_column()

    __table_args__ = (Index("ix_library_exports_sorted", "export_run_id", "sort_key", "id"),)


class EpisodeExport(ExportRow, Base):
    """The episodes of a season, in the words of one run's file."""

    __tablename__ = "episode_exports"

    show_name: Mapped[str] = word_column()
    show_original_name: Mapped[str] = word_column()
    type: Mapped[str] = word_column()
    show_id: Mapped[str] = word_column()
    show_rating_key: Mapped[str] = word_column()
    season_id: Mapped[str] = word_column()
    season_name: Mapped[str] = word_column()
    season_number: Mapped[str] = word_column()
    episode_ids: Mapped[str] = word_column()
    episodes: Mapped[str] = word_column()
    rating_keys: Mapped[str] = word_column()
    plex_titlecard_urls: Mapped[str] = word_column()
    other_media_titlecard_urls: Mapped[str] = word_column()
    resolutions: Mapped[str] = word_column()
    labels: Mapped[str] = word_column()

    __table_args__ = (Index("ix_episode_exports_sorted", "export_run_id", "sort_key", "id"),)
