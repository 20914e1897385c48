"""Plain Python over files and a database session: no web, no commit, no environment."""
