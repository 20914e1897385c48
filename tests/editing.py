"""Edits of artwork in this process: what the program on stdin does, without the cost of its start."""

import json
from pathlib import Path

from app.core.engine_calls import EngineCalls
from app.poster.editing.__main__ import editing, take_edits
from app.poster.editing.document import read_edits


def edited(data: Path, document: dict, run: str = "", **variables: str) -> dict:
    """The document that the program prints for the document."""
    environment = {"APP_DATA": str(data), "POSTERIZARR_RUN": run, **variables}
    with editing(environment) as editor:
        report = take_edits(editor, read_edits(json.dumps(document).encode()))
    return {"run": editor.run, "done": report.done, "failed": report.failed}


def edit_in_this_process(monkeypatch) -> None:
    """Have the server's calls take the edits without a process."""

    def edit(calls: EngineCalls, document: dict, run: str, seconds: float) -> dict:
        return edited(calls.folder, document, run, **calls.environment)

    monkeypatch.setattr(EngineCalls, "edit", edit)
