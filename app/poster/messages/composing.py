"""The messages of a run: one with its counts, or one with a card for each picture of a triggered run."""

import io
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from app.poster.kinds import Kind
from app.poster.messages.message import Card, Color, Message
from app.poster.script.arguments import Mode
from app.poster.script.report import MadePicture, Tally, duration

TRIGGERED = (Mode.ARR, Mode.TAUTULLI)
# The longer sides of a picture that comes with a message, in pixels.
THUMBNAIL = (500, 750)
NO_NUMBER = ("false", "")


def run_message(mode: Mode, tally: Tally, ended: datetime, assets: Path) -> Message | None:
    """What is sent at a run's end; None for a triggered run that made nothing and met no error."""
    cards = [summary_card(mode, tally, ended)]
    if mode in TRIGGERED:
        pictures = [picture_card(made, assets) for made in tally.pictures]
        unshown = tally.made.total() - len(pictures)
        cards = pictures + (cards if tally.errors or unshown > 0 else [])
    return message_of(tuple(cards), tally.started, ended) if cards else None


def heartbeat(mode: Mode, tally: Tally, ended: datetime) -> Message:
    """The message to a monitor about a run that has ended."""
    text = f"{mode.word}: {tally.made.total()} images, {tally.errors} errors, {spelled(tally.started, ended)}"
    return message_of((Card(text),), tally.started, ended)


def failure_message(mode: Mode, reason: str, started: datetime, ended: datetime) -> Message:
    """What is sent about a run that could not do its work; `reason` is one sentence."""
    card = Card(f"{mode.word} run failed", reason, Color.RED)
    return message_of((card,), started, ended, is_good=False)


def message_of(cards: tuple[Card, ...], started: datetime, ended: datetime, is_good: bool = True) -> Message:
    seconds = max(0.0, (ended - started).total_seconds())
    return Message(cards, is_good, seconds, ended.astimezone(UTC))


def summary_card(mode: Mode, tally: Tally, ended: datetime) -> Card:
    lines = [f"The run took {spelled(tally.started, ended)}."]
    if tally.errors:
        lines.append(f"{counted(tally.errors, 'error')}; the log says more:")
        lines += [f"- {failure}" for failure in tally.failures]
    title = f"{mode.word} run: {counted(tally.made.total(), 'image')}"
    return Card(title, "\n".join(lines), summary_color(mode, tally), summary_facts(tally))


def summary_color(mode: Mode, tally: Tally) -> Color:
    if tally.errors:
        return Color.RED
    if mode is Mode.TESTING:
        return Color.PURPLE
    is_doubtful = tally.fallbacks or tally.truncated or tally.missing_characters
    return Color.ORANGE if is_doubtful else Color.GREEN


def summary_facts(tally: Tally) -> tuple[tuple[str, str], ...]:
    """The counts that are not zero."""
    counts = {
        "Errors": tally.errors,
        "Posters": tally.posters,
        "Seasons": tally.made[Kind.SEASON],
        "Backgrounds": tally.made[Kind.BACKGROUND],
        "Title cards": tally.made[Kind.TITLE_CARD],
        "Fallbacks": len(tally.fallbacks),
        "Textless": len(tally.textless),
        "With text": len(tally.with_text),
        "Truncated": len(tally.truncated),
        "Missing characters": len(tally.missing_characters),
        **{reason.sentence.capitalize(): amount for reason, amount in tally.skipped_titles.items()},
    }
    return tuple((name, str(amount)) for name, amount in counts.items() if amount)


def picture_card(made: MadePicture, assets: Path) -> Card:
    """The card of one picture, with the picture itself made small."""
    row = made.row
    facts = {
        "Library": row["LibraryName"],
        "Type": row["Type"],
        "Language": row["Language"],
        "Fallback": row["Fallback"],
        "Truncated": row["TextTruncated"],
    }
    is_doubtful = row["Fallback"] != "false" or row["TextTruncated"] != "false"
    link = "" if row["Fav Provider Link"] in NO_NUMBER else row["Fav Provider Link"]
    shown = tuple((name, value) for name, value in facts.items() if value not in NO_NUMBER)
    color = Color.ORANGE if is_doubtful else Color.GREEN
    return Card(row["Title"], color=color, facts=shown, link=link, picture=thumbnail(assets / made.path))


def thumbnail(path: Path) -> bytes:
    """The picture as a small JPEG, nothing where it cannot be read."""
    content = io.BytesIO()
    try:
        with Image.open(path) as picture:
            picture.draft("RGB", THUMBNAIL)
            picture.thumbnail(THUMBNAIL)
            picture.convert("RGB").save(content, "JPEG", quality=82)
    except (OSError, UnidentifiedImageError, ValueError):
        return b""
    return content.getvalue()


def spelled(started: datetime, ended: datetime) -> str:
    hours, minutes, seconds = duration(ended - started)
    return f"{hours}h {minutes}m {seconds}s"


def counted(amount: int, word: str) -> str:
    return f"{amount} {word}{'' if amount == 1 else 's'}"
