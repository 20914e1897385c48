"""Journal, store and files are checked against each other; what can be proved is repaired."""
