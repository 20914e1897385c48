"""Pictures on media servers: uploaded, read back, put back."""
