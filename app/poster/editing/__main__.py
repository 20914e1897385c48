"""The program that edits artwork: a document of edits on stdin, what became of them on stdout.

It is apart from the poster script, so that it starts in a moment and waits for no run.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime

from app.poster.applying.file_locks import FileLocks, LockTaken
from app.poster.editing.document import BadEdits, Edits, read_edits
from app.poster.editing.edits import Editor, EditReport
from app.poster.editing.undo_edits import undo_edits
from app.poster.folders import data_folder, read_folders
from app.poster.journal.journal import Journal
from app.poster.journal.run_names import run_name
from app.poster.journal.store import ByteStore
from app.poster.records.environment import BadEnvironment, run_of_mark
from app.poster.records.journal_entry import RunFacts
from app.poster.settings import read_settings
from app.poster.undoing.files import Files
from app.poster.undoing.taking import closing_at_once

MODE = "Edit"
THREADS = 8
# How long an edit waits for another one to end.
LONGEST_WAIT = 20.0
DONE, FAILED, BAD_ARGUMENTS, BAD_CONFIGURATION, BUSY = 0, 1, 2, 3, 4


def main() -> int:
    """Take the edits of stdin and print {"run", "done": [path], "failed": [{"path", "error", "code"}]}.

    The exit code is 0, or 1 where something failed. It is 4 with {"refused": sentence} while another edit is
    at work, and without a document 2 for edits that cannot be understood, 3 for settings that cannot be used.
    """
    try:
        edits = read_edits(sys.stdin.buffer.read())
        with editing(dict(os.environ)) as editor:
            report = take_edits(editor, edits)
    except BadEdits as error:
        return complain_of_edits(BAD_ARGUMENTS, error)
    except BadEnvironment as error:
        return complain_of_edits(BAD_CONFIGURATION, error)
    except LockTaken as error:
        sys.stdout.write(json.dumps({"refused": str(error)}))
        return complain_of_edits(BUSY, error)
    except OSError as error:
        return complain_of_edits(FAILED, error)
    document = {"run": editor.run, "done": report.done, "failed": report.failed}
    sys.stdout.write(json.dumps(document))
    return FAILED if report.failed else DONE


def take_edits(editor: Editor, edits: Edits) -> EditReport:
    if edits.undo:
        return undo_edits(editor, edits.undo, edits.only)
    return editor.take(edits.edits)


@contextmanager
def editing(environment: Mapping[str, str]) -> Iterator[Editor]:
    """What takes the edits, one process at a time; what a killed edit left is finished first."""
    data, moment = data_folder(environment), datetime.now(UTC)
    settings = read_settings(data / "config.json")
    if settings.trouble:
        raise BadEnvironment(settings.trouble)
    folders = read_folders(data, settings, environment)
    run = run_name(moment, run_of_mark(environment.get("POSTERIZARR_RUN", "").strip()))
    locks, store = FileLocks(folders.locks), ByteStore(folders.engine / "store")
    files = Files(folders.trees, store, locks, settings.flag("PrerequisitePart", "FollowSymlink"))
    with ExitStack() as opened:
        opened.enter_context(locks.holding_edits(LONGEST_WAIT))
        journal = opened.enter_context(closing(Journal(folders.engine)))
        threads = opened.enter_context(closing_at_once(THREADS))
        journal.reconcile(folders.trees, MODE)
        journal.begin(RunFacts(run, MODE, moment))
        yield Editor(journal, files, locks, threads, run)
        journal.end(run, datetime.now(UTC), is_short=True)


def complain_of_edits(code: int, error: Exception) -> int:
    sys.stderr.write(f"posterizarr: {getattr(error, 'strerror', None) or error}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
