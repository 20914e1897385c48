"""gunicorn, the start and the migration of the database."""
