"""One session for one provider or media server."""

import json
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar
from urllib.parse import urlencode, urljoin

import msgspec
import requests

from app.poster.records.candidate import FetchedPicture
from app.poster.web.adapter import LimitedAdapter, explain, host_of, origin
from app.poster.web.cache import AnswerCache
from app.poster.web.endpoint import Endpoint, Limits
from app.poster.web.memory import RunMemory
from app.poster.web.picture_check import PictureInspector
from app.poster.web.trouble import Trouble

Shape = TypeVar("Shape")
NONE: Mapping[str, str] = MappingProxyType({})
USUAL_LIMITS = Limits()
# Headers of a call whose answer no cache may give.
UNCACHED: Mapping[str, str] = MappingProxyType({"Cache-Control": "no-store"})
REMEMBERED_BYTES = 8 * 1024 * 1024
REDIRECTS = 5
AGENT = "posterizarr-server"
MEANINGS = {
    401: Trouble.KEY_REFUSED,
    403: Trouble.KEY_REFUSED,
    404: Trouble.NOT_FOUND,
    410: Trouble.NOT_FOUND,
    429: Trouble.TOO_MANY,
}


class WebSession:
    """Calls one server within limits, each GET once a run; safe under threads. All calls raise WebTrouble."""

    def __init__(self, endpoint: Endpoint, limits: Limits = USUAL_LIMITS, cache: AnswerCache | None = None):
        self._endpoint = endpoint
        self._memory = RunMemory(REMEMBERED_BYTES)
        self._calls = mount(
            cache.open_session() if cache else requests.Session(), endpoint, limits, endpoint.base
        )
        anonymous = Endpoint(f"{endpoint.name} pictures", "")
        self._inspector = PictureInspector()
        self._pictures = mount(requests.Session(), anonymous, for_pictures(limits), endpoint.base)

    def json(self, path: str, params: Mapping[str, str] = NONE, headers: Mapping[str, str] = NONE) -> Any:
        """The parsed answer to a GET."""
        content, _ = self.content(path, params, {"Accept": "application/json", **headers})
        return self.decode(content, Any)

    def record(
        self,
        path: str,
        shape: type[Shape],
        params: Mapping[str, str] = NONE,
        headers: Mapping[str, str] = NONE,
    ) -> Shape:
        """The answer to a GET as a record of that msgspec type; what the type does not name is left out."""
        content, _ = self.content(path, params, {"Accept": "application/json", **headers})
        return self.decode(content, shape)

    def decode(self, content: bytes, shape: type[Shape]) -> Shape:
        """JSON as a record; numbers may be written as texts."""
        try:
            return msgspec.json.decode(content, type=shape, strict=False)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise explain(self._endpoint.name, Trouble.BROKEN) from None

    def content(
        self, path: str, params: Mapping[str, str] = NONE, headers: Mapping[str, str] = NONE
    ) -> tuple[bytes, Mapping[str, str]]:
        """Body, at most 64 MiB, and headers of the answer to a GET."""
        address = self.address(path, params)
        key = (address, tuple(sorted(headers.items())))
        return self._memory.recall(key, lambda: self._get(address, headers), lambda got: len(got[0]))

    def fresh(
        self, path: str, params: Mapping[str, str] = NONE, headers: Mapping[str, str] = NONE
    ) -> tuple[bytes, Mapping[str, str]]:
        """What `content` answers, asked again although this session or a cache may know it."""
        return self._get(self.address(path, params), {**UNCACHED, **headers})

    def picture(self, address: str) -> FetchedPicture:
        """The picture at an address of any host, which gets no key; CandidateRefused where it is none."""
        response = follow(self._pictures, "GET", address, {"Accept": "image/*"})
        self._require_good(response, host_of(address))
        return self._inspector.accept(address, response.content, response.headers)

    def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] = NONE,
        params: Mapping[str, str] = NONE,
    ) -> int:
        """Status, from 200 to 299, of a call that changes something."""
        response = follow(self._calls, method, self.address(path, params), headers, body)
        self._require_good(response, self._endpoint.name)
        return response.status_code

    def post(self, path: str, document: Any, shape: type[Shape]) -> Shape:
        """The answer to a POST of JSON as a record."""
        body, headers = json.dumps(document).encode(), {"Content-Type": "application/json"}
        response = follow(self._calls, "POST", self.address(path), headers, body)
        self._require_good(response, self._endpoint.name)
        return self.decode(response.content, shape)

    def address(self, path: str, params: Mapping[str, str] = NONE) -> str:
        """The whole address below the base, without a doubled slash and without keys."""
        query = f"?{urlencode(params)}" if params else ""
        return f"{self._endpoint.base.rstrip('/')}/{path.lstrip('/')}{query}"

    def close(self) -> None:
        self._calls.close()
        self._pictures.close()

    def _get(self, address: str, headers: Mapping[str, str]) -> tuple[bytes, Mapping[str, str]]:
        response = follow(self._calls, "GET", address, headers)
        self._require_good(response, self._endpoint.name)
        return response.content, response.headers

    def _require_good(self, response: requests.Response, name: str) -> None:
        if not 200 <= response.status_code < 300:
            raise explain(name, meaning_of(response.status_code), response.status_code)


def meaning_of(status: int) -> Trouble:
    if status >= 500:
        return Trouble.UNREACHABLE
    return MEANINGS.get(status, Trouble.REFUSED)


def for_pictures(limits: Limits) -> Limits:
    """The limits for files that are large, and of which a bad one says less about its host."""
    return replace(limits, whole=4 * limits.whole, failures=2 * limits.failures)


def mount(session: requests.Session, endpoint: Endpoint, limits: Limits, base: str) -> requests.Session:
    """The session with the adapter, and with what the environment says of proxies to `base`."""
    adapter = LimitedAdapter(endpoint, limits)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    session.headers["User-Agent"] = AGENT
    # Proxies and certificates of the environment are read once; keys in the user's .netrc are never used.
    found = session.merge_environment_settings(base, {}, None, None, None)
    session.proxies, session.verify = found["proxies"], found["verify"]
    session.trust_env = False
    return session


def follow(
    session: requests.Session, method: str, address: str, headers: Mapping[str, str], body: bytes = b""
) -> requests.Response:
    """The answer at the end of all redirects; another host gets none of the headers."""
    first = origin(address)
    for _ in range(REDIRECTS):
        own = headers if origin(address) == first else NONE
        response = session.request(
            method, address, headers=dict(own), data=body or None, allow_redirects=False
        )
        if not response.is_redirect or method != "GET":
            return response
        address = urljoin(address, response.headers["Location"])
    raise explain(host_of(address), Trouble.BROKEN)
