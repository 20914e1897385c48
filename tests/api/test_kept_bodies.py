import threading

from app.api.kept_bodies import KeptBodies


class Builder:
    """Counts how often it was asked to build."""

    def __init__(self, size=10):
        self.built, self.size = 0, size

    def __call__(self):
        self.built += 1
        return {"text": "x" * self.size}


def test_a_body_is_built_once_for_each_page_and_state():
    bodies, build = KeptBodies(), Builder()
    first = bodies.body("gallery", (50, 0), 1, build)
    assert bodies.body("gallery", (50, 0), 1, build) is first
    bodies.body("gallery", (50, 50), 1, build)
    assert build.built == 2
    assert bodies.body("gallery", (50, 0), 2, build) is not first
    assert build.built == 3


def test_concurrent_callers_share_one_body():
    bodies, entered, go = KeptBodies(), threading.Event(), threading.Event()
    built = []

    def slow():
        built.append(1)
        entered.set()
        go.wait(60)
        return {}

    threads = [threading.Thread(target=bodies.body, args=("list", None, 1, slow)) for _ in range(5)]
    for thread in threads:
        thread.start()
    assert entered.wait(60)
    go.set()
    for thread in threads:
        thread.join()
    assert built == [1]


def test_the_least_recently_used_leave_first_and_the_largest_are_not_kept():
    bodies, build = KeptBodies(room=100), Builder(30)
    for page in (1, 2, 1, 3):
        bodies.body("list", page, "state", build)
    assert build.built == 3
    bodies.body("list", 1, "state", build)
    assert build.built == 3
    bodies.body("list", 2, "state", build)
    assert build.built == 4
    large = Builder(200)
    assert (
        bodies.body("large", None, "state", large).content
        == bodies.body("large", None, "state", large).content
    )
    assert large.built == 2
