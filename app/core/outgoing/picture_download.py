"""Downloads a picture from an address that a caller named."""

import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from app.core.errors import Invalid
from app.core.outgoing.address_rule import AddressRule
from app.core.outgoing.guarded_adapter import GuardedAdapter, Wire

MEBIBYTE = 1024 * 1024
MOST_REDIRECTS = 5
PART = 64 * 1024
LONGEST_ADDRESS = 4096
NO_ADDRESS = "The address of the picture must begin with http:// or https:// and name a host."
# Compressed, a small body could grow past every limit.
HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity", "User-Agent": "posterizarr-server"}
PUBLIC_ONLY = AddressRule()


@dataclass(frozen=True)
class PictureDownloads:
    """Downloads within limits: bytes of a picture, seconds to connect, between two parts, and for all."""

    rule: AddressRule = PUBLIC_ONLY
    most_bytes: int = 30 * MEBIBYTE
    connect: float = 5.0
    read: float = 10.0
    whole: float = 30.0

    def fetch(self, address: str) -> bytes:
        """The body behind the address and its redirects; `Invalid` says what is wrong with it."""
        wire = Wire(self.rule, time.monotonic() + self.whole)
        with requests.Session() as session:
            # Neither proxies nor passwords of the environment: they are not meant for a caller's address.
            session.trust_env = False
            session.mount("http://", GuardedAdapter(wire))
            session.mount("https://", GuardedAdapter(wire))
            return self.follow(session, wire, web_address(address))

    def follow(self, session: requests.Session, wire: Wire, address: str) -> bytes:
        for _ in range(MOST_REDIRECTS + 1):
            body, following = self.step(session, wire, address)
            if body is not None:
                return body
            address = web_address(following)
        raise Invalid(f"{host_name_of(address)} gave no picture: more than {MOST_REDIRECTS} redirects.")

    def step(self, session: requests.Session, wire: Wire, address: str) -> tuple[bytes | None, str]:
        """(body, "") of an answer, (None, next address) of a redirect; `Invalid` where neither comes."""
        try:
            with session.get(address, **self.options()) as response:
                if response.is_redirect:
                    return None, urljoin(address, response.headers["Location"])
                return self.body_of(response, wire), ""
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise Invalid(f"{host_name_of(address)} gave no picture: {download_failure(error)}.") from error

    def options(self) -> dict:
        return {
            "headers": HEADERS,
            "timeout": (self.connect, self.read),
            "stream": True,
            "allow_redirects": False,
        }

    def body_of(self, response: requests.Response, wire: Wire) -> bytes:
        if response.status_code != requests.codes.ok:
            raise Invalid(f"{host_name_of(response.url)} gave no picture: status {response.status_code}.")
        content = bytearray()
        while part := response.raw.read1(PART):
            content += part
            if len(content) > self.most_bytes:
                most = self.most_bytes // MEBIBYTE
                raise Invalid(
                    f"{host_name_of(response.url)} sends more than {most} MiB, the most of a picture."
                )
            wire.seconds_left(self.read)
        return bytes(content)


def web_address(text: str) -> str:
    """The address without blanks at its ends; `Invalid` for one of another scheme or without a host."""
    address = text.strip()
    try:
        parts = urlsplit(address)
        is_usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise Invalid(NO_ADDRESS) from error
    if not is_usable or len(address) > LONGEST_ADDRESS:
        raise Invalid(NO_ADDRESS)
    return address


def host_name_of(address: str) -> str:
    """The host's name alone: user, password, path and query may hold secrets."""
    return urlsplit(address).hostname or ""


def download_failure(error: Exception) -> str:
    """Why a download failed, without the address, which may hold secrets."""
    causes = {
        (requests.Timeout, TimeoutError, ReadTimeoutError): "no answer in time",
        requests.exceptions.SSLError: "its certificate is not trusted",
        requests.exceptions.InvalidURL: "the address cannot be used",
        requests.ConnectionError: "it cannot be reached",
        HTTPError: "the answer is incomplete",
    }
    return next((words for kinds, words in causes.items() if isinstance(error, kinds)), "no usable answer")
