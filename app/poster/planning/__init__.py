"""Decisions and what lies on the disk become steps with reasons."""
