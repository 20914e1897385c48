"""Duels of two candidates, and the taste that shows in them."""
