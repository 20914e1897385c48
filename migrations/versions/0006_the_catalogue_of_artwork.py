"""The catalogue of artwork."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asset_catalogue",
        sa.Column("folder_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("root_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("library", sa.Text(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=255).with_variant(sa.VARCHAR(length=255, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("letter", sa.String(length=4), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("searched", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=True),
        sa.Column("categories", sa.SmallInteger(), nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("provider", sa.Text(), server_default="", nullable=False),
        sa.Column("flags", sa.SmallInteger(), nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("upload", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.String(length=16), nullable=True),
        sa.Column("color", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("folder_id", "name", name=op.f("pk_asset_catalogue")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("asset_catalogue", schema=None) as batch_op:
        batch_op.create_index("ix_asset_catalogue_choice_id", ["choice_id"], unique=False)
        batch_op.create_index("ix_asset_catalogue_kind_sorted", ["root_id", "kind", "sort_key"], unique=False)
        batch_op.create_index("ix_asset_catalogue_sorted", ["root_id", "sort_key", "kind"], unique=False)
        batch_op.create_index(
            "ix_asset_catalogue_unread",
            ["modified_ns"],
            unique=False,
            sqlite_where=sa.text("digest IS NULL"),
            postgresql_where=sa.text("digest IS NULL"),
        )

    op.create_table(
        "catalogue_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_state")),
    )
    with op.batch_alter_table("asset_folders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("catalogued", sa.BigInteger(), nullable=True))

    with op.batch_alter_table("image_choices", schema=None) as batch_op:
        batch_op.create_index(
            "ix_image_choices_rootfolder", ["rootfolder"], unique=False, postgresql_using="hash"
        )


def downgrade() -> None:
    with op.batch_alter_table("image_choices", schema=None) as batch_op:
        batch_op.drop_index("ix_image_choices_rootfolder", postgresql_using="hash")

    with op.batch_alter_table("asset_folders", schema=None) as batch_op:
        batch_op.drop_column("catalogued")

    op.drop_table("catalogue_state")
    with op.batch_alter_table("asset_catalogue", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_asset_catalogue_unread",
            sqlite_where=sa.text("digest IS NULL"),
            postgresql_where=sa.text("digest IS NULL"),
        )
        batch_op.drop_index("ix_asset_catalogue_sorted")
        batch_op.drop_index("ix_asset_catalogue_kind_sorted")
        batch_op.drop_index("ix_asset_catalogue_choice_id")

    op.drop_table("asset_catalogue")
