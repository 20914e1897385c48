"""How media servers show a picture on a screen, and what of its text is lost there."""
