"""By what pictures are known in other encodings."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture_prints",
        sa.Column("digest", sa.String(length=16), nullable=False),
        sa.Column("print", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_picture_prints")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("picture_prints")
