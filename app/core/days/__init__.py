"""The library on any day: what lay there after each run, and what brings that back."""
