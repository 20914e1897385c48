"""When runs start by themselves."""

from collections.abc import Callable

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.schemas.scheduler import (
    ConfigChangeSchema,
    EntrySchema,
    RunNowSchema,
    SchedulerChangedSchema,
    SchedulerConfigSchema,
    SchedulerStatusSchema,
)
from app.core.execution.run_offers import require_mode
from app.core.runs import active_run, position, request_run
from app.core.schedule import schedule_edits as edits
from app.core.schedule.schedules import last_run_text, shown_config, zone_in_force
from app.extensions import machine
from app.http.security import requires
from app.models import Origin
from app.models.base import now
from app.services.system_readers import system_readers

blueprint = ApiBlueprint("scheduler", __name__, description="When runs start by themselves.")


def changes_schedules(view: Callable) -> Callable:
    """Mark a view that writes scheduler.json: who may, what it answers, and when it refuses."""
    answering = blueprint.response(200, SchedulerChangedSchema)(requires("config")(view))
    return blueprint.alt_response(409, schema=ErrorSchema)(answering)


@blueprint.get("/scheduler/status")
@blueprint.response(200, SchedulerStatusSchema)
@requires("read")
def scheduler_status() -> Response:
    """Return what is planned, what ran last and what runs now."""
    return jsonify(system_readers().schedule())


@blueprint.get("/scheduler/config")
@blueprint.response(200, SchedulerConfigSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("read")
def get_scheduler_config() -> Response:
    """Show scheduler.json, and after its entries those of the setting RUN_TIME."""
    return jsonify(success=True, config=scheduler_config())


@blueprint.post("/scheduler/config")
@blueprint.arguments(ConfigChangeSchema)
@changes_schedules
def change_scheduler_config(changes: dict) -> Response:
    """Change what is named; it takes effect within a second."""
    with machine().schedules.changing() as values:
        edits.apply_config_changes(values, changes)
    return changed("Scheduler configuration saved" + zone_note(changes))


@blueprint.post("/scheduler/schedule")
@blueprint.arguments(EntrySchema)
@changes_schedules
def add_schedule(entry: dict) -> Response:
    """Add one entry, in a mode that the script has."""
    require_mode(machine().settings.poster_script, str(entry.get("mode", "normal")))
    with machine().schedules.changing() as values:
        added = edits.add_entry(values, entry)
    return changed(f"Schedule added: {added.get('time') or 'an interval'}")


@blueprint.put("/scheduler/schedule/<entry>")
@blueprint.arguments(EntrySchema)
@changes_schedules
def replace_schedule(new: dict, entry: str) -> Response:
    """Change the entry with that index, counted from 0; what is not named stays."""
    require_mode(machine().settings.poster_script, str(new.get("mode", "normal")))
    with machine().schedules.changing() as values:
        edits.replace_entry(values, edits.index_from(entry), new, run_times())
    return changed("Schedule changed")


@blueprint.delete("/scheduler/schedule/<entry>")
@changes_schedules
def remove_schedule(entry: str) -> Response:
    """Remove every entry with that time of day."""
    with machine().schedules.changing() as values:
        edits.remove_time(values, entry, run_times())
    return changed(f"Schedule removed: {entry}")


@blueprint.delete("/scheduler/schedule/index/<index>")
@changes_schedules
def remove_schedule_at(index: str) -> Response:
    """Remove the entry with that index, counted from 0."""
    with machine().schedules.changing() as values:
        edits.remove_entry(values, edits.index_from(index), run_times())
    return changed("Schedule removed")


@blueprint.delete("/scheduler/schedules")
@changes_schedules
def remove_schedules() -> Response:
    """Remove all entries; times of the setting RUN_TIME stay."""
    with machine().schedules.changing() as values:
        values["schedules"] = []
    return changed("All schedules removed" + (", but for those of RUN_TIME" if run_times() else ""))


@blueprint.post("/scheduler/enable")
@changes_schedules
def enable() -> Response:
    """Put the schedules in force."""
    with machine().schedules.changing() as values:
        values["enabled"] = True
    return changed("Scheduler enabled")


@blueprint.post("/scheduler/disable")
@changes_schedules
def disable() -> Response:
    """Suspend the schedules; times of the setting RUN_TIME stay in force."""
    with machine().schedules.changing() as values:
        values["enabled"] = False
    return changed("Scheduler disabled" + (", but for the times of RUN_TIME" if run_times() else ""))


@blueprint.post("/scheduler/restart")
@changes_schedules
def restart() -> Response:
    """Read scheduler.json again and plan afresh."""
    machine().schedules.touch()
    return changed("Scheduler restarted")


@blueprint.post("/scheduler/run-now")
@blueprint.response(200, RunNowSchema)
@requires("run")
def run_now() -> Response:
    """Queue a scheduled run at once, whatever runs already."""
    with machine().database.writing() as session:
        run = request_run(session, "scheduled", Origin.SCHEDULE)
        queued = active_run(session) is not None or position(session, run) > 1
    note_last_run()
    message = f"Run {run.id} is queued behind others" if queued else f"Run {run.id} started"
    return jsonify(success=True, message=message, run_id=run.id, queued=queued)


def note_last_run() -> None:
    schedules = machine().schedules
    zone, _ = zone_in_force(schedules.last_known()[0], machine().settings.tz)
    schedules.note(last_run=last_run_text(now(), zone))


def scheduler_config() -> dict:
    return shown_config(machine().schedules.values(), run_times(), machine().settings.tz)


def changed(message: str) -> Response:
    return jsonify({**system_readers().schedule(), "message": message, "config": scheduler_config()})


def run_times() -> tuple[str, ...]:
    return machine().settings.run_time


def zone_note(changes: dict) -> str:
    setting = machine().settings.tz
    return f"; the setting TZ={setting} wins over the zone" if setting and "timezone" in changes else ""
