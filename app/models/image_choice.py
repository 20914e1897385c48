from datetime import datetime

from sqlalchemy import BigInteger, Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment, now


def text_column() -> Mapped[str]:
    return mapped_column(Text, default="", server_default="")


class ImageChoice(Base):
    """Which picture the script chose for one poster, season, background or title card."""

    __tablename__ = "image_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    # A digest of title, root folder, type and library: together they can be too long for an index.
    identity: Mapped[str] = mapped_column(String(32), unique=True)
    # One bit for each category of the overview, by the rules that `ChoiceState` keeps.
    categories: Mapped[int] = mapped_column(SmallInteger, default=0, server_default="0")
    # "Yes" or "No": the word of a person, which stands above the script's in `manual`.
    verdict: Mapped[str | None] = mapped_column(String(3))
    # The change of many that set the verdict, and what the verdict was before it.
    change_id: Mapped[int | None] = mapped_column(index=True)
    verdict_before: Mapped[str | None] = mapped_column(String(3))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=now)

    # What can be searched, without regard to capitals.
    searched: Mapped[str] = text_column()
    title: Mapped[str] = text_column()
    type: Mapped[str] = text_column()
    rootfolder: Mapped[str] = text_column()
    library_name: Mapped[str] = text_column()
    language: Mapped[str] = text_column()
    fallback: Mapped[str] = text_column()
    text_truncated: Mapped[str] = text_column()
    download_source: Mapped[str] = text_column()
    fav_provider_link: Mapped[str] = text_column()
    manual: Mapped[str] = text_column()
    tmdbid: Mapped[str] = text_column()
    tvdbid: Mapped[str] = text_column()
    imdbid: Mapped[str] = text_column()

    __table_args__ = (
        Index("ix_image_choices_categories_id", "categories", "id"),
        # A hash, because a tree of PostgreSQL takes no text as long as these may be.
        Index("ix_image_choices_rootfolder", "rootfolder", postgresql_using="hash"),
    )

    def __repr__(self) -> str:
        return f"<ImageChoice {self.id} {self.title!r} {self.type}>"


class ChoiceChange(Base):
    """A change of many choices at once, which one call takes back."""

    __tablename__ = "choice_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    is_resolved: Mapped[bool]
    count: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)

    def __repr__(self) -> str:
        return f"<ChoiceChange {self.id} of {self.count}>"


class ChoiceState(Base):
    """The one row that records the files in the table of image choices."""

    __tablename__ = "choice_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    # Grows with every change of the table.
    version: Mapped[int] = mapped_column(BigInteger)
    # The rules by which `categories` was computed.
    rules: Mapped[str] = text_column()
    # The file that was taken in last, and the time of the newest one that ever was.
    size: Mapped[int] = mapped_column(BigInteger)
    modified_ns: Mapped[int] = mapped_column(BigInteger)
    newest_ns: Mapped[int] = mapped_column(BigInteger)

    def __repr__(self) -> str:
        return f"<ChoiceState {self.version}>"
