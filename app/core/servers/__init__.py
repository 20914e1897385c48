"""Media servers, asked by this server itself: always with time-outs, and never for more than a look."""
