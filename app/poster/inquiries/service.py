"""A service whose address or key is being tried: single requests."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import requests

from app.poster.web.adapter import host_of
from app.poster.web.endpoint import Endpoint, Limits, Trust
from app.poster.web.failure_words import failure_meaning
from app.poster.web.fault import Fault
from app.poster.web.session import mount
from app.poster.web.trouble import Trouble, WebTrouble

ONE_TRY = Limits(connect=3.0, read=5.0, whole=5.0, tries=1)
KEY_REFUSED = (401, 403)
LEADS_ON = (301, 302, 303, 307, 308)


class Unusable(Exception):
    """An address or key that does not work; the text is one sentence, `details` what else is shown.

    `fault` is the part that is wrong.
    """

    def __init__(self, sentence: str, fault: Fault = Fault.UNREACHABLE, **details: Any):
        super().__init__(sentence)
        self.fault = fault
        self.details = details


@dataclass(frozen=True)
class Service:
    """One service: its name for sentences, where it is, and the headers with its key.

    Without `limits` a request is made once and lasts some seconds at most.
    """

    name: str
    base: str
    headers: Mapping[str, str] = field(default_factory=dict)
    trust: Trust = Trust()
    limits: Limits | None = None

    @property
    def host(self) -> str:
        return host_of(self.base)

    def ask(
        self,
        path: str,
        method: str = "GET",
        document: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """The answer of any status, redirects not followed; `Unusable` where there is none."""
        endpoint = Endpoint(self.name, self.base, self.headers, trust=self.trust)
        body = None if document is None else json.dumps(document).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        with mount(requests.Session(), endpoint, self.limits or ONE_TRY, self.base) as session:
            try:
                address = f"{self.base.rstrip('/')}/{path.lstrip('/')}"
                # Each service answers in the form that is read here where none is asked for.
                sent = {"Accept": "*/*", **kind, **(headers or {})}
                return session.request(method, address, data=body, headers=sent, allow_redirects=False)
            except WebTrouble as trouble:
                raise self._unusable(trouble) from trouble
            except (requests.RequestException, ValueError) as error:
                raise Unusable(
                    f"{self.name}: the address or the key cannot be used; copy it again", Fault.ADDRESS
                ) from error

    def good(
        self,
        path: str,
        method: str = "GET",
        document: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """The answer of a status from 200 to 299; `Unusable` says what any other one means."""
        response = self.ask(path, method, document, headers)
        if 200 <= response.status_code < 300:
            return response
        status = response.status_code
        raise Unusable(self.meaning_of(response), fault_of_status(status), status_code=status)

    def meaning_of(self, response: requests.Response) -> str:
        status = response.status_code
        if status in KEY_REFUSED:
            return f"{self.name} at {self.host} refused the key ({status}); copy it again"
        if status in LEADS_ON:
            target = host_of(urljoin(self.base, response.headers.get("Location", "")))
            return f"{self.host} leads on to {target}; set the address that it leads to, without a login page"
        if status == 429:
            return f"{self.name} is asked too often at the moment (429); try again in a few minutes"
        if status >= 500:
            return (
                f"{self.host} answers with an error of its own ({status}); check that {self.name} is running"
            )
        return f"{self.host} does not know what {self.name} should know ({status}); check the address"

    def _unusable(self, trouble: WebTrouble) -> Unusable:
        fault, words = failure_meaning(trouble, self.host)
        if trouble.trouble is Trouble.CERTIFICATE and self.trust.setting and "http://" not in words:
            words = f"{words}; set {self.trust.setting} to its fingerprint or to a file of its authority"
        if trouble.trouble is Trouble.BROKEN:
            fault, words = Fault.PATH, f"what {self.host} answers cannot be read"
        unsafe = {"unsafe": True} if fault is Fault.UNSAFE else {}
        return Unusable(f"{self.name}: {words}", fault, error=trouble.trouble.value, **unsafe)


def fault_of_status(status: int) -> Fault:
    """The part that an answer of this status says is wrong."""
    if status in KEY_REFUSED:
        return Fault.KEY
    if status == 429:
        return Fault.BUSY
    return Fault.SERVER if status >= 500 else Fault.PATH
