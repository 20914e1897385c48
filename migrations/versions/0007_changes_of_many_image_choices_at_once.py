"""Changes of many image choices at once."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "choice_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_resolved", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_changes")),
    )
    with op.batch_alter_table("image_choices", schema=None) as batch_op:
        batch_op.add_column(sa.Column("change_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("verdict_before", sa.String(length=3), nullable=True))
        batch_op.create_index(batch_op.f("ix_image_choices_change_id"), ["change_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("image_choices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_image_choices_change_id"))
        batch_op.drop_column("verdict_before")
        batch_op.drop_column("change_id")

    op.drop_table("choice_changes")
