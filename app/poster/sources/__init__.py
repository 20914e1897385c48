"""Where films and shows come from: media servers and local folders."""
