"""Settings of `gunicorn -c gunicorn.conf.py wsgi:app`; app/serving.py makes them from the environment."""

from app.serving import options

globals().update(options())
