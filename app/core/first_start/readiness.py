"""What of the first start is ready, step by step."""

from dataclasses import dataclass
from typing import Any

from app.core.first_start.draft import DEMO, PROVIDERS, Draft, Found, found_of

STEPS = ("source", "keys", "libraries", "design", "first")


@dataclass(frozen=True)
class Readiness:
    """The steps that are ready, the libraries of the source, and those that are ticked."""

    ready: frozenset[str]
    libraries: tuple[dict[str, Any], ...]
    ticked: frozenset[str]

    def is_ready(self, step: str) -> bool:
        return step in self.ready

    @property
    def first_open(self) -> str:
        """The first step that is not ready."""
        return next((step for step in STEPS if step not in self.ready), STEPS[-1])


def readiness(draft: Draft) -> Readiness:
    libraries = libraries_of(found_of(draft, draft.source))
    left = draft.left_out.get(draft.source, [])
    ticked = frozenset(one["name"] for one in libraries if one["name"] not in left)
    is_demo = draft.source == DEMO
    ready = {
        "source": is_demo or is_good(found_of(draft, draft.source)),
        "keys": all(draft.entry(name) == "" or is_good(found_of(draft, name)) for name in PROVIDERS),
        "libraries": is_demo or bool(ticked),
        "design": True,
        "first": draft.run is not None,
    }
    return Readiness(frozenset(step for step in STEPS if ready[step]), libraries, ticked)


def is_good(found: Found | None) -> bool:
    return found is not None and not found.get("fault")


def libraries_of(found: Found | None) -> tuple[dict[str, Any], ...]:
    """[{"name", "type", "count"}] of a source that was tested and works."""
    return tuple(found.get("libraries") or ()) if is_good(found) else ()
