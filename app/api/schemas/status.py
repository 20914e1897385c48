from marshmallow import Schema, fields


class StatusSchema(Schema):
    running = fields.Boolean(required=True)
    manual_running = fields.Boolean(required=True, metadata={"description": "A run that a caller asked for."})
    scheduler_running = fields.Boolean(required=True)
    scheduler_is_executing = fields.Boolean(required=True)
    last_logs = fields.List(fields.String(), required=True, metadata={"description": "25 lines at most."})
    script_exists = fields.Boolean(required=True)
    config_exists = fields.Boolean(required=True)
    pid = fields.Integer(required=True, allow_none=True)
    current_mode = fields.String(required=True, allow_none=True)
    active_log = fields.String(required=True)
    already_running_detected = fields.Boolean(required=True)
    running_file_exists = fields.Boolean(required=True)
    start_time = fields.String(
        required=True, allow_none=True, metadata={"description": "Local, without a zone."}
    )
    run_id = fields.Integer(required=True, allow_none=True)
    phase = fields.String(required=True, allow_none=True)
    done = fields.Integer(required=True, allow_none=True)
    total = fields.Integer(required=True, allow_none=True)
    percent = fields.Float(required=True, allow_none=True)
    seconds_left = fields.Float(required=True, allow_none=True)
    counts = fields.Dict(required=True)
    queued = fields.Integer(required=True, allow_none=True, metadata={"description": "Runs that wait."})
