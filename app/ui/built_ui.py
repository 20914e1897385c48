"""A built web UI from the folder UI_PATH: its files, and its index.html for every address of its own."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, make_response, render_template, request, send_file
from werkzeug.exceptions import NotFound as NoSuchRoute

from app.core.errors import ApplicationError
from app.core.paths import file_inside
from app.extensions import machine
from app.ui.page import BY_LANGUAGE

INDEX = "index.html"
# Addresses of the server, at which a missing object is 404 and never a page.
RESERVED = frozenset(
    (
        *("api", "ws", "ui", "ping", "health", "metrics", "test", "images"),
        *("poster_assets", "manual_poster_assets", "backup_assets"),
    )
)
BUNDLE = "assets/"  # whose names change with their content
FOR_EVER = "public, max-age=31536000, immutable"
INLINE_SCRIPT = re.compile(r"<script(?:\s[^>]*)?>(.*?)</script>", re.DOTALL | re.IGNORECASE)
OWN_ADDRESS = re.compile(r"""(\s(?:src|href)=["'])(/(?!/)[^"']*)""", re.IGNORECASE)
BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
# Such a page sets styles by script, shows pictures of providers, and downloads them.
POLICY = (
    "default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
    "img-src 'self' data: blob: https:; connect-src 'self' ws: wss: https:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


def init_app(app: Flask) -> None:
    if machine.of(app).settings.ui_path:
        app.before_request(built_answer)


def built_answer() -> Response | None:
    """What the folder has for an address that is none of the server's; None for all others."""
    is_unknown = isinstance(request.routing_exception, NoSuchRoute) and request.method in ("GET", "HEAD")
    name = request.path.lstrip("/")
    if not is_unknown or name.partition("/")[0] in RESERVED:
        return None
    if file := built_file(name):
        return file_answer(file, name)
    # The last part of a client's route has no dot: what has one is a file that is missing.
    return None if "." in name.rpartition("/")[2] else built_index()


def built_file(name: str) -> Path | None:
    """The file of that name, None where there is none, where it is hidden, and where a link leads out."""
    if name == INDEX or any(part.startswith(".") for part in name.split("/")):
        return None
    try:
        return file_inside(built_folder(), name)
    except ApplicationError:
        return None


def built_folder() -> Path:
    return machine().settings.ui_path


def file_answer(file: Path, name: str) -> Response:
    response = send_file(file, conditional=True)
    response.headers["Cache-Control"] = FOR_EVER if name.startswith(BUNDLE) else "no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def built_index() -> Response:
    """The page of the build, with its addresses below the base path and the server's warning."""
    page = file_inside(built_folder(), INDEX).read_text(encoding="utf-8")
    text = with_warning(below_base_path(page, request.script_root))
    response = make_response(text)
    response.headers |= {
        "Content-Security-Policy": policy_of_build(text),
        "Cache-Control": "no-cache",
        "Vary": BY_LANGUAGE,
        "X-Content-Type-Options": "nosniff",
        # Over plain HTTP the address of the page is all that says whose page calls.
        "Referrer-Policy": "same-origin",
    }
    response.add_etag()
    return response.make_conditional(request)


def below_base_path(page: str, base: str) -> str:
    """The page with the addresses of its tags below the base path, where they are not already."""

    def moved(match: re.Match) -> str:
        quote, address = match.groups()
        is_below = not base or address == base or address.startswith(f"{base}/")
        return f"{quote}{address}" if is_below else f"{quote}{base}{address}"

    return OWN_ADDRESS.sub(moved, page)


def with_warning(page: str) -> str:
    warning = render_template("warning.html")
    return BODY.sub(lambda match: match.group(0) + warning, page, count=1)


def policy_of_build(page: str) -> str:
    """A policy that allows the scripts within the page and those of this server."""
    scripts = [text for text in INLINE_SCRIPT.findall(page) if text.strip()]
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in scripts]
    return POLICY.format(scripts=" ".join(["'self'", *(f"'sha256-{each}'" for each in hashes)]))
