from marshmallow import EXCLUDE, INCLUDE, Schema, fields

from app.api.schemas.shapes import MessageSchema, SuccessSchema, described
from app.core.schedule.schedule_entry import FREQUENCIES, MISSED, MODE_TITLES, UNITS


class EntrySchema(Schema):
    """One schedule; keys that are not named here are kept as they are."""

    class Meta:
        unknown = INCLUDE

    time = fields.String(
        allow_none=True, metadata=described("HH:MM in the scheduler's zone; an interval does without.")
    )
    description = fields.String(allow_none=True, metadata=described("Free text.", maxLength=500))
    mode = fields.String(metadata=described("What runs; normal by default.", enum=list(MODE_TITLES)))
    frequency = fields.String(metadata=described("daily by default.", enum=list(FREQUENCIES)))
    day_of_week = fields.Raw(metadata=described("Weekly: mon, mon,thu, fri-sun or 0 to 6 from Monday."))
    day = fields.Raw(metadata=described("Monthly: 1 to 31, 1,15 or last; a short month takes its last day."))
    month = fields.Raw(metadata=described("Monthly: *, 1 to 12, 1,7, */3 or jun-aug."))
    interval_value = fields.Raw(metadata=described("Interval: every how many units of elapsed time."))
    interval_unit = fields.String(metadata=described("hours by default.", enum=list(UNITS)))
    enabled = fields.Boolean(metadata=described("An entry that is off stays in the list."))
    missed = fields.String(
        allow_none=True, metadata=described("What becomes of a missed time.", enum=list(MISSED))
    )
    grace_minutes = fields.Raw(metadata=described("How late a missed time may still run once."))


class ConfigChangeSchema(Schema):
    """What is named is changed; all else stays."""

    class Meta:
        unknown = EXCLUDE

    enabled = fields.Boolean()
    schedules = fields.List(fields.Dict(), metadata=described("Takes the place of all entries."))
    timezone = fields.String(metadata=described("An IANA zone; the setting TZ wins over it."))
    skip_if_running = fields.Boolean()
    missed = fields.String(metadata=described("For entries that say nothing.", enum=list(MISSED)))
    grace_minutes = fields.Integer(metadata=described("For entries that say nothing."))


class JobSchema(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    next_run = fields.String(required=True, metadata=described("ISO 8601 with an offset."))


class SchedulerStatusSchema(SuccessSchema):
    enabled = fields.Boolean(required=True)
    running = fields.Boolean(required=True, metadata=described("The engine is on."))
    is_executing = fields.Boolean(required=True, metadata=described("A run that a schedule asked for."))
    schedules = fields.List(fields.Raw(), required=True)
    timezone = fields.String(required=True)
    last_run = fields.String(required=True, allow_none=True, metadata=described("Local, without a zone."))
    next_run = fields.String(required=True, allow_none=True)
    active_jobs = fields.List(fields.Nested(JobSchema), required=True)
    problems = fields.List(fields.String())


class SchedulerConfigSchema(SuccessSchema):
    config = fields.Dict(required=True)


class SchedulerChangedSchema(MessageSchema, SchedulerStatusSchema):
    config = fields.Dict(required=True)


class RunNowSchema(MessageSchema):
    run_id = fields.Integer(required=True)
    queued = fields.Boolean(required=True, metadata=described("Other runs come first."))
