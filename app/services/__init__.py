"""What views and threads share and what opens sessions and files."""
