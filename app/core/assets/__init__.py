"""The trees of artwork: what lies in them, told from an index that no request has to make."""
