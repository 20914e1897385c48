"""The modes of a run."""
