"""An item in words, for people."""

from app.models import Trigger


def item_words(row: Trigger) -> str:
    """Such as "Dark (2017), season 1, episodes 1-3, 7", or "season 777 of Plex" from Tautulli."""
    if row.kind == "tautulli":
        return f"{row.name} {row.identity.rpartition(':')[2]} of Plex"
    name = row.title or row.identity
    year = f" ({row.year})" if row.year else ""
    season = f", season {row.season}" if row.season is not None else ""
    return f"{name}{year}{season}{episode_words(row.episodes)}"


def episode_words(numbers: list[int]) -> str:
    if not numbers:
        return ""
    return f", episode{'s' if len(numbers) > 1 else ''} {', '.join(ranges(numbers))}"


def ranges(numbers: list[int]) -> list[str]:
    """Neighbours as "1-3"."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([number])
    return ["-".join(map(str, span)) for span in spans]
