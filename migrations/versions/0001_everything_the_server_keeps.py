"""Everything the server keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=True),
        sa.Column("last_used_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("prefix", name=op.f("uq_api_keys_prefix")),
    )
    op.create_table(
        "failed_logins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("failed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_logins")),
    )
    with op.batch_alter_table("failed_logins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_failed_logins_address"), ["address"], unique=False)

    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attempt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stop_requested", sa.String(length=8), nullable=True),
        sa.Column("queued_at", sa.DateTime(), nullable=False),
        sa.Column("not_before", sa.DateTime(), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("pid", sa.Integer(), nullable=True),
        sa.Column("process_started", sa.String(length=80), nullable=True),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("log_file", sa.String(length=255), nullable=True),
        sa.Column("occurrence", sa.String(length=64), nullable=True),
        sa.Column("report_key", sa.String(length=128), nullable=True),
        sa.Column("script_started_at", sa.DateTime(), nullable=True),
        sa.Column("script_ended_at", sa.DateTime(), nullable=True),
        sa.Column("runtime_seconds", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total_images", sa.Integer(), server_default="0", nullable=False),
        sa.Column("posters", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seasons", sa.Integer(), server_default="0", nullable=False),
        sa.Column("backgrounds", sa.Integer(), server_default="0", nullable=False),
        sa.Column("titlecards", sa.Integer(), server_default="0", nullable=False),
        sa.Column("collections", sa.Integer(), server_default="0", nullable=False),
        sa.Column("errors", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fallbacks", sa.Integer(), server_default="0", nullable=False),
        sa.Column("textless", sa.Integer(), server_default="0", nullable=False),
        sa.Column("truncated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("text", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tba_skipped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("jap_chines_skipped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("images_cleared", sa.Integer(), server_default="0", nullable=False),
        sa.Column("folders_cleared", sa.Integer(), server_default="0", nullable=False),
        sa.Column("notification_sent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("uptime_kuma", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("space_saved", sa.String(length=64), nullable=True),
        sa.Column("script_version", sa.String(length=64), nullable=True),
        sa.Column("im_version", sa.String(length=64), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("occurrence", name=op.f("uq_runs_occurrence")),
        sa.UniqueConstraint("report_key", name=op.f("uq_runs_report_key")),
    )
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.create_index("ix_runs_started_at", ["started_at"], unique=False)
        batch_op.create_index("ix_runs_status_queued_at", ["status", "queued_at"], unique=False)
        batch_op.create_index(
            "ux_runs_one_running",
            ["status"],
            unique=True,
            sqlite_where=sa.text("status = 'running'"),
            postgresql_where=sa.text("status = 'running'"),
        )

    op.create_table(
        "stored_documents",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.Column("etag", sa.String(length=255), nullable=True),
        sa.Column("last_modified", sa.String(length=255), nullable=True),
        sa.Column("fetched_at", sa.DateTime(), nullable=True),
        sa.Column("tried_at", sa.DateTime(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_stored_documents")),
    )


def downgrade() -> None:
    op.drop_table("stored_documents")
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_runs_one_running",
            sqlite_where=sa.text("status = 'running'"),
            postgresql_where=sa.text("status = 'running'"),
        )
        batch_op.drop_index("ix_runs_status_queued_at")
        batch_op.drop_index("ix_runs_started_at")

    op.drop_table("runs")
    with op.batch_alter_table("failed_logins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_failed_logins_address"))

    op.drop_table("failed_logins")
    op.drop_table("api_keys")
