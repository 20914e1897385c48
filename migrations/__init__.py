"""Alembic's scripts; `app/server/startup.py` runs them."""
