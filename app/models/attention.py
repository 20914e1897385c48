from datetime import datetime

from sqlalchemy import Index, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment, now


class AttentionIgnore(Base):
    """What a person wants to hear no more of: a concern of one picture, or of all that a filter leaves."""

    __tablename__ = "attention_ignores"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    # One bit of `Concern`.
    concern: Mapped[int] = mapped_column(SmallInteger)
    # `CatalogueEntry.entry`; None where the filter below says which.
    entry: Mapped[str | None] = mapped_column(String(16))
    # It holds while the candidates are these; None for ever.
    offered: Mapped[str | None] = mapped_column(String(8))

    library: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column(String(10))
    search: Mapped[str] = mapped_column(Text, default="", server_default="")

    __table_args__ = (
        Index("ix_attention_ignores_entry_concern", "entry", "concern"),
        # Numbers are never used again, so that count and largest number say which state this is.
        {"sqlite_autoincrement": True},
    )

    def __repr__(self) -> str:
        return f"<AttentionIgnore {self.id} {self.concern} {self.entry or self.library}>"
