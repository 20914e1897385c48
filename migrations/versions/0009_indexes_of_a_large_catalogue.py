"""Indexes by which a large catalogue is counted and sorted by time."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # PostgreSQL takes no longer ones into an index.
    op.execute("UPDATE asset_catalogue SET language = substr(language, 1, 64) WHERE length(language) > 64")
    op.execute("UPDATE asset_catalogue SET library = substr(library, 1, 255) WHERE length(library) > 255")
    with op.batch_alter_table("asset_catalogue", schema=None) as batch_op:
        batch_op.create_index(
            "ix_asset_catalogue_facets",
            [
                "root_id",
                "kind",
                "library",
                "language",
                "provider",
                "owner",
                "upload",
                "flags",
                "categories",
                "letter",
                "year",
            ],
            unique=False,
        )
        batch_op.create_index("ix_asset_catalogue_modified", ["root_id", "modified_ns", "kind"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("asset_catalogue", schema=None) as batch_op:
        batch_op.drop_index("ix_asset_catalogue_modified")
        batch_op.drop_index("ix_asset_catalogue_facets")
