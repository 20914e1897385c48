"""The state of the server in a few figures, for other dashboards: no titles, paths or messages of logs."""

from html import escape
from typing import Any

from app.core.health import Problem, overall
from app.models import Run

COLOURS = {"problems": "#a12622", "running": "#0b6e99", "idle": "#2f7d32"}
LABEL = "Posterizarr"
# The width of a character of the badge's font, on average.
LETTER, MARGIN = 6.6, 8


def glance(
    status: dict[str, Any],
    problems: list[Problem],
    next_run: str | None,
    last: Run | None,
    images: dict[str, int] | None,
) -> dict[str, Any]:
    """What runs, what comes, what was last, and how much there is; `images` is None where that is unknown."""
    serious = [found["message"] for found in problems if found["type"] != "note"]
    return {
        "health": overall(problems),
        "problems": len(serious),
        "problem": serious[0] if serious else None,
        "state": "running" if status["running"] else "idle",
        "running": status["running"],
        "mode": status["current_mode"],
        "percent": status["percent"],
        "seconds_left": status["seconds_left"],
        "queued": status["queued"],
        "next_run": next_run,
        "last_run": described_run(last) if last else None,
        "images": images and {**images, "total": sum(images.values())},
    }


def described_run(run: Run) -> dict[str, Any]:
    return {
        "mode": run.mode,
        "status": run.status,
        "ended_at": run.ended_at.isoformat(timespec="seconds") if run.ended_at else None,
        "images": run.total_images,
        "errors": run.errors,
    }


def badge_words(found: dict[str, Any]) -> tuple[str, str]:
    """(text, colour) of a badge: problems come before what runs."""
    if count := found["problems"]:
        return f"{count} problem{'' if count == 1 else 's'}", COLOURS["problems"]
    percent = f" {found['percent']:.0f} %" if found["running"] and found["percent"] is not None else ""
    mode = f"{found['mode']}{percent}" if found["running"] and found["mode"] else f"{found['state']}{percent}"
    return mode, COLOURS[found["state"]]


def badge_svg(text: str, colour: str) -> str:
    """A badge of two fields: the server's name, and the text on the colour."""
    left, right = (round(len(words) * LETTER + 2 * MARGIN) for words in (LABEL, text))
    label, shown, width = escape(LABEL), escape(text), left + right
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img" '
        f'aria-label="{label}: {shown}"><title>{label}: {shown}</title>'
        f'<rect width="{left}" height="20" fill="#3b3d45"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{escape(colour)}"/>'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{left / 2}" y="14">{label}</text>'
        f'<text x="{left + right / 2}" y="14">{shown}</text></g></svg>\n'
    )
