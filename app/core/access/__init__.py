"""Authorization: keys, passwords, lock-out, and the redaction of secrets."""
