"""Files are changed at a person's request, also while a run is active, and so that it can be undone."""
