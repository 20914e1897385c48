"""Outgoing HTTP: one session for each provider and media server, and the cache of their answers."""
