"""The history of runs."""

from flask import Response, current_app, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.pages import page_fields
from app.api.schemas.history import (
    CleanupQuery,
    CleanupSchema,
    FormatSchema,
    HistoryQuery,
    HistorySchema,
    ImportedReportsSchema,
    MigratedSchema,
    MigrationSchema,
    StatisticsSchema,
    SummaryQuery,
    SummarySchema,
)
from app.core import history
from app.core.execution.undone import undone_fields, undone_runs
from app.core.takeover.history_migration import (
    history_part,
    is_history_migrated,
    migration_counts,
    migration_info,
)
from app.core.takeover.record import TakeoverRecord, stored_takeover
from app.extensions import machine
from app.http.security import requires
from app.services.reports import import_reports
from app.services.system_readers import schedule_part, system_readers
from app.services.takeover import take_over_again

blueprint = ApiBlueprint("history", __name__, description="The history of runs.")


@blueprint.get("/runtime-history")
@blueprint.arguments(HistoryQuery, location="query")
@blueprint.response(200, HistorySchema)
@requires("read")
def runtime_history(query: dict) -> Response:
    """List the runs that have ended, newest first."""
    body = system_readers().answer_cache.answer(("history", *query.values()), lambda: history_body(query))
    return Response(body, mimetype="application/json")


def history_body(query: dict) -> str:
    with machine().database.reading() as session:
        zone = system_readers().zone
        rows, total = history.history_page(session, query["limit"], query["offset"], query["mode"], zone)
        undone = undone_runs(session)
    rows = [row | undone_fields(row["id"], undone) for row in rows]
    page = page_fields("history", rows, total, query)
    return current_app.json.dumps({**page, "mode_filter": query["mode"]})


@blueprint.get("/runtime-stats")
@blueprint.response(200, StatisticsSchema)
@requires("read")
def runtime_statistics() -> Response:
    """Return the counters of the newest run, and the state of the scheduler."""
    numbers = system_readers().answer_cache.answer("statistics", read_latest_numbers)
    return jsonify({**numbers, "scheduler": schedule_part("enabled", "schedules", "next_run", "timezone")})


def read_latest_numbers() -> dict:
    with machine().database.reading() as session:
        return history.latest_numbers(session, system_readers().zone)


@blueprint.get("/runtime-summary")
@blueprint.arguments(SummaryQuery, location="query")
@blueprint.response(200, SummarySchema)
@requires("read")
def runtime_summary(query: dict) -> Response:
    """Add up the runs of the last days; one day means today."""
    with machine().database.reading() as session:
        return jsonify(
            success=True, summary=history.history_summary(session, query["days"], system_readers().zone)
        )


@blueprint.delete("/runtime-history/cleanup")
@blueprint.arguments(CleanupQuery, location="query")
@blueprint.response(200, CleanupSchema)
@requires("admin")
def cleanup(query: dict) -> Response:
    """Delete the runs that ended longer ago than that many days."""
    with machine().database.writing() as session:
        count = history.forget_older_than(session, query["days"])
    message = f"Deleted {count} entries older than {query['days']} days"
    return jsonify(success=True, deleted_count=count, message=message)


@blueprint.get("/runtime-history/migration-status")
@blueprint.response(200, MigrationSchema)
@requires("read")
def migration_status() -> Response:
    """Return whether the history of an existing Posterizarr was taken over, which the first start does."""
    record = takeover_record()
    return jsonify(
        success=True, is_migrated=is_history_migrated(record), migration_info=migration_info(record)
    )


@blueprint.post("/runtime-history/migrate")
@blueprint.response(200, MigratedSchema)
@requires("assets")
def migrate_history() -> Response:
    """Take over the history of an existing Posterizarr where the first start could not read it."""
    if is_history_migrated(takeover_record()):
        nothing = {"already_migrated": True, "imported": 0, "skipped": 0, "errors": 0}
        return jsonify(success=True, **nothing, message="Every run is in the history already")
    record = take_over_again(machine())
    counts = migration_counts(record)
    failure = "; ".join(history_part(record)["notes"])
    message = failure if counts["errors"] else import_message(counts["imported"])
    return jsonify(success=not counts["errors"], already_migrated=False, **counts, message=message)


def takeover_record() -> TakeoverRecord | None:
    with machine().database.reading() as session:
        return stored_takeover(session)


@blueprint.post("/runtime-history/migrate-format")
@blueprint.response(200, FormatSchema)
@requires("assets")
def migrate_format() -> Response:
    """Return that every duration has one format."""
    return jsonify(success=True, updated_count=0, message="Every duration has the right form already")


@blueprint.post("/runtime-history/import-json")
@blueprint.response(200, ImportedReportsSchema)
@requires("assets")
def import_json() -> Response:
    """Import the reports in Logs and RotatedLogs, each once; the dispatcher also does so by itself."""
    count = import_reports(machine())
    return jsonify(success=True, imported=count or 0, message=import_message(count))


def import_message(count: int | None) -> str:
    if count is None:
        return "A run is active; all reports are taken in when it ends"
    if not count:
        return "No report is missing in the history"
    return f"Imported {count} run{'' if count == 1 else 's'}"
