"""The hardest titles of a library, drawn with the settings before a run draws all of them."""
