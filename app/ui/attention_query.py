"""What the address of the attention page asks for: one concern, filters, and the place in the list."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.assets.arrangement import Arrangement
from app.core.assets.naming import KINDS
from app.core.attention.listing import LONGEST_PLACE
from app.core.catalogue.concerns import CONCERNS
from app.core.catalogue.selection import Selection
from app.ui.library_query import TRUE, is_text

PAGE_SIZE = 48
PLACES = ("after", "before")


@dataclass(frozen=True)
class AttentionQuery:
    """The address as far as it has a meaning; `concern` is "" where it names none."""

    concern: str
    search: str
    values: Mapping[str, str]
    ignored: bool
    places: Mapping[str, str]

    @property
    def is_filtered(self) -> bool:
        return bool(self.search or self.values)

    def address(self, **changes: str | None) -> dict[str, str]:
        """The fields of an address with changes, at the beginning of the list; None removes a field."""
        found = {"concern": self.concern, "search": self.search, **self.values}
        found |= {"ignored": TRUE if self.ignored else None, **changes}
        return {name: value for name, value in found.items() if value}

    def selection(self, root_id: int | None) -> Selection:
        return Selection(root_id, tuple(Arrangement(self.search).words), tuple(sorted(self.values.items())))


def attention_query(fields: Mapping[str, str]) -> AttentionQuery:
    """Read an address; a value that is none of a field counts as absent."""
    search, library, kind = (fields.get(name, "") for name in ("search", "library", "kind"))
    values = {"library": library if is_text(library) else "", "kind": kind if kind in KINDS else ""}
    concern = fields.get("concern", "")
    places = {name: place for name in PLACES if (place := fields.get(name, ""))[:LONGEST_PLACE]}
    return AttentionQuery(
        concern=concern if concern in CONCERNS else "",
        search=search if is_text(search) else "",
        values={name: value for name, value in values.items() if value},
        ignored=fields.get("ignored") == TRUE,
        places=places,
    )
