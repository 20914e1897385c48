"""Authenticates callers, and caches the result for some seconds."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.core.access import (
    api_keys,
    browser_sessions,
    credentials,
    lockout,
    origins,
    secret_key,
    taken_keys,
    view_passes,
)
from app.core.access.callers import SCOPES, Caller, implied
from app.core.access.credential_cache import CredentialCache
from app.core.access.view_passes import ViewPass
from app.core.errors import Unavailable
from app.extensions import Machine

CHECKS_AT_A_TIME = 2
SECONDS_TO_QUEUE = 5
# No user name holds a zero byte twice, so that no other credentials have the cache key of a session.
SESSION = "\0\0session"
PASS = "\0\0pass"

log = structlog.get_logger(__name__)


class Presented(NamedTuple):
    """What a request showed; a key comes without a user name, what cookies hold with SESSION or PASS."""

    secret: str
    username: str | None = None

    @property
    def is_key(self) -> bool:
        return self.username is None

    @property
    def is_cookie(self) -> bool:
        return self.username in (SESSION, PASS)

    @property
    def is_login(self) -> bool:
        return not (self.is_key or self.is_cookie)


class Authenticator:
    """The authenticator of one process; a change of keys or config.json invalidates its cache."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.slow_checks = threading.BoundedSemaphore(CHECKS_AT_A_TIME)
        self.credential_cache = CredentialCache(api_keys.key_stamp_path(machine.paths), machine.paths.config)
        self.problem: str | None = None
        self._secret: bytes | None = None

    @property
    def secret(self) -> bytes:
        if self._secret is None:
            self._secret = secret_key.load_or_create(self.machine.paths.database / "secret.key")
        return self._secret

    @property
    def own_names(self) -> frozenset[str]:
        """The names under which this server may be called while the login is off."""
        return self.machine.settings.allowed_hosts | {self.machine.settings.app_host.lower()}

    def open_to_all(self) -> bool:
        """Whether the login is off."""
        self.tell_problem(credentials.config_problem(self.machine.config))
        return not credentials.login_required(self.machine.config)

    def open_warning(self, host: str | None) -> tuple[str, str] | None:
        """("unlisted", host) or ("open", address), which pages at this host warn of while it is off."""
        if not self.open_to_all():
            return None
        listens_at = self.machine.settings.app_host
        unlisted = origins.unlisted_host(host, self.own_names)
        if unlisted is not None:
            return "unlisted", unlisted
        return ("open", listens_at) if origins.is_open_to_others(self.machine.config, listens_at) else None

    def recall(self, presented: Presented) -> Caller | None:
        """The cached caller of these credentials, None where there is none."""
        mark = self.credential_cache.mark(*presented)
        return self.credential_cache.recall(mark, self.credential_cache.evidence())

    def identify(
        self, presented: Presented, address: str | None, never_repeats: bool = False
    ) -> Caller | None:
        """The caller that showed these credentials, or None; raises `TooMany` for a locked address.

        With `never_repeats`, a valid key passes a lock: keys cannot be guessed.
        """
        mark = self.credential_cache.mark(*presented)
        evidence = self.credential_cache.evidence()
        passes = never_repeats and taken_keys.may_be_key(presented.secret)
        if not passes:
            self.refuse_locked(address)
        caller = self.examine(presented)
        if caller is None:
            if passes:
                self.refuse_locked(address)
            self.record_failure(address)
            return None
        self.credential_cache.remember(mark, caller, evidence)
        return caller

    def examine(self, presented: Presented) -> Caller | None:
        if self.is_bootstrap_key(presented.secret):
            return Caller("APP_API_KEY", SCOPES)
        if api_keys.looks_like_key(presented.secret):
            return self.key_caller(presented.secret)
        # A password may look like one, too.
        is_old = taken_keys.looks_like_taken_key(presented.secret)
        if is_old and (caller := self.key_caller(presented.secret)):
            return caller
        return None if presented.username is None else self.person(presented.username, presented.secret)

    def cookie_caller(self, presented: Presented) -> Caller | None:
        """The caller of a browser's session or pass, None where it has ended, which is no failed attempt."""
        mark, evidence = self.credential_cache.mark(*presented), self.credential_cache.evidence()
        if known := self.credential_cache.recall(mark, evidence):
            return known
        self.tell_problem(credentials.config_problem(self.machine.config))
        caller = self.pass_caller(presented) if presented.username == PASS else self.session_caller(presented)
        if caller:
            self.credential_cache.remember(mark, caller, evidence)
        return caller

    def session_caller(self, presented: Presented) -> Caller | None:
        accepted = (self.machine.settings.app_api_key, self.login_credential())
        with self.machine.database.reading() as session:
            return browser_sessions.find_session_caller(session, self.secret, presented.secret, accepted)

    def pass_caller(self, presented: Presented) -> Caller | None:
        """The reader whose pass it is, None where it has ended or its login has changed."""
        shown = view_passes.parse_pass(presented.secret)
        if shown is None or shown.seconds_left <= 0 or not self.is_genuine(shown):
            return None
        return Caller("view pass", implied(["read"]), shown.key_id or None, shown.expires)

    def is_genuine(self, shown: ViewPass) -> bool:
        accepted = (self.machine.settings.app_api_key, self.login_credential())
        if shown.key_id:
            with self.machine.database.reading() as session:
                accepted = (api_keys.valid_digest(session, shown.key_id),)
        return view_passes.is_genuine(self.secret, shown, accepted)

    def new_pass(self, presented: Presented, caller: Caller) -> str:
        """A pass for a caller whose credentials were good."""
        credential = self.credential_of(presented, caller)
        return view_passes.issue_pass(self.secret, credential, caller.key_id)

    def is_fresh_pass(self, text: str | None) -> bool:
        """Whether a pass holds for half of its time yet."""
        shown = view_passes.parse_pass(text or "")
        is_young = shown is not None and shown.seconds_left > view_passes.LIFETIME / 2
        return is_young and self.cookie_caller(Presented(text, PASS)) is not None

    def still_admits(self, presented: Presented, scope: str) -> bool:
        """Whether credentials still are good, a pass also after its hour; failures are not counted."""
        if presented.username == PASS:
            shown = view_passes.parse_pass(presented.secret)
            return shown is not None and self.is_genuine(shown)
        known = self.recall(presented)
        find = self.cookie_caller if presented.is_cookie else self.examine
        caller = known or find(presented)
        return caller is not None and scope in caller.scopes

    def login_credential(self) -> str:
        """User name and password, as they are stored; "" where no password is set."""
        login = credentials.expected_login(self.machine.config, self.machine.settings.app_admin_password)
        return f"{login.username}\0{login.password}" if login.password else ""

    def credential_of(self, presented: Presented, caller: Caller) -> str:
        """What a session of this caller depends on."""
        if caller.key_id is not None:
            with self.machine.database.reading() as session:
                key = api_keys.find_key(session, self.secret, presented.secret)
            return key.digest if key else ""
        is_bootstrap = self.is_bootstrap_key(presented.secret)
        return presented.secret if is_bootstrap else self.login_credential()

    def is_bootstrap_key(self, secret: str) -> bool:
        expected = self.machine.settings.app_api_key
        return credentials.same_text(expected, secret) and expected != ""

    def key_caller(self, plain: str) -> Caller | None:
        with self.machine.database.reading() as session:
            key = api_keys.find_key(session, self.secret, plain) or taken_keys.find_taken_key(session, plain)
        if key is None or api_keys.is_expired(key):
            return None
        if not (taken_keys.is_renewed(key) or self.renews(key.id, key.digest, plain)):
            return None
        if api_keys.is_use_due(key):
            self.touch(key.id)
        return api_keys.key_caller(key)

    def renews(self, key_id: int, digest: str, plain: str) -> bool:
        """Whether the old hash of a key fits that was taken over; it is then kept as our own are."""
        with self.turn(slow=True):
            fits = credentials.bcrypt_matches(digest, plain)
        if fits:
            self.note_key(
                key_id, lambda session: taken_keys.renew_digest(session, self.secret, key_id, plain)
            )
        return fits

    def person(self, username: str, password: str) -> Caller | None:
        self.tell_problem(credentials.config_problem(self.machine.config))
        login = credentials.expected_login(self.machine.config, self.machine.settings.app_admin_password)
        with self.turn(credentials.slow_to_check(login)):
            matches = credentials.login_matches(login, username, password)
        return Caller(login.username, SCOPES) if matches else None

    @contextmanager
    def turn(self, slow: bool) -> Iterator[None]:
        """Limit the number of slow checks at a time: each takes memory and a core."""
        if not slow:
            yield
            return
        if not self.slow_checks.acquire(timeout=SECONDS_TO_QUEUE):
            raise Unavailable("Too many logins are being checked at once. Try again in a moment.")
        try:
            yield
        finally:
            self.slow_checks.release()

    def refuse_locked(self, address: str | None) -> None:
        try:
            with self.machine.database.reading() as session:
                lockout.refuse_locked(session, address)
        except OperationalError as error:
            log.warning("failed_logins_unreadable", error=str(error.orig))

    def record_failure(self, address: str | None) -> None:
        log.warning("login_failed", address=lockout.counted_address(address))
        try:
            with self.machine.database.writing_soon() as session:
                lockout.record_failure(session, address)
        except OperationalError as error:
            log.warning("failed_login_not_recorded", error=str(error.orig))

    def touch(self, key_id: int) -> None:
        self.note_key(key_id, lambda session: api_keys.record_use(session, key_id))

    def note_key(self, key_id: int, write: Callable[[Session], None]) -> None:
        """Write something about a key; what cannot be written now is left for its next use."""
        try:
            with self.machine.database.writing_soon() as session:
                write(session)
        except OperationalError as error:
            log.info("key_use_not_recorded", id=key_id, error=str(error.orig))

    def tell_problem(self, problem: str | None) -> None:
        """Log once why config.json cannot be read, and once that it can be read again."""
        if problem == self.problem:
            return
        self.problem = problem
        if problem:
            log.error("config_unreadable_door_shut", reason=problem)
        else:
            log.info("config_readable_again")
