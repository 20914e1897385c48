"""At which of several addresses a media server answers, what is wrong there, and which libraries it has."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Any

from app.poster.inquiries.inquiry import BadInquiry, Inquiry
from app.poster.inquiries.library_sizes import sized_libraries
from app.poster.inquiries.server_check import CHECKS, kind_answering, open_service, refined
from app.poster.inquiries.server_libraries import LISTING, SERVERS
from app.poster.inquiries.service import Service, Unusable
from app.poster.records.library import SourceName
from app.poster.sources.media_server import base_address, read_trust
from app.poster.web.certificates import fingerprint_at
from app.poster.web.fault import Fault

MOST_ADDRESSES = 6
# A name server that is silent outlasts every time-out of a connection.
LONGEST = 6.5
# The nearer to an answer, the earlier: the first of them is reported.
NEARNESS = (
    *(Fault.KIND, Fault.PATH, Fault.BUSY, Fault.SERVER, Fault.CERTIFICATE, Fault.SCHEME),
    *(Fault.SILENT, Fault.PORT, Fault.UNREACHABLE, Fault.NAME, Fault.ADDRESS, Fault.UNSAFE),
)


@dataclass(frozen=True)
class Answer:
    """What one address answered without a key: a kind of server, nothing that is known, or a failure."""

    address: str
    kind: SourceName | None = None
    failure: Unusable | None = None


def search_server(inquiry: Inquiry) -> dict[str, Any]:
    """{"address", "fault", "message", "kind", "server_name", "version", "fingerprint", "libraries"}.

    `addresses` are tried at once, without the key; the best one of them is then shown the `key`. `fault` is
    "" where all is well, "key_missing" where only the key is lacking. `libraries` are {name, type, count}.
    """
    name, addresses = SERVERS.get(inquiry.text("server")), given_addresses(inquiry)
    if name is None or not addresses:
        raise BadInquiry(f"A search needs addresses, and one of these servers: {', '.join(SERVERS)}")
    trusting = with_certificate(inquiry, name)
    best = min(answers(trusting, name, addresses), key=lambda answer: source_distance(answer, name))
    found = {
        "address": best.address,
        "kind": best.kind.value if best.kind else "",
        "fault": "",
        "message": "",
    }
    try:
        return {**found, **looked_into(trusting, name, best)}
    except Unusable as unusable:
        trust = {}
        if unusable.fault is Fault.CERTIFICATE:
            trust = {"fingerprint": fingerprint_at(best.address)}
        return {**found, **trust, "fault": unusable.fault.value, "message": f"{unusable}."}


def given_addresses(inquiry: Inquiry) -> list[str]:
    given = inquiry.given.get("addresses")
    texts = given if isinstance(given, list) else []
    return [base_address(text) for text in texts[:MOST_ADDRESSES] if isinstance(text, str)]


def with_certificate(inquiry: Inquiry, name: SourceName) -> Inquiry:
    """The inquiry with the fingerprint that is given in place of the certificate of the settings."""
    if not (given := inquiry.text("certificate")):
        return inquiry
    certificates = {**inquiry.environment.certificates, name.value: given}
    return replace(inquiry, environment=replace(inquiry.environment, certificates=certificates))


def answers(inquiry: Inquiry, name: SourceName, addresses: Sequence[str]) -> list[Answer]:
    """What each address answers; one that takes too long counts as silent."""
    trust = read_trust(inquiry.environment.certificates.get(name.value, ""))
    services = [Service(name.value, address, trust=trust) for address in addresses]
    executor = ThreadPoolExecutor(len(services))
    try:
        asked = [executor.submit(answer_without_key, service) for service in services]
        done, _ = wait(asked, LONGEST)
        return [
            one.result() if one in done else too_late(service)
            for one, service in zip(asked, services, strict=True)
        ]
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def answer_without_key(service: Service) -> Answer:
    try:
        return Answer(service.base, kind_answering(service))
    except Unusable as unusable:
        return Answer(service.base, failure=unusable)


def too_late(service: Service) -> Answer:
    sentence = f"{service.host} gave no answer in time; check address, port, firewall and the name server"
    return Answer(service.base, failure=Unusable(sentence, Fault.SILENT))


def source_distance(answer: Answer, wanted: SourceName) -> int:
    """0 for the server that is wanted; more for what is farther from it."""
    if answer.kind is wanted:
        return 0
    if answer.kind:
        return 1
    fault = answer.failure.fault if answer.failure else Fault.PATH
    return 2 + NEARNESS.index(fault)


def looked_into(inquiry: Inquiry, name: SourceName, best: Answer) -> dict[str, Any]:
    """The name, version and libraries of the server that takes the key; `Unusable` where it does not."""
    if best.failure:
        raise best.failure
    if best.kind and best.kind is not name:
        raise Unusable(f"At {best.address} is {best.kind.value}, not {name.value}", Fault.KIND)
    given = {**inquiry.given, "url": best.address}
    if best.kind is None and not inquiry.text("key"):
        raise Unusable(f"Something answers at {best.address}, but it is not {name.value}", Fault.PATH)
    service = open_service(name, replace(inquiry, given=given), LISTING)
    with refined(service, name):
        sentence, details = CHECKS[name](service)
        return {
            "message": f"{sentence}.",
            "kind": name.value,
            "server_name": details["server_name"],
            "version": details.get("version", ""),
            "libraries": sized_libraries(service, name),
        }
