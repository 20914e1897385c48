from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment

# No foreign keys: a tree of 390,000 files is written row by row, and whatever names a root or a folder
# that is gone is invisible to every query and swept away later.


def amount() -> Mapped[int]:
    return mapped_column(BigInteger, default=0)


class AssetRoot(Base):
    """One of the trees of artwork; a changed path makes a new row with a new id."""

    __tablename__ = "asset_roots"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(16), unique=True)
    path: Mapped[str] = mapped_column(Text)
    # Device and inode: an empty folder in the place of another one is a mount that has gone.
    identity: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = amount()
    scanned_at: Mapped[datetime | None] = mapped_column(Moment)
    missing_since: Mapped[datetime | None] = mapped_column(Moment)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<AssetRoot {self.id} {self.name} {self.path!r}>"


class AssetFolder(Base):
    """A folder below a root, and what was found in it; the root itself has an empty path."""

    __tablename__ = "asset_folders"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root_id: Mapped[int]
    parent_id: Mapped[int | None]
    path: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    top: Mapped[str] = mapped_column(Text)
    linked: Mapped[bool] = mapped_column(Boolean)

    # Time of the last change that has been taken in, in nanoseconds; 0 asks for another look.
    seen_ns: Mapped[int] = amount()
    # Sum of a checksum over name, size and time of each image.
    checksum: Mapped[int] = amount()
    # The checksum of the images that the catalogue holds; None where it has not looked yet.
    catalogued: Mapped[int | None] = mapped_column(BigInteger)
    modified: Mapped[float] = mapped_column(Float, default=0.0)
    created: Mapped[float] = mapped_column(Float, default=0.0)
    newest_ns: Mapped[int] = amount()
    entries: Mapped[int] = amount()
    posters: Mapped[int] = amount()
    backgrounds: Mapped[int] = amount()
    seasons: Mapped[int] = amount()
    titlecards: Mapped[int] = amount()
    size: Mapped[int] = amount()

    unreadable: Mapped[int] = mapped_column(Integer, default=0)
    bad_names: Mapped[int] = mapped_column(Integer, default=0)
    loops: Mapped[int] = mapped_column(Integer, default=0)
    ways_out: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = (
        Index("ux_asset_folders_root_id_path", "root_id", "path", unique=True),
        Index("ix_asset_folders_root_id_top", "root_id", "top"),
        Index("ix_asset_folders_parent_id", "parent_id"),
    )

    def __repr__(self) -> str:
        return f"<AssetFolder {self.id} {self.path!r}>"


class AssetFile(Base):
    """An image in a folder."""

    __tablename__ = "asset_files"

    folder_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[int] = amount()
    modified_ns: Mapped[int] = amount()
    created: Mapped[float] = mapped_column(Float)

    # One tree instead of a table and an index: rows of a folder lie together.
    __table_args__ = ({"sqlite_with_rowid": False},)

    def __repr__(self) -> str:
        return f"<AssetFile {self.folder_id} {self.name!r}>"


class AssetTotal(Base):
    """Counts and bytes of everything below one top folder; the files in the root itself have the top ""."""

    __tablename__ = "asset_totals"

    root_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    top: Mapped[str] = mapped_column(Text, primary_key=True)
    posters: Mapped[int] = amount()
    backgrounds: Mapped[int] = amount()
    seasons: Mapped[int] = amount()
    titlecards: Mapped[int] = amount()
    size: Mapped[int] = amount()

    def __repr__(self) -> str:
        return f"<AssetTotal {self.root_id} {self.top!r}>"


class AssetChange(Base):
    """A change of one image, or of too many at once to be listed; the newest are kept for open streams."""

    __tablename__ = "asset_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    root_id: Mapped[int]
    # The version of the root that makes the change visible.
    version: Mapped[int] = mapped_column(BigInteger)
    change: Mapped[str] = mapped_column(String(7))
    # None where more images changed than are listed.
    path: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(String(10))
    size: Mapped[int] = amount()
    modified_ns: Mapped[int] = amount()

    def __repr__(self) -> str:
        return f"<AssetChange {self.id} {self.change} {self.path!r}>"
