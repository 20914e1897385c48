"""What carries each request of a session over the network: limits, retries, and who gets the keys."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import ContentDecodingError, InvalidURL, MissingSchema, SSLError, Timeout
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from app.poster.web.breaker import Breaker
from app.poster.web.deadline import POOLS, seconds_left, set_deadline
from app.poster.web.endpoint import Endpoint, Limits
from app.poster.web.trouble import Trouble, WebTrouble

PASSING = frozenset((429, 500, 502, 503, 504))
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 60.0
# What a failed call counts at the breaker; without an answer at all it counts 1.
ANSWERED_BADLY, TIMED_OUT = 0.5, 2
BODY_LIMIT = 64 * 1024 * 1024
CHUNK = 64 * 1024
BROKEN = (ContentDecodingError, InvalidURL, MissingSchema)
REPEATABLE = frozenset(("GET", "HEAD", "PUT", "DELETE"))


def origin(address: str) -> str:
    """Scheme, host and port of an address; "" where it has none."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme.lower()]
    except (ValueError, KeyError):
        return ""
    return f"{parts.scheme.lower()}://{(parts.hostname or '').lower()}:{port}"


@dataclass
class Call:
    """One call with all its attempts.

    `is_doubtful` says that the host failed before the call and has not answered since. `weight` is what the
    call counts at the breaker of its host, once.
    """

    request: requests.PreparedRequest
    breaker: Breaker
    verify: bool | str
    proxies: Mapping[str, str] | None
    is_doubtful: bool
    weight: float = 0

    def note_response(self, response: requests.Response) -> None:
        if response.status_code in PASSING and response.status_code != 429:
            self.note_failure(ANSWERED_BADLY)
        else:
            self.breaker.note_answer()
            self.weight = 0
        if response.status_code in (429, 503):
            self.breaker.keep_quiet(retry_after(response))

    def note_failure(self, weight: float) -> None:
        self.breaker.note_failure(max(0, weight - self.weight))
        self.weight = max(self.weight, weight)


class LimitedAdapter(HTTPAdapter):
    """Answers with the whole body in memory, after as many attempts as the limits allow.

    Keys are added here and nowhere else, so that no cache and no redirect ever sees them. WebTrouble for all
    that is no answer; an answer of any status is returned.
    """

    def __init__(self, endpoint: Endpoint, limits: Limits):
        self._endpoint = endpoint
        self._limits = limits
        self._slots = threading.BoundedSemaphore(limits.at_once)
        self._breakers: dict[str, Breaker] = {}
        super().__init__(pool_maxsize=limits.at_once)

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS
        if self._endpoint.trust.fingerprint:
            self.poolmanager.connection_pool_kw["assert_fingerprint"] = self._endpoint.trust.fingerprint

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        breaker = self._breakers.setdefault(origin(request.url), Breaker(self._limits.failures))
        with self._slots:
            call = Call(request, breaker, self._verify(request, verify), proxies, breaker.has_failures())
            set_deadline(time.monotonic() + self._limits.whole / (2 if call.is_doubtful else 1))
            return self._attempt_until(call)

    def _attempt_until(self, call: Call) -> requests.Response:
        number = 0
        while True:
            number += 1
            self._wait_for_permission(call.breaker)
            outcome = self._attempt(call)
            again = FIRST_PAUSE * 4 ** (number - 1)
            if not self._may_repeat(call, outcome, number) or again > seconds_left():
                break
            time.sleep(again)
        if isinstance(outcome, WebTrouble):
            raise outcome
        return outcome

    def _may_repeat(self, call: Call, outcome: requests.Response | WebTrouble, number: int) -> bool:
        if number >= self._limits.tries or call.is_doubtful:
            return False
        is_repeatable = call.request.method in REPEATABLE
        if isinstance(outcome, WebTrouble):
            return outcome.trouble is Trouble.UNREACHABLE and is_repeatable
        return outcome.status_code in PASSING and (is_repeatable or outcome.status_code != 500)

    def _wait_for_permission(self, breaker: Breaker) -> None:
        if not breaker.allows_attempt():
            raise explain(self._endpoint.name, Trouble.SWITCHED_OFF)
        pause = breaker.quiet_seconds()
        if pause > LONGEST_PAUSE:
            raise explain(self._endpoint.name, Trouble.TOO_MANY, 429)
        # A pause that the host asked for is no part of the time that a call may take.
        set_deadline(time.monotonic() + seconds_left() + pause)
        time.sleep(pause)

    def _attempt(self, call: Call) -> requests.Response | WebTrouble:
        request = call.request
        try:
            response = super().send(
                self._with_keys(request), True, self._timeout(), call.verify, None, call.proxies
            )
            read_whole(response)
            # What is kept of an answer names the request as it was before the keys were added.
            response.request, response.url = request, request.url
        except (requests.RequestException, HTTPError, OSError) as error:
            trouble = self._failure(error, host_of(request.url))
            trouble.__cause__ = error
            if trouble.trouble is not Trouble.BROKEN:
                call.note_failure(TIMED_OUT if isinstance(error, Timeout) or seconds_left() <= 0 else 1)
            return trouble
        call.note_response(response)
        return response

    def _timeout(self) -> tuple[float, float]:
        left = max(0.01, seconds_left())
        return min(self._limits.connect, left), min(self._limits.read, left)

    def _is_own(self, request) -> bool:
        return origin(request.url) == origin(self._endpoint.base)

    def _verify(self, request, usual: bool | str) -> bool | str:
        if not self._is_own(request):
            return usual
        if self._endpoint.trust.fingerprint:
            return False
        return str(self._endpoint.trust.authority or "") or usual

    def _with_keys(self, request):
        keyed = request.copy()
        if self._is_own(request):
            keyed.headers.update(self._endpoint.headers)
            keyed.prepare_url(keyed.url, self._endpoint.parameters)
        return keyed

    def _failure(self, error: Exception, host: str) -> WebTrouble:
        name = self._endpoint.name
        if isinstance(error, SSLError):
            setting = self._endpoint.trust.setting
            return explain(name, Trouble.CERTIFICATE, advice=f"; set {setting}" if setting else "")
        if isinstance(error, BROKEN):
            return explain(name, Trouble.BROKEN)
        return explain(name, Trouble.UNREACHABLE, advice=f"; check that {host} can be reached from here")


def read_whole(response: requests.Response) -> None:
    """Read the body into memory; ContentDecodingError where it is larger than a picture may be."""
    content = bytearray()
    for part in response.iter_content(CHUNK):
        content += part
        if len(content) > BODY_LIMIT:
            response.close()
            raise ContentDecodingError("the body is larger than 64 MiB")
    response._content = bytes(content)


def retry_after(response: requests.Response) -> float:
    """The seconds that the server asks for, a few where it names none or nonsense."""
    named = response.headers.get("Retry-After", "")
    try:
        return max(0.0, Retry().parse_retry_after(named)) if named else FIRST_PAUSE
    except (HTTPError, ValueError, OverflowError):
        return FIRST_PAUSE


def explain(name: str, trouble: Trouble, status: int = 0, advice: str = "") -> WebTrouble:
    """The trouble in one sentence that names the server, what happened and what to do."""
    answered = f" ({status})" if status else ""
    return WebTrouble(trouble, f"{name}: {trouble.value}{answered}{advice}", status)


def host_of(address: str) -> str:
    """Host and port, without the user and password that an address may carry."""
    return urlsplit(address).netloc.rpartition("@")[2]
