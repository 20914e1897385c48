"""The bare application is served with every setting of ours but the hooks."""

from app.server import serving

SAME = serving.options()
HOOKS = (*serving.hooks(), "wsgi_app", "bind")

globals().update({name: value for name, value in SAME.items() if name not in HOOKS})
