"""The stored list of releases: its fields, its renewal, its response."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.core.release_feed import Fetched
from app.core.version import rank
from app.models import StoredDocument
from app.models.base import now

NAME = "releases"
KEPT = 10
SWITCHED_OFF = "The update check is switched off."
LONGEST_TEXT = 300
LONGEST_BODY = 50_000
REFRESH = timedelta(hours=6)
FIRST_RETRY = timedelta(minutes=15)


class Nonsense(ValueError):
    """The fetched content is no list of releases."""


def stored_releases(session: Session) -> StoredDocument | None:
    return session.get(StoredDocument, NAME)


def store_fetched(session: Session, fetched: Fetched) -> bool:
    """Store what was fetched, or the error; True for a usable list. A failure keeps the former list."""
    document = stored_releases(session) or StoredDocument(name=NAME)
    session.add(document)
    document.tried_at = now()
    document.error = fetched.error or error_in(fetched, document)
    if document.error:
        return False
    document.fetched_at = document.tried_at
    if not fetched.not_modified:
        document.body = usable_releases(fetched.payload)
        document.etag, document.last_modified = fetched.etag, fetched.last_modified
    return True


def error_in(fetched: Fetched, document: StoredDocument) -> str | None:
    if fetched.not_modified:
        return None if document.body else "The list has not changed, but there is no copy of it."
    try:
        usable_releases(fetched.payload)
    except Nonsense as error:
        return str(error)
    return None


def usable_releases(payload: Any) -> list[dict]:
    """The newest releases with the fields of the API, each checked for its type."""
    if not isinstance(payload, list):
        raise Nonsense("The answer is no list of releases.")
    found = [release_fields(entry) for entry in payload if isinstance(entry, dict) and entry.get("tag_name")]
    if payload and not found:
        raise Nonsense("The answer lists nothing that is a release.")
    return found[:KEPT]


def release_fields(entry: dict) -> dict:
    tag = clean_text(entry.get("tag_name"))
    return {
        "version": tag[1:] if tag[:1] in "vV" and tag[1:2].isdigit() else tag,
        "name": clean_text(entry.get("name")) or tag,
        "published_at": clean_text(entry.get("published_at")) or None,
        "is_prerelease": entry.get("prerelease") is True,
        "is_draft": entry.get("draft") is True,
        "html_url": safe_web_address(clean_text(entry.get("html_url"))),
        "body": clean_text(entry.get("body"), LONGEST_BODY),
    }


def clean_text(value: Any, longest: int = LONGEST_TEXT) -> str:
    """Text alone, free of half characters and NUL, which not every database can keep."""
    if not isinstance(value, str):
        return ""
    return value[:longest].encode("utf-8", "replace").decode().replace("\0", "")


def safe_web_address(address: str) -> str:
    """The address where it is http or https, "" for any other, since pages show it as a link."""
    return address if address.startswith(("https://", "http://")) else ""


def latest_version(releases: list[dict] | None) -> str | None:
    """The highest released version, without drafts and pre-releases."""
    out = [entry["version"] for entry in releases or () if not (entry["is_prerelease"] or entry["is_draft"])]
    ranked = [(rank(version), version) for version in out]
    return max(((order, version) for order, version in ranked if order), default=(None, None))[1]


def shown_releases(releases: list[dict], moment: datetime) -> list[dict]:
    return [{**entry, "days_ago": days_ago(entry["published_at"], moment)} for entry in releases]


def days_ago(published: str | None, moment: datetime) -> int:
    try:
        age = moment - datetime.fromisoformat(published or "")
    except (ValueError, TypeError):  # no time, or one without a zone
        return 0
    return max(age.days, 0)


def seconds_until_due(document: StoredDocument | None, failures: int, moment: datetime) -> float:
    """How long to wait before the next try: six hours after a good one, sooner after the first bad ones."""
    if document is None or document.tried_at is None:
        return 0.0
    failed = max(failures, 1) if document.error else 0
    pause = min(REFRESH, FIRST_RETRY * 2 ** min(failed - 1, 10)) if failed else REFRESH
    # A clock that was set back must not put off the next try for longer than usual.
    return min(max((document.tried_at + pause - moment).total_seconds(), 0.0), REFRESH.total_seconds())


def releases_answer(session: Session, checking: bool = True) -> dict:
    """{success, releases}, with `error` where there is no stored list."""
    document = stored_releases(session)
    if document is None or document.body is None:
        error = (document.error if document else None) or "The releases are not known yet."
        return {"success": False, "error": error if checking else SWITCHED_OFF, "releases": []}
    return {"success": True, "releases": shown_releases(document.body, now())}
