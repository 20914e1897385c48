from sqlalchemy import BigInteger, Float, Index, Integer, LargeBinary, SmallInteger, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base
from app.models.export import SORTED_TEXT, word_column

GROUPED = ("kind", "library", "language", "provider", "owner", "upload", "flags", "categories")


class CatalogueEntry(Base):
    """A picture of the index with all that can be searched for, or a choice of which there is no picture."""

    __tablename__ = "asset_catalogue"

    # Those of `AssetFile`; a choice without a picture has no folder, 0, and its identity for a name.
    folder_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    root_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    library: Mapped[str] = mapped_column(Text)
    # By title, then year, then kind and number.
    sort_key: Mapped[str] = mapped_column(SORTED_TEXT)
    letter: Mapped[str] = mapped_column(String(4))
    year: Mapped[int | None] = mapped_column(SmallInteger)
    searched: Mapped[str] = mapped_column(Text)

    # The state of the file that the last two columns were read from.
    size: Mapped[int] = mapped_column(BigInteger)
    modified_ns: Mapped[int] = mapped_column(BigInteger)
    created: Mapped[float] = mapped_column(Float)

    choice_id: Mapped[int | None]
    categories: Mapped[int] = mapped_column(SmallInteger)
    language: Mapped[str] = word_column()
    provider: Mapped[str] = word_column()
    flags: Mapped[int] = mapped_column(SmallInteger)
    owner: Mapped[str] = word_column()
    upload: Mapped[str] = word_column()

    # What needs a person, in bits; what stands for the candidates; a name that outlives the folder's row.
    concerns: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    offered: Mapped[str] = mapped_column(String(8), server_default="")
    entry: Mapped[str] = mapped_column(String(16), server_default="")

    # The beginning of the content's SHA-256; None before it was read, "" where it cannot be.
    digest: Mapped[str | None] = mapped_column(String(16))
    # The average color, 0xRRGGBB.
    color: Mapped[int | None] = mapped_column(Integer)

    __table_args__ = (
        # With the kind, so that a page of all kinds is found in the index alone.
        Index("ix_asset_catalogue_sorted", "root_id", "sort_key", "kind"),
        Index("ix_asset_catalogue_kind_sorted", "root_id", "kind", "sort_key"),
        Index(
            "ix_asset_catalogue_concerns",
            "root_id",
            "sort_key",
            "kind",
            sqlite_where=text("concerns <> 0"),
            postgresql_where=text("concerns <> 0"),
        ),
        Index("ix_asset_catalogue_modified", "root_id", "modified_ns", "kind"),
        # In the order in which facets are grouped, so that all counts are read from it without sorting.
        Index("ix_asset_catalogue_facets", "root_id", *GROUPED, "letter", "year"),
        Index("ix_asset_catalogue_choice_id", "choice_id"),
        Index(
            "ix_asset_catalogue_unread",
            "modified_ns",
            sqlite_where=digest.column.is_(None),
            postgresql_where=digest.column.is_(None),
        ),
        {"sqlite_with_rowid": False},
    )

    def __repr__(self) -> str:
        return f"<CatalogueEntry {self.folder_id} {self.name!r}>"


class PicturePrint(Base):
    """By what a content is known in another encoding or size, also when no file has it any more."""

    __tablename__ = "picture_prints"

    # As in the catalogue.
    digest: Mapped[str] = mapped_column(String(16), primary_key=True)
    # Empty for what is no picture.
    print: Mapped[bytes] = mapped_column(LargeBinary(32))

    __table_args__ = ({"sqlite_with_rowid": False},)

    def __repr__(self) -> str:
        return f"<PicturePrint {self.digest}>"


class CatalogueState(Base):
    """The one row that records what the catalogue was made of."""

    __tablename__ = "catalogue_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # Grows with every visible change.
    version: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[str] = mapped_column(Text)

    def __repr__(self) -> str:
        return f"<CatalogueState {self.version}>"
