"""Items become wanted pictures, each with one file of its own."""
