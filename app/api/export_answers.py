"""Answers with rows of exports, sent piece by piece where they are long."""

import json
from collections.abc import Callable, Iterator
from datetime import tzinfo

from flask import Response

from app.core.exports.csv_files import csv_text
from app.core.exports.importing import ImportOutcome
from app.core.exports.queries import ExportListing, ExportSelection, chosen_run
from app.core.exports.sheets import ExportSheet
from app.database import Database
from app.extensions import machine
from app.services.system_readers import system_readers

# An answer of so many rows at most is made whole, so that its length is known.
SHORT = 1000
NOTHING = {"library_count": 0, "episode_count": 0, "run_timestamp": None}
Writer = Callable[[ExportListing], Iterator[str]]


def listing_answer(sheet: ExportSheet, query: dict) -> Response:
    """The wanted rows as JSON, or as a file like the script's own."""
    wanted = {name: value for name, value in query.items() if name != "format"}
    selection = ExportSelection(**wanted)
    if query["format"] == "json":
        return export_response(sheet, selection, as_json, "application/json")
    response = export_response(sheet, selection, as_csv, "text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{sheet.file}"'
    return response


def export_response(sheet: ExportSheet, selection: ExportSelection, write: Writer, mimetype: str) -> Response:
    pieces = export_pieces(machine().database, system_readers().zone, sheet, selection, write)
    # The first piece is empty and shows that the run was found; a refusal must come before the headers.
    next(pieces)
    is_short = selection.limit is not None and selection.limit <= SHORT
    response = Response("".join(pieces) if is_short else pieces, mimetype=mimetype)
    response.call_on_close(pieces.close)
    return response


def export_pieces(
    database: Database, zone: tzinfo | None, sheet: ExportSheet, selection: ExportSelection, write: Writer
) -> Iterator[str]:
    with database.reading() as session:
        run = chosen_run(session, sheet.kind, selection)
        yield ""
        yield from write(ExportListing(session, sheet, run, selection, zone))


def as_json(listing: ExportListing) -> Iterator[str]:
    """The answer around the rows; they are counted while they are written."""
    head = {"success": True, "run_timestamp": listing.name, "total": listing.total()}
    bounds = {"limit": listing.selection.limit, "offset": listing.selection.offset}
    yield dumped({**head, **bounds})[:-1] + ',"data":['
    count = 0
    for page in listing.pages():
        yield ("," if count else "") + dumped(page)[1:-1]
        count += len(page)
    yield f'],"count":{count}}}\n'


def as_csv(listing: ExportListing) -> Iterator[str]:
    return csv_text(listing.sheet, listing.pages())


def dumped(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def import_answer(outcome: ImportOutcome) -> dict:
    return {
        "success": not outcome.problems,
        "results": results(outcome),
        "message": " ".join(outcome.problems) or outcome_message(outcome),
        "already_imported": not outcome.is_new and outcome.run is not None,
    }


def results(outcome: ImportOutcome) -> dict:
    run = outcome.run
    if run is None:
        return NOTHING
    counts = {"library_count": run.library_count, "episode_count": run.episode_count}
    return {**counts, "run_timestamp": run.stamp}


def outcome_message(outcome: ImportOutcome) -> str:
    if outcome.run is None:
        return "There are no exported rows to import; a full run of the script writes them."
    counts = f"{outcome.run.library_count} library records and {outcome.run.episode_count} episode records"
    return f"Imported {counts}" if outcome.is_new else f"Already imported: {counts}"
