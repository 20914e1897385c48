from zoneinfo import ZoneInfo

import pytest

from app.core.takeover.part_outcome import TakeoverTerms
from app.core.takeover.upstream_parts import PARTS, take_part
from app.models.base import now


@pytest.fixture
def take(session, machine):
    """Takes over one part of the data folder by its name."""
    parts = {part.name: part for part in PARTS}

    def take_named(name, exports_kept=30):
        terms = TakeoverTerms(machine.paths, ZoneInfo("Europe/Berlin"), now(), exports_kept)
        return take_part(session, parts[name], terms, machine.paths.runs)

    return take_named
