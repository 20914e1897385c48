"""Pages of the pictures that stand out, without those that are ignored."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.assets.addresses import picture_addresses
from app.core.assets.naming import join_path
from app.core.assets.recent import image_title, item_name
from app.core.attention.listing import AttentionPage
from app.core.attention.odd_sets import OddPicture

Ignores = Mapping[str, tuple[int, str | None]]


def page_of_odd_ones(
    found: Sequence[OddPicture],
    ignores: Ignores,
    prefix: str,
    limit: int,
    ignored: bool = False,
    after: str = "",
    before: str = "",
) -> AttentionPage:
    """Those behind the picture with the entry `after`, or before one; the first where there is none such."""
    wanted = [odd for odd in found if is_ignored_odd(odd, ignores) is ignored]
    places = {odd.row.entry: place for place, odd in enumerate(wanted)}
    first = max(places.get(before, 0) - limit, 0) if before else places.get(after, -1) + 1
    end = places.get(before, limit) if before else first + limit
    entries = [described_odd(odd, ignores, prefix) for odd in wanted[first:end]]
    return AttentionPage(entries, first, len(wanted))


def is_ignored_odd(odd: OddPicture, ignores: Ignores) -> bool:
    """One that was to hold until new artwork appears is over when there are other candidates."""
    if odd.row.entry not in ignores:
        return False
    _, offered = ignores[odd.row.entry]
    return offered is None or offered == odd.row.offered


def described_odd(odd: OddPicture, ignores: Ignores, prefix: str) -> dict[str, Any]:
    row = odd.row
    number, _ = ignores.get(row.entry, (None, None))
    return {
        "entry": row.entry,
        "place": row.entry,
        "ignore": number,
        "title": odd.title,
        "kind": row.kind,
        "library": row.library,
        "item": odd.set.item,
        "size": odd.size,
        "reasons": odd.reasons,
        "path": join_path(row.folder, row.name),
        "pictures": [picture_of_set(each, prefix, each.entry == row.entry) for each in odd.shown],
    }


def picture_of_set(row: Any, prefix: str, is_odd: bool) -> dict[str, Any]:
    path = join_path(row.folder, row.name)
    title = image_title(item_name(row.folder, row.name), row.name)
    return {
        "path": path,
        "title": title,
        "is_odd": is_odd,
        **picture_addresses(prefix, path, row.digest, row.color),
    }
