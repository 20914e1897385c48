"""Calls to TVDB, which wants a login."""

import threading
from collections.abc import Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from app.poster.web.session import NONE, WebSession
from app.poster.web.trouble import Trouble, WebTrouble

Shape = TypeVar("Shape")
LOGIN_TRIES = 3


class Token(Struct):
    token: str


class LoginAnswer(Struct):
    data: Token


class Envelope(Struct, Generic[Shape]):
    data: Shape | None = None


class TvdbCalls:
    """One login a run, and another one when TVDB does not accept the first any more; safe under threads.

    `headers` are the session's own, into which the login is written.
    """

    def __init__(self, session: WebSession, headers: dict[str, str], key: str):
        self.session = session
        self._headers = headers
        self._key, _, self._pin = key.partition("#")
        self._lock = threading.Lock()
        self._logins = 0
        self._refusal: WebTrouble | None = None

    def log_in(self, after: int = 0) -> int:
        """The number of the login, made only where no later one than `after` is known; WebTrouble."""
        with self._lock:
            if self._refusal:
                raise WebTrouble(self._refusal.trouble, str(self._refusal), self._refusal.status)
            if self._logins <= after:
                self._headers["Authorization"] = f"Bearer {self._token()}"
                self._logins += 1
            return self._logins

    def data(self, path: str, shape: type[Shape], params: Mapping[str, str] = NONE) -> Shape | None:
        """The data of an answer to a GET below /v4."""
        return self.whole(path, Envelope[shape], params).data

    def whole(self, path: str, shape: type[Shape], params: Mapping[str, str] = NONE) -> Shape:
        """The whole answer to a GET below /v4."""
        login = self.log_in()
        try:
            return self.session.record(f"/v4{path}", shape, params)
        except WebTrouble as trouble:
            if trouble.status != 401:
                raise
        self.log_in(login)
        return self.session.record(f"/v4{path}", shape, params)

    def _token(self) -> str:
        try:
            return self._ask_for_token()
        except WebTrouble as trouble:
            self._refusal = trouble if trouble.trouble is Trouble.KEY_REFUSED else None
            raise

    def _ask_for_token(self, tries: int = LOGIN_TRIES) -> str:
        """The token; a login that got no answer is repeated, as no session does with what it sends."""
        sent = {"apikey": self._key.strip(), "pin": self._pin.strip()}
        try:
            given = {name: value for name, value in sent.items() if value}
            return self.session.post("/v4/login", given, LoginAnswer).data.token
        except WebTrouble as trouble:
            if trouble.trouble is not Trouble.UNREACHABLE or tries <= 1:
                raise
            return self._ask_for_token(tries - 1)
