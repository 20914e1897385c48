"""Which pictures the script chose, and which of them a person should look at."""
