"""Text: fonts, directions, lines and sizes."""
