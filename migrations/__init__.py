"""Alembic's scripts; `app/startup.py` runs them."""
