"""What open streams send: followed logs and events, and how both are framed."""
