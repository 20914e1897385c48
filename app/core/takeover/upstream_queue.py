"""The queue of replacements of an existing Posterizarr."""

from sqlalchemy.orm import Session

from app.core.takeover.part_outcome import PartOutcome, PartState, TakeoverTerms
from app.core.takeover.upstream_database import UpstreamDatabase
from app.core.takeover.upstream_values import text_of

UPSTREAM_QUEUE = "queue_items"
QUEUE_COLUMNS = (
    *("id", "asset_path", "source_type", "source_data", "overlay_params", "status", "error_message"),
    *("created_at", "updated_at"),
)
COMPLETED = "completed"
ADVICE = "Replace these pictures again, or start the old program and let it work through its queue first."


def name_queue(session: Session, database: UpstreamDatabase, terms: TakeoverTerms) -> PartOutcome:
    """Name the items that were not completed; none is taken over."""
    outcome = PartOutcome(PartState.ABSENT)
    for row in database.rows(UPSTREAM_QUEUE, QUEUE_COLUMNS):
        status = text_of(row.get("status")).strip().lower()
        if status == COMPLETED:
            outcome.left_out["completed by the old program"] += 1
        else:
            outcome.state, outcome.advice = PartState.NOT_TAKEN, ADVICE
            outcome.left_out[f"{status[:20] or 'pending'} in the queue"] += 1
            outcome.note(f"{text_of(row.get('asset_path'))[:200]} ({text_of(row.get('source_type'))[:20]})")
    return outcome
