"""The trees of artwork, read from an index that a background thread keeps."""
