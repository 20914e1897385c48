"""What is compared before a worker draws."""

import json
import subprocess
import sys

import pytest

from app.poster.cluster.drawing_facts import difference, drawing_facts
from tests.poster.program import ROOT

OURS = {"drawing version": "1", "Pillow": "12.0.0"}


def test_two_processes_of_one_installation_have_the_same_facts():
    code = "import json; from app.poster.cluster.drawing_facts import *; print(json.dumps(drawing_facts()))"
    other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    facts = drawing_facts()
    assert json.loads(other.stdout) == facts
    assert difference(facts, facts) == "" and len(facts["sample picture"]) == 64


@pytest.mark.parametrize(
    ("theirs", "sentence"),
    [
        (OURS, ""),
        (OURS | {"Pillow": "11.3.0"}, "its Pillow is 11.3.0, here it is 12.0.0"),
        ({"Pillow": "12.0.0"}, "its drawing version is unknown, here it is 1"),
        (OURS | {"newer": "1"}, "its newer is 1, here it is unknown"),
    ],
)
def test_the_first_difference_is_named(theirs, sentence):
    assert difference(theirs, OURS) == sentence
