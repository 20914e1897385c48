"""Amounts of space as the script writes them: "1.20 GB"."""

import re
from collections.abc import Iterable

UNITS = ("B", "KB", "MB", "GB", "TB")
AMOUNT = re.compile(r"(\d{1,12}(?:[.,]\d{1,6})?) ?([KMGT]?B)?", re.IGNORECASE)


def total_space(texts: Iterable[str | None]) -> str:
    return space_text(sum(space_in_bytes(text) for text in texts))


def space_in_bytes(text: str | None) -> float:
    """Answer 0 for what is no amount."""
    matched = AMOUNT.fullmatch((text or "").strip())
    if matched is None:
        return 0.0
    unit = (matched[2] or "B").upper()
    return float(matched[1].replace(",", ".")) * 1024 ** UNITS.index(unit)


def space_text(count: float) -> str:
    unit = next((power for power in range(len(UNITS)) if count < 1024 ** (power + 1)), len(UNITS) - 1)
    return f"{count / 1024**unit:.2f} {UNITS[unit]}" if unit else f"{count:.0f} B"
