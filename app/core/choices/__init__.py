"""Which images the script chose, and which of them need a person's attention."""
