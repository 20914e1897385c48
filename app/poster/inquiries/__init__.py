"""What the server asks between runs: one JSON object in, one JSON document out."""
