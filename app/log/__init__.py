"""The server's log files."""
