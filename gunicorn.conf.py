"""Settings of `gunicorn -c gunicorn.conf.py wsgi:app`, made by app/server/serving.py."""

from app.server.serving import options

globals().update(options())
