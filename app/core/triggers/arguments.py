"""What the script is told of an event."""

from app.core.senders.event import Event


def arguments(event: Event) -> list[str]:
    """The words that follow the switch of the mode; the mode's name is the event's kind.

    The line `event` is left out: no script knows that name, and every trigger has the same value there.
    """
    named = [(key, value) for key, value in event.fields if key != "event"]
    return [word for key, value in named for word in (f"-{key}", value)]
