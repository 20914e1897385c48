"""The built-in poster script: it talks to the server through files only."""
