"""When the Test button of each sender was last heard of, and with whose credentials."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import StoredDocument, Trigger

SENDERS = ("Sonarr", "Radarr", "Tautulli")


@dataclass(frozen=True)
class SenderTest:
    """The last test of a sender: when it came, and the name of the caller."""

    at: datetime
    caller: str


def note_test(session: Session, sender: str, caller: str, moment: datetime) -> None:
    """Keep the test in place of the sender's last one; a sender of another name is not noted."""
    if sender not in SENDERS:
        return
    document = session.get(StoredDocument, document_of(sender)) or StoredDocument(name=document_of(sender))
    session.add(document)
    document.body, document.fetched_at = {"caller": caller}, moment


def sender_tests(session: Session) -> dict[str, SenderTest]:
    """{sender: its last test} of the senders that have sent one."""
    names = {document_of(sender): sender for sender in SENDERS}
    query = select(StoredDocument.name, StoredDocument.body, StoredDocument.fetched_at)
    rows = session.execute(query.where(StoredDocument.name.in_(names)))
    return {names[name]: SenderTest(at, body["caller"]) for name, body, at in rows if at and body}


def latest_events(session: Session) -> dict[str, datetime]:
    """{sender: when its last event was received}."""
    query = select(Trigger.sender, func.max(Trigger.received_at)).where(Trigger.sender.in_(SENDERS))
    return {sender: at for sender, at in session.execute(query.group_by(Trigger.sender))}


def sender_of_test(named: str, agent: str) -> str:
    """The sender that a test names, else the one that its User-Agent begins with, else ""."""
    return named or next((name for name in SENDERS if agent.startswith(name)), "")


def document_of(sender: str) -> str:
    return f"test of {sender}"
