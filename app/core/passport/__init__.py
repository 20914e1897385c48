"""Whose a picture is that somebody brings: its bytes first, then what it looks like."""
