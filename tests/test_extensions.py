import sys
import threading

import pytest


@pytest.fixture
def hasty_threads():
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_threads_that_ask_at_once_share_one_state(machine_with, hasty_threads):
    for _ in range(20):
        machine, start, found = machine_with("obedient"), threading.Barrier(8), []

        def ask(machine=machine, start=start, found=found):
            start.wait()
            found.append(machine.state)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(map(id, found))) == 1
