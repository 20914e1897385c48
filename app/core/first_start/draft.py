"""What a person has entered so far, kept in a file of its own until it is saved into the settings."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from app.core.errors import Unavailable, reason_of
from app.core.json_file import JsonFile, refuse_constant
from app.core.paths import Paths
from app.core.servers.given_access import PLACES, origin_of

SERVERS = tuple(PLACES)
FOLDER, DEMO = "folder", "demo"
SOURCES = (*SERVERS, FOLDER, DEMO)
PROVIDERS = ("tmdb", "tvdb", "fanart")
SECRETS = (*(f"{server}_key" for server in SERVERS), *PROVIDERS)
ENTRIES = (
    *("source", FOLDER, "design", "upload"),
    *(f"{server}_url" for server in SERVERS),
    *(f"{server}_certificate" for server in SERVERS),
    *SECRETS,
)
LONGEST_ENTRY = 1024
MOST_LIBRARIES = 1000

Found = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """The entries by name; `left_out` are the libraries by source that are not ticked.

    `found` holds by source or provider what the last test found, with `of`, the digest of what was tested.
    `leads` says that Home leads here. `run` is that of the first posters, asked for at `began_at`.
    """

    entries: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)
    leads: bool = False
    run: int | None = None
    began_at: str = ""

    @property
    def source(self) -> str:
        return self.entries.get("source", "")

    def entry(self, name: str) -> str:
        return self.entries.get(name, "")


def draft_file(paths: Paths) -> JsonFile:
    return JsonFile(paths.first_start, paths.first_start_lock, parse_draft)


def parse_draft(content: bytes) -> dict[str, Any]:
    found = json.loads(content, parse_constant=refuse_constant)
    if not isinstance(found, dict):
        raise ValueError("the draft must be an object")
    return found


def stored_draft(paths: Paths) -> Draft | None:
    """The draft, None where there is none; a damaged one counts as empty."""
    try:
        stored = draft_file(paths).read()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return Draft()
    known = {one.name: one.type for one in fields(Draft)}
    return Draft(
        **{name: value for name, value in stored.items() if name in known and is_of_kind(name, value)}
    )


def is_of_kind(name: str, value: Any) -> bool:
    """Whether a stored value is of the kind that the draft has under that name."""
    usual = getattr(Draft(), name)
    return isinstance(value, int if name == "run" else type(usual))


def change_draft(paths: Paths, change: Callable[[Draft], Draft]) -> Draft:
    """Replace the draft by what `change` makes of it; `Unavailable` where it cannot be kept."""
    file = draft_file(paths)
    with file.held():
        draft = change(stored_draft(paths) or Draft())
        try:
            file.replace(json.dumps(asdict(draft), indent=1).encode())
        except OSError as error:
            raise Unavailable(f"The entries cannot be kept: {reason_of(error)}.") from error
    return draft


def with_entries(draft: Draft, sent: Mapping[str, str], may_send_anywhere: bool = True) -> Draft:
    """The draft with what was sent; an empty secret is none that was sent.

    Where a caller may not send keys anywhere, one that was entered for another address is forgotten.
    """
    known = {name: value.strip()[:LONGEST_ENTRY] for name, value in sent.items() if name in ENTRIES}
    fresh = {name: value for name, value in known.items() if value or name not in SECRETS}
    moved = () if may_send_anywhere else moved_servers(draft, fresh)
    kept = {name: value for name, value in draft.entries.items() if name not in moved}
    return replace(draft, entries=kept | fresh)


def moved_servers(draft: Draft, fresh: Mapping[str, str]) -> set[str]:
    """The keys of servers whose address changes to another origin while the key stays."""
    return {
        f"{server}_key"
        for server in SERVERS
        if f"{server}_url" in fresh
        and f"{server}_key" not in fresh
        and origin_of(fresh[f"{server}_url"]) != origin_of(draft.entry(f"{server}_url"))
    }


def without_entry(draft: Draft, name: str) -> Draft:
    return replace(draft, entries={key: value for key, value in draft.entries.items() if key != name})


def with_ticks(draft: Draft, listed: list[str], ticked: list[str]) -> Draft:
    """The draft in which those of the listed libraries are left out that are not ticked."""
    left = [name for name in listed[:MOST_LIBRARIES] if name not in ticked]
    return replace(draft, left_out={**draft.left_out, draft.source: left})


def with_found(draft: Draft, name: str, found: Found) -> Draft:
    """The draft with the outcome of a test, which counts as long as what was tested stays as it is."""
    return replace(draft, found={**draft.found, name: {**found, "of": tested_digest(draft, name)}})


def found_of(draft: Draft, name: str) -> Found | None:
    """The outcome of the last test of these very entries, None where they were not tested."""
    found = draft.found.get(name)
    return found if isinstance(found, dict) and found.get("of") == tested_digest(draft, name) else None


def tested_digest(draft: Draft, name: str) -> str:
    parts = (f"{name}_url", f"{name}_key", f"{name}_certificate") if name in SERVERS else (name,)
    return hashlib.sha256("\0".join(map(draft.entry, parts)).encode("utf-8", "replace")).hexdigest()
