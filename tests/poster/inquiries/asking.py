"""Inquiries as the server makes them."""

import json
from io import BytesIO

from app.poster.inquiries.inquiry import Inquiry
from app.poster.records.environment import Environment
from app.poster.settings import DEFAULTS, Settings


def make_inquiry(content=b"", environment=None, sections=None, **given):
    settings = Settings(sections or {}, json.loads(DEFAULTS.read_text("utf-8")))
    return Inquiry(given, BytesIO(content), settings, environment or Environment())
