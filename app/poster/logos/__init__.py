"""Logos of films and shows on media servers: put there, and taken back."""
