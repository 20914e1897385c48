"""Steps are taken: pictures are fetched, drawn and put in their places."""
