"""Candidates and rules become one decision for each asset."""
