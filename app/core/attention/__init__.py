"""What needs a person: found in the catalogue, ignored, and found again."""
