"""Pictures that providers offer for one asset, for a person who chooses among them; a program of its own."""
