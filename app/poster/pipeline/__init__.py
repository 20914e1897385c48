"""The flow of a run through the rooms, and its progress."""
