"""One pure reader per sender: a payload becomes an event."""
