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
        "asset_files",
        sa.Column("folder_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("folder_id", "name", name=op.f("pk_asset_files")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "asset_folders",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("top", sa.Text(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.Column("seen_ns", sa.BigInteger(), nullable=False),
        sa.Column("checksum", sa.BigInteger(), nullable=False),
        sa.Column("modified", sa.Float(), nullable=False),
        sa.Column("created", sa.Float(), nullable=False),
        sa.Column("newest_ns", sa.BigInteger(), nullable=False),
        sa.Column("entries", sa.BigInteger(), nullable=False),
        sa.Column("posters", sa.BigInteger(), nullable=False),
        sa.Column("backgrounds", sa.BigInteger(), nullable=False),
        sa.Column("seasons", sa.BigInteger(), nullable=False),
        sa.Column("titlecards", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("unreadable", sa.Integer(), nullable=False),
        sa.Column("bad_names", sa.Integer(), nullable=False),
        sa.Column("loops", sa.Integer(), nullable=False),
        sa.Column("ways_out", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_folders")),
    )
    with op.batch_alter_table("asset_folders", schema=None) as batch_op:
        batch_op.create_index("ix_asset_folders_parent_id", ["parent_id"], unique=False)
        batch_op.create_index("ix_asset_folders_root_id_top", ["root_id", "top"], unique=False)
        batch_op.create_index("ux_asset_folders_root_id_path", ["root_id", "path"], unique=True)

    op.create_table(
        "asset_roots",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("scanned_at", sa.DateTime(), nullable=True),
        sa.Column("missing_since", sa.DateTime(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asset_roots")),
        sa.UniqueConstraint("name", name=op.f("uq_asset_roots_name")),
    )
    op.create_table(
        "asset_totals",
        sa.Column("root_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("top", sa.Text(), nullable=False),
        sa.Column("posters", sa.BigInteger(), nullable=False),
        sa.Column("backgrounds", sa.BigInteger(), nullable=False),
        sa.Column("seasons", sa.BigInteger(), nullable=False),
        sa.Column("titlecards", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("root_id", "top", name=op.f("pk_asset_totals")),
    )
    op.create_table(
        "choice_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("rules", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("newest_ns", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_state")),
    )
    op.create_table(
        "episode_exports",
        sa.Column("show_name", sa.Text(), server_default="", nullable=False),
        sa.Column("show_original_name", sa.Text(), server_default="", nullable=False),
        sa.Column("type", sa.Text(), server_default="", nullable=False),
        sa.Column("show_id", sa.Text(), server_default="", nullable=False),
        sa.Column("show_rating_key", sa.Text(), server_default="", nullable=False),
        sa.Column("season_id", sa.Text(), server_default="", nullable=False),
        sa.Column("season_name", sa.Text(), server_default="", nullable=False),
        sa.Column("season_number", sa.Text(), server_default="", nullable=False),
        sa.Column("episode_ids", sa.Text(), server_default="", nullable=False),
        sa.Column("episodes", sa.Text(), server_default="", nullable=False),
        sa.Column("rating_keys", sa.Text(), server_default="", nullable=False),
        sa.Column("plex_titlecard_urls", sa.Text(), server_default="", nullable=False),
        sa.Column("other_media_titlecard_urls", sa.Text(), server_default="", nullable=False),
        sa.Column("resolutions", sa.Text(), server_default="", nullable=False),
        sa.Column("labels", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_run_id", sa.Integer(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=255).with_variant(sa.VARCHAR(length=255, collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("searched", sa.Text(), server_default="", nullable=False),
        sa.Column("library_name", sa.Text(), server_default="", nullable=False),
        sa.Column("library_type", sa.Text(), server_default="", nullable=False),
        sa.Column("library_language", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("tvdbid", sa.Text(), server_default="", nullable=False),
        sa.Column("imdbid", sa.Text(), server_default="", nullable=False),
        sa.Column("tmdbid", sa.Text(), server_default="", nullable=False),
        sa.Column("path", sa.Text(), server_default="", nullable=False),
        sa.Column("root_foldername", sa.Text(), server_default="", nullable=False),
        sa.Column("extra_folder", sa.Text(), server_default="", nullable=False),
        sa.Column("plex_background_url", sa.Text(), server_default="", nullable=False),
        sa.Column("other_media_background_url", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode_exports")),
    )
    with op.batch_alter_table("episode_exports", schema=None) as batch_op:
        batch_op.create_index("ix_episode_exports_sorted", ["export_run_id", "sort_key", "id"], unique=False)

    op.create_table(
        "export_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("inode", sa.String(length=32), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("is_cut", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("export_run_id", sa.Integer(), nullable=True),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_files")),
    )
    with op.batch_alter_table("export_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_export_files_export_run_id"), ["export_run_id"], unique=False)
        batch_op.create_index("ix_export_files_name_digest", ["name", "digest"], unique=False)

    op.create_table(
        "export_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("stamp", sa.String(length=32), nullable=False),
        sa.Column("moment", sa.DateTime(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("script_run_id", sa.Integer(), nullable=True),
        sa.Column("library_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("episode_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("total_episodes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_dropped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export_runs")),
    )
    with op.batch_alter_table("export_runs", schema=None) as batch_op:
        batch_op.create_index("ix_export_runs_kind_moment", ["kind", "moment"], unique=False)
        batch_op.create_index("ix_export_runs_script_run_id", ["script_run_id"], unique=False)
        batch_op.create_index("ux_export_runs_kind_stamp", ["kind", "stamp"], unique=True)

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
        "image_choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=32), nullable=False),
        sa.Column("categories", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("verdict", sa.String(length=3), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("searched", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("type", sa.Text(), server_default="", nullable=False),
        sa.Column("rootfolder", sa.Text(), server_default="", nullable=False),
        sa.Column("library_name", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("fallback", sa.Text(), server_default="", nullable=False),
        sa.Column("text_truncated", sa.Text(), server_default="", nullable=False),
        sa.Column("download_source", sa.Text(), server_default="", nullable=False),
        sa.Column("fav_provider_link", sa.Text(), server_default="", nullable=False),
        sa.Column("manual", sa.Text(), server_default="", nullable=False),
        sa.Column("tmdbid", sa.Text(), server_default="", nullable=False),
        sa.Column("tvdbid", sa.Text(), server_default="", nullable=False),
        sa.Column("imdbid", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image_choices")),
        sa.UniqueConstraint("identity", name=op.f("uq_image_choices_identity")),
    )
    with op.batch_alter_table("image_choices", schema=None) as batch_op:
        batch_op.create_index("ix_image_choices_categories_id", ["categories", "id"], unique=False)

    op.create_table(
        "library_exports",
        sa.Column("resolution", sa.Text(), server_default="", nullable=False),
        sa.Column("original_title", sa.Text(), server_default="", nullable=False),
        sa.Column("season_names", sa.Text(), server_default="", nullable=False),
        sa.Column("season_numbers", sa.Text(), server_default="", nullable=False),
        sa.Column("season_rating_keys", sa.Text(), server_default="", nullable=False),
        sa.Column("year", sa.Text(), server_default="", nullable=False),
        sa.Column("rating_key", sa.Text(), server_default="", nullable=False),
        sa.Column("media_id", sa.Text(), server_default="", nullable=False),
        sa.Column("multiple_versions", sa.Text(), server_default="", nullable=False),
        sa.Column("plex_poster_url", sa.Text(), server_default="", nullable=False),
        sa.Column("plex_season_urls", sa.Text(), server_default="", nullable=False),
        sa.Column("other_media_poster_url", sa.Text(), server_default="", nullable=False),
        sa.Column("labels", sa.Text(), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_run_id", sa.Integer(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=255).with_variant(sa.VARCHAR(length=255, collation="C"), "postgresql"),
            server_default="",
            nullable=False,
        ),
        sa.Column("searched", sa.Text(), server_default="", nullable=False),
        sa.Column("library_name", sa.Text(), server_default="", nullable=False),
        sa.Column("library_type", sa.Text(), server_default="", nullable=False),
        sa.Column("library_language", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("tvdbid", sa.Text(), server_default="", nullable=False),
        sa.Column("imdbid", sa.Text(), server_default="", nullable=False),
        sa.Column("tmdbid", sa.Text(), server_default="", nullable=False),
        sa.Column("path", sa.Text(), server_default="", nullable=False),
        sa.Column("root_foldername", sa.Text(), server_default="", nullable=False),
        sa.Column("extra_folder", sa.Text(), server_default="", nullable=False),
        sa.Column("plex_background_url", sa.Text(), server_default="", nullable=False),
        sa.Column("other_media_background_url", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_exports")),
    )
    with op.batch_alter_table("library_exports", schema=None) as batch_op:
        batch_op.create_index("ix_library_exports_sorted", ["export_run_id", "sort_key", "id"], unique=False)

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
    op.create_table(
        "triggers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parcel", sa.String(length=32), nullable=True),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=True),
        sa.Column("sender", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("season", sa.Integer(), nullable=True),
        sa.Column("episodes", sa.JSON(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("first_at", sa.DateTime(), nullable=False),
        sa.Column("waiting_until", sa.DateTime(), nullable=False),
        sa.Column("due_since", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("look_ups", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triggers")),
    )
    with op.batch_alter_table("triggers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_triggers_file"), ["file"], unique=False)
        batch_op.create_index("ix_triggers_status_identity", ["status", "identity"], unique=False)
        batch_op.create_index("ix_triggers_status_waiting_until", ["status", "waiting_until"], unique=False)

    op.create_table(
        "trigger_runs",
        sa.Column("trigger_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("episodes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_trigger_runs_run_id_runs"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["trigger_id"],
            ["triggers.id"],
            name=op.f("fk_trigger_runs_trigger_id_triggers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("trigger_id", "run_id", name=op.f("pk_trigger_runs")),
    )
    with op.batch_alter_table("trigger_runs", schema=None) as batch_op:
        batch_op.create_index("ix_trigger_runs_run_id", ["run_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("trigger_runs", schema=None) as batch_op:
        batch_op.drop_index("ix_trigger_runs_run_id")

    op.drop_table("trigger_runs")
    with op.batch_alter_table("triggers", schema=None) as batch_op:
        batch_op.drop_index("ix_triggers_status_waiting_until")
        batch_op.drop_index("ix_triggers_status_identity")
        batch_op.drop_index(batch_op.f("ix_triggers_file"))

    op.drop_table("triggers")
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
    with op.batch_alter_table("library_exports", schema=None) as batch_op:
        batch_op.drop_index("ix_library_exports_sorted")

    op.drop_table("library_exports")
    with op.batch_alter_table("image_choices", schema=None) as batch_op:
        batch_op.drop_index("ix_image_choices_categories_id")

    op.drop_table("image_choices")
    with op.batch_alter_table("failed_logins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_failed_logins_address"))

    op.drop_table("failed_logins")
    with op.batch_alter_table("export_runs", schema=None) as batch_op:
        batch_op.drop_index("ux_export_runs_kind_stamp")
        batch_op.drop_index("ix_export_runs_script_run_id")
        batch_op.drop_index("ix_export_runs_kind_moment")

    op.drop_table("export_runs")
    with op.batch_alter_table("export_files", schema=None) as batch_op:
        batch_op.drop_index("ix_export_files_name_digest")
        batch_op.drop_index(batch_op.f("ix_export_files_export_run_id"))

    op.drop_table("export_files")
    with op.batch_alter_table("episode_exports", schema=None) as batch_op:
        batch_op.drop_index("ix_episode_exports_sorted")

    op.drop_table("episode_exports")
    op.drop_table("choice_state")
    op.drop_table("asset_totals")
    op.drop_table("asset_roots")
    with op.batch_alter_table("asset_folders", schema=None) as batch_op:
        batch_op.drop_index("ux_asset_folders_root_id_path")
        batch_op.drop_index("ix_asset_folders_root_id_top")
        batch_op.drop_index("ix_asset_folders_parent_id")

    op.drop_table("asset_folders")
    op.drop_table("asset_files")
    op.drop_table("api_keys")
