"""A message to the clients of streams, encoded once for all of them."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wsproto.connection import Connection, ConnectionType
from wsproto.events import TextMessage


@dataclass(frozen=True, eq=False)
class StreamMessage:
    """A message of a kind with its fields, plain JSON values; `id` is where a client can resume."""

    kind: str
    fields: dict[str, Any] = field(default_factory=dict)
    id: str = ""

    @cached_property
    def as_frame(self) -> bytes:
        """The message as a text frame of a web socket: its kind is the field `type`, its id `event_id`."""
        named = {"type": self.kind, **({"event_id": self.id} if self.id else {})}
        # A frame of a server has no mask, so that all clients get the same bytes.
        return Connection(ConnectionType.SERVER).send(
            TextMessage(data=message_text({**named, **self.fields}))
        )

    @cached_property
    def as_event(self) -> bytes:
        """The message as an event of an event stream: its kind is the name of the event."""
        numbered = f"id: {self.id}\n" if self.id else ""
        return f"{numbered}event: {self.kind}\ndata: {message_text(self.fields)}\n\n".encode()


def message_text(fields: dict[str, Any]) -> str:
    """JSON in ASCII, which holds no line end and no half of a surrogate pair."""
    return json.dumps(fields, separators=(",", ":"))
