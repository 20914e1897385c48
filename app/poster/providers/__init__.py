"""Who offers pictures for an asset."""
