"""Look-ups at media servers, always with time-outs."""
