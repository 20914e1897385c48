"""Numbers in addresses that no row can have, at every address of the API and of the pages."""

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter

# Beyond a 32 bit column, and beyond what a driver of a database takes.
LARGE = (2**31, 2**63, 10**40)
BODIES = ("POST", "PUT", "PATCH")


def calls_with_numbers(app: Flask) -> list[tuple[str, str]]:
    """(method, address with {} for each number) of every view whose address has a number."""
    found = []
    for rule in app.url_map.iter_rules():
        if not any(isinstance(part, IntegerConverter) for part in rule._converters.values()):
            continue
        address = "".join("{}" if is_dynamic else part for is_dynamic, part in rule._trace if part != "|")
        found += [(method, address) for method in sorted(rule.methods - {"HEAD", "OPTIONS"})]
    return found


@pytest.mark.parametrize("number", LARGE)
def test_a_number_that_no_row_can_have_is_never_a_fault_of_the_server(app, client, number):
    calls = calls_with_numbers(app)
    assert {"/api/attention/ignores/{}", "/server/runs/{}"} <= {address for _, address in calls}
    for method, address in calls:
        body = {"json": {}} if method in BODIES else {}
        answer = client.open(address.format(number), method=method, **body)
        assert answer.status_code in (400, 404, 405, 409), (method, address, answer.text)
