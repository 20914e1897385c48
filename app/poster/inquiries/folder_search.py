"""Which libraries a folder of media has, or why it has none."""

from pathlib import Path
from typing import Any

from app.poster.inquiries.inquiry import Inquiry
from app.poster.sources.folder import FolderSource
from app.poster.sources.source import SourceTrouble


def search_folder(inquiry: Inquiry) -> dict[str, Any]:
    """{"fault", "libraries": [{"name", "type", "count"}]} of `path`.

    `fault` is "" for a folder with libraries, else "relative", "missing", "file", "unreadable" or "empty".
    """
    fault, libraries = look_into(inquiry.text("path"))
    rows = [{"name": one.name, "type": one.content.value, "count": one.size} for one in libraries]
    return {"fault": fault, "libraries": rows}


def look_into(text: str) -> tuple[str, Any]:
    path = Path(text)
    if not path.is_absolute() or "\0" in text:
        return "relative", ()
    try:
        if not path.exists():
            return "missing", ()
        return ("", FolderSource(path).libraries()) if path.is_dir() else ("file", ())
    except SourceTrouble as trouble:
        return "unreadable" if isinstance(trouble.__cause__, OSError) else "empty", ()
    except OSError:
        return "unreadable", ()
