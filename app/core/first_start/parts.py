"""Which part of the way to a media server is wrong, which are right, and which nobody got to."""

# In the order in which a connection needs them.
PARTS = ("name", "port", "encryption", "place", "key")
PART_OF_FAULT = {
    **dict.fromkeys(("missing", "address", "unsafe", "name"), "name"),
    **dict.fromkeys(("port_text", "port", "silent", "unreachable"), "port"),
    **dict.fromkeys(("scheme", "certificate"), "encryption"),
    **dict.fromkeys(("path", "kind", "server", "busy"), "place"),
    **dict.fromkeys(("key", "key_missing"), "key"),
}


def connection_parts(fault: str, address: str) -> list[tuple[str, str]]:
    """(part, "good" | "bad" | "open") in the order of PARTS; all are good without a fault.

    An address of http has no certificate that could be right.
    """
    wrong = PARTS.index(PART_OF_FAULT.get(fault, "port")) if fault else len(PARTS)
    states = ["good"] * wrong + ["open" if fault == "key_missing" else "bad"]
    found = zip(PARTS, states + ["open"] * len(PARTS), strict=False)
    is_secure = address.startswith("https://")
    return [(part, state) for part, state in found if part != "encryption" or is_secure or state == "bad"]
