"""Pictures that this server offers for an asset, under addresses of its own."""

from collections.abc import Iterable

from app.core.access import secret_key
from app.core.replacing.offered_address import address_seal, require_offered
from app.extensions import Machine


def preview_queries(machine: Machine, addresses: Iterable[str]) -> dict[str, dict[str, str]]:
    """By address the query with which the API shows a small copy of the picture there."""
    secret = offering_secret(machine)
    return {address: {"address": address, "seal": address_seal(secret, address)} for address in addresses}


def require_offered_here(machine: Machine, address: str, seal: str) -> None:
    """Raise `Forbidden` for an address that `preview_queries` did not seal."""
    require_offered(offering_secret(machine), address, seal)


def offering_secret(machine: Machine) -> bytes:
    return secret_key.load_or_create(machine.paths.database / "secret.key")
