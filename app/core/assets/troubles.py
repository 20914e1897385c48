"""What in a root could not be read, described without any name."""

from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS
from app.core.problem_texts import ProblemText, problem_words

COLUMNS = ("unreadable", "bad_names", "loops", "ways_out")
WORDS = {
    "missing": (
        "error",
        "The folder of {setting} is missing or empty. Its former images are still listed.",
        "Mount its disk again. Its rows in the index are kept for a day.",
    ),
    "unreadable": (
        "warning",
        "Folders below {setting} that cannot be read: {count}. Their former images are still listed.",
        "Give the server's user the right to read them; the log names them. Until then changes are polled.",
    ),
    "bad_names": (
        "warning",
        "Names below {setting} that are no UTF-8 or too long: {count}. They are left out.",
        "Rename them; the log names their folders.",
    ),
    "loops": (
        "note",
        "Links below {setting} that lead in a circle: {count}. They are not followed.",
        "Remove them; the log names their folders.",
    ),
    "ways_out": (
        "note",
        "Links below {setting} that lead out of it: {count}. What lies behind them is not shown.",
        "Mount the folder itself there instead of a link; until then changes are polled for.",
    ),
    "unwatchable": (
        "note",
        "Changes below {setting} are found by polling: the operating system does not report them.",
        "See the log for the reason, mostly a small fs.inotify.max_user_watches. It is retried each hour.",
    ),
    "vanished": (
        "note",
        "Files below {setting} that went away during the last scan: {count}.",
        "No action is needed; the next scan reads them again.",
    ),
}


def troubles(session: Session, root_id: int) -> dict[str, int]:
    """How many of each kind there are."""
    sums = [func.coalesce(func.sum(FOLDERS.c[name]), 0) for name in COLUMNS]
    row = session.execute(select(*sums).where(FOLDERS.c.root_id == root_id)).one()
    return {name: int(count) for name, count in zip(COLUMNS, row, strict=True) if count}


def troubled_folders(session: Session, root_id: int, limit: int = 20) -> list[str]:
    """Some of the folders concerned, for the log."""
    any_trouble = sum((FOLDERS.c[name] for name in COLUMNS), literal(0)) > 0
    query = select(FOLDERS.c.path).where(FOLDERS.c.root_id == root_id, any_trouble)
    return list(session.scalars(query.limit(limit)))


def asset_problems(section: dict | None) -> list[dict[str, Any]]:
    """The problems of a section of the shared state: {"troubles": {setting: {kind of trouble: count}}}."""
    found = (section or {}).get("troubles", {})
    return [
        asset_problem(name, setting, count)
        for setting, counts in found.items()
        for name, count in counts.items()
    ]


def asset_problem(name: str, setting: str, count: int) -> dict[str, Any]:
    kind, message, advice = WORDS[name]
    text = message.format(setting=setting, count=count)
    words = problem_words(ProblemText(f"assets_{name}"), setting=setting, count=count)
    return {"type": kind, "source": "assets", "message": text, "advice": advice, **words}
