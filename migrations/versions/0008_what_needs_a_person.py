"""What needs a person, and what of it is ignored."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attention_ignores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("concern", sa.SmallInteger(), nullable=False),
        sa.Column("entry", sa.String(length=16), nullable=True),
        sa.Column("offered", sa.String(length=8), nullable=True),
        sa.Column("library", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=True),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attention_ignores")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attention_ignores", schema=None) as batch_op:
        batch_op.create_index("ix_attention_ignores_entry_concern", ["entry", "concern"], unique=False)

    with op.batch_alter_table("asset_catalogue", schema=None) as batch_op:
        batch_op.add_column(sa.Column("concerns", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("offered", sa.String(length=8), server_default="", nullable=False))
        batch_op.add_column(sa.Column("entry", sa.String(length=16), server_default="", nullable=False))
        batch_op.create_index(
            "ix_asset_catalogue_concerns",
            ["root_id", "sort_key", "kind"],
            unique=False,
            sqlite_where=sa.text("concerns <> 0"),
            postgresql_where=sa.text("concerns <> 0"),
        )
    # The next pass compares every row anew.
    op.execute("UPDATE catalogue_state SET source = ''")


def downgrade() -> None:
    with op.batch_alter_table("asset_catalogue", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_asset_catalogue_concerns",
            sqlite_where=sa.text("concerns <> 0"),
            postgresql_where=sa.text("concerns <> 0"),
        )
        batch_op.drop_column("entry")
        batch_op.drop_column("offered")
        batch_op.drop_column("concerns")

    with op.batch_alter_table("attention_ignores", schema=None) as batch_op:
        batch_op.drop_index("ix_attention_ignores_entry_concern")

    op.drop_table("attention_ignores")
