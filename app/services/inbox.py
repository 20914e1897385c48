"""Stores the events of a request on the disk: requests share commits, and each is stored whole or not."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from app.core.errors import Unavailable
from app.core.local_time import zone_or_none
from app.core.senders.event import Event
from app.core.triggers import dead_letters, staging, trigger_files
from app.core.triggers.file_format import content, trigger_file_name
from app.core.triggers.inbox import Delivery, accept
from app.core.triggers.waiting import Patience
from app.extensions import Extension, Machine, machine
from app.models import Trigger, TriggerStatus
from app.models.base import now
from app.services.group_commit import GroupCommit

log = structlog.get_logger(__name__)

NOT_STORED = "The database cannot store the trigger at the moment."


@dataclass(frozen=True)
class Receipt:
    """The stored triggers of one request, and their files with whole paths."""

    ids: list[int]
    files: list[str]

    @property
    def queued(self) -> int:
        return len(self.ids)


class Inbox:
    """Stores events; creating it opens nothing."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.zone = zone_or_none(machine.settings.tz)
        self.patience = Patience(machine.settings.arr_wait_time)
        self.commits = GroupCommit(self.store_all)

    def receive(self, events: Sequence[Event]) -> Receipt:
        """Store all events, durably, or none; `TooMany` where the inbox is full, else `Unavailable`."""
        delivery = Delivery(events, now())
        is_published = False
        try:
            self.stage(delivery)
            self.submit(delivery)
            self.publish(delivery)
            is_published = True
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise Unavailable(f"The trigger cannot be written to the watcher folder: {reason}.") from error
        finally:
            if not is_published:
                self.withdraw(delivery)
        return self.receipt(delivery)

    def stage(self, delivery: Delivery) -> None:
        local = delivery.moment.astimezone(self.zone)
        for event in delivery.events:
            name = trigger_file_name(event, local, secrets.token_hex(3))
            staged = staging.stage(self.machine.paths, delivery.parcel, name, content(event))
            delivery.staged.append(staged)

    def submit(self, delivery: Delivery) -> None:
        """Have the delivery committed, together with all that wait while another commit is under way."""
        self.commits.submit(delivery)
        if not delivery.is_stored:
            raise delivery.error or Unavailable(NOT_STORED)

    def store_all(self, deliveries: Sequence[Delivery]) -> None:
        try:
            self.store(deliveries)
        except OperationalError as error:
            log.error("triggers_not_stored", count=len(deliveries), error=str(error.orig))
            for delivery in deliveries:
                delivery.error = Unavailable(NOT_STORED)
        except SQLAlchemyError:
            # One of them may be invalid, and the others must be stored all the same.
            for delivery in deliveries:
                self.store_alone(delivery)

    def store(self, deliveries: Sequence[Delivery]) -> None:
        with self.machine.database.writing_patiently() as session:
            accept(session, deliveries, self.patience)
        for delivery in deliveries:
            delivery.is_stored = delivery.error is None

    def store_alone(self, delivery: Delivery) -> None:
        try:
            self.store([delivery])
        except SQLAlchemyError as error:
            log.error("trigger_not_stored", error=str(getattr(error, "orig", error)))
            delivery.error = Unavailable(NOT_STORED)

    def publish(self, delivery: Delivery) -> None:
        for staged in delivery.staged:
            staging.publish_staged(self.machine.paths, staged)

    def withdraw(self, delivery: Delivery) -> None:
        """Delete the files and rows of a request that is refused."""
        for staged in delivery.staged:
            staging.discard(self.machine.paths, staged)
        if not delivery.is_stored:
            return
        rows = delete(Trigger).where(Trigger.parcel == delivery.parcel)
        try:
            with self.machine.database.writing() as session:
                session.execute(rows.where(Trigger.status == TriggerStatus.WAITING))
        except SQLAlchemyError:
            log.exception("trigger_not_withdrawn", parcel=delivery.parcel)

    def replay(self, number: int) -> None:
        """Let a failed trigger wait for its run again."""
        with self.machine.database.writing() as session:
            row = dead_letters.replay(session, number, now())
        try:
            trigger_files.restore_file(self.machine.paths, row)
        except OSError as error:  # the row is what counts
            log.warning("trigger_file_not_restored", trigger=number, error=str(error))

    def forget(self, number: int) -> None:
        try:
            with self.machine.database.writing() as session:
                dead_letters.forget_trigger(session, self.machine.paths, number)
        except OSError as error:
            raise Unavailable(f"Its file cannot be removed: {error.strerror or error}.") from error

    def receipt(self, delivery: Delivery) -> Receipt:
        return Receipt(delivery.ids, [str(self.machine.paths.watcher / one.name) for one in delivery.staged])


inbox = Extension[Inbox]("inbox")


def init_app(app: Flask) -> None:
    inbox.attach(app, Inbox(machine.of(app)))
