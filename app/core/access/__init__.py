"""Who may call: keys, passwords, lock-out, and what must never be written down."""
