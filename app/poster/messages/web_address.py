"""The address of a service on the web, whose path and query are secrets."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import requests

from app.poster.messages.message import MessageTrouble
from app.poster.web.endpoint import Endpoint, Limits
from app.poster.web.session import WebSession
from app.poster.web.trouble import Trouble, WebTrouble


@dataclass(frozen=True)
class WebAddress:
    """An address, the name of its service for messages, and what to do about a trouble by its kind."""

    service: str
    text: str
    limits: Limits
    advice: Mapping[Trouble, str]

    @contextmanager
    def opened(self) -> Iterator[tuple[WebSession, SplitResult]]:
        """(session, parts of the address); MessageTrouble for all that goes wrong in the block."""
        try:
            parts = urlsplit(self.text.strip())
            session = WebSession(Endpoint(self.service, f"{parts.scheme}://{parts.netloc}"), self.limits)
        except ValueError:
            raise self._unusable() from None
        try:
            yield session, parts
        except WebTrouble as trouble:
            raise MessageTrouble(f"{trouble}{self.advice.get(trouble.trouble, '')}") from None
        except (requests.RequestException, ValueError):
            raise self._unusable() from None
        finally:
            session.close()

    def _unusable(self) -> MessageTrouble:
        return MessageTrouble(f"{self.service}: the address is no web address; copy it from there again")
