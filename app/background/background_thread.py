"""What all threads of the server share: start, stop, guarded ticks, and a heartbeat."""

import threading
import time

import structlog

from app.core.errors import reason_of

log = structlog.get_logger(__name__)


class BackgroundThread:
    """Calls `tick` in a thread of its own until it is stopped.

    An error listed in `passing` is reported, and `tick` is called again after `recovery_seconds`; any other
    one ends the thread, and the leader starts a new one.
    """

    name = "background"
    pause_seconds = 1.0
    recovery_seconds = 10.0
    # A tick that shows no heartbeat for so long hangs, for instance on a network folder that does not answer.
    hang_seconds = 120.0
    passing: tuple[type[Exception], ...] = ()

    def __init__(self):
        self.stopping = threading.Event()
        self.bell = threading.Event()
        self.thread: threading.Thread | None = None
        self.failed = False
        self.busy_since: float | None = None

    @property
    def has_ended(self) -> bool:
        """Whether the thread is gone; False where it was never started."""
        return self.thread is not None and not self.thread.is_alive()

    @property
    def busy_seconds(self) -> float:
        """How long the present tick has taken since its last heartbeat; 0.0 between two ticks."""
        since = self.busy_since
        return 0.0 if since is None else time.monotonic() - since

    @property
    def hangs(self) -> bool:
        """Whether a tick has shown no heartbeat for longer than one may take."""
        return self.busy_seconds > self.hang_seconds

    def start(self) -> None:
        """Start the thread; RuntimeError where the system allows no further one."""
        thread = threading.Thread(target=self.work, name=self.name, daemon=True)
        thread.start()
        self.thread = thread

    def stop(self, timeout: float = 5.0) -> None:
        """Ask the thread to end and wait for that, `timeout` seconds at most."""
        self.stopping.set()
        self.bell.set()
        if self.thread:
            self.thread.join(timeout)

    def work(self) -> None:
        try:
            self.begin()
            while not self.stopping.is_set():
                if not self.guarded_tick():
                    self.wait()
        finally:
            self.busy_since = None
            self.close()

    def guarded_tick(self) -> bool:
        """Do one tick; True where there is more to do at once."""
        self.beat()
        try:
            more = bool(self.tick())
        except self.passing as error:
            self.failed = True
            self.report(error)
            return False
        self.failed = False
        self.recover()
        return more

    def beat(self) -> None:
        """Show that the thread works; a tick that takes long calls it between its parts."""
        self.busy_since = time.monotonic()

    def wait(self) -> None:
        """Wait for the next tick; `wake` shortens the wait, except after an error."""
        self.busy_since = None
        if self.failed:
            self.stopping.wait(self.recovery_seconds)
            return
        self.bell.wait(self.pause())
        self.bell.clear()

    def wake(self) -> None:
        """Let the next tick begin at once; any thread may call this."""
        self.bell.set()

    def pause(self) -> float:
        """Seconds between this tick and the next one."""
        return self.pause_seconds

    def begin(self) -> None:
        """Called in the thread before the first tick."""

    def tick(self) -> bool | None:
        """Do what is due; True where there is more to do at once."""
        raise NotImplementedError

    def report(self, error: Exception) -> None:
        """Called with each error that a later tick may not meet."""
        log.warning("tick_failed", thread=self.name, error=reason_of(error))

    def recover(self) -> None:
        """Called after each tick that succeeded."""

    def close(self) -> None:
        """Called in the thread after the last tick, whatever ended it."""
