"""config.json as a table of sections, keys and typed values."""

from datetime import datetime
from typing import Any

from app.core.errors import NotFound
from app.core.paths import Paths
from app.core.settings.config_rules import SWITCH_TEXT
from app.core.settings.masking import masked_deep, masked_setting
from app.core.settings.store import snapshot

ROOT = "_root"


def masked_sections(values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every section without its secrets; values outside of any are in a section of their own."""
    nested = {name: masked_deep(inner) for name, inner in values.items() if isinstance(inner, dict)}
    loose = {
        name: masked_setting(name, value) for name, value in values.items() if not isinstance(value, dict)
    }
    return {**nested, ROOT: {**nested.get(ROOT, {}), **loose}} if loose else nested


def typed_section(paths: Paths, name: str) -> dict[str, Any]:
    """One section with real switches; empty where there is none of that name."""
    return {
        key: switch_value(value)
        for key, value in masked_sections(snapshot(paths).values).get(name, {}).items()
    }


def typed_value(paths: Paths, section: str, key: str) -> Any:
    settings = typed_section(paths, section)
    if key not in settings:
        raise NotFound(f"There is no setting {key[:60]!r} in the section {section[:60]!r}.")
    return settings[key]


def switch_value(value: Any) -> Any:
    is_switch = isinstance(value, str) and SWITCH_TEXT.fullmatch(value)
    return value.lower() == "true" if is_switch else value


def mirror_counts(paths: Paths) -> dict[str, Any]:
    """How many sections and settings there are, and since when."""
    found = masked_sections(snapshot(paths).values)
    return {
        "available": True,
        "database_path": str(paths.config),
        "sections": list(found),
        "section_count": len(found),
        "total_entries": sum(map(len, found.values())),
        "metadata": {
            "last_sync_time": changed_at(paths),
            "config_file_path": str(paths.config),
            "sync_status": "success",
        },
    }


def changed_at(paths: Paths) -> str | None:
    """When the file was written, local; None where it has gone meanwhile."""
    try:
        return datetime.fromtimestamp(paths.config.stat().st_mtime).isoformat(timespec="seconds")
    except OSError:
        return None
