"""Loaded by every Python of a server under test: the file MOVED_CLOCK tells how far its clock is ahead."""

import os
import threading
import time
from pathlib import Path

import time_machine

FILE = Path(os.environ["MOVED_CLOCK"])
LOOK_SECONDS = 0.1


class MovedClock:
    """Moves the wall clock of this process whenever the file changes; monotonic clocks stay."""

    def __init__(self):
        self.traveller = None

    def begin(self) -> None:
        threading.Thread(target=self.follow, name="moved clock", daemon=True).start()

    def follow(self) -> None:
        pause = threading.Event()
        while True:
            self.move(float(FILE.read_text()))
            pause.wait(LOOK_SECONDS)

    def move(self, seconds: float) -> None:
        if seconds and not self.traveller:
            self.traveller = time_machine.travel(time.time() + seconds, tick=True)
            self.traveller.start()
        if self.traveller and not seconds:
            self.traveller.stop()
            self.traveller = None


clock = MovedClock()
os.register_at_fork(after_in_child=clock.begin)
clock.begin()
