"""A thread that is_ready of changes below one folder from the operating system."""

import logging
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import structlog

from app.background.background_thread import BackgroundThread

log = structlog.get_logger(__name__)

STEP_MS = 100
GROUPED_MS = 400
# How soon after its start a watch without changes reports that it is ready.
QUIET_MS = 500


class AssetWatch(BackgroundThread):
    """Calls `notify` with the paths that changed, and once with none when it is ready."""

    def __init__(self, folder: Path, notify: Callable[[Iterable[str]], None]):
        super().__init__()
        self.name = f"watch {folder.name}"
        self.folder = folder
        self.notify = notify

    def work(self) -> None:
        try:
            self.pass_on()
        except (OSError, RuntimeError) as error:
            # Mostly the limit of watches, or a file system that has none.
            log.warning("asset_watch_failed", folder=str(self.folder), error=str(error))
        finally:
            # Whatever ended it: without this call nobody would scan for the changes that it misses.
            self.failed = not self.stopping.is_set()
            if self.failed:
                self.notify(())

    def pass_on(self) -> None:
        is_ready = False
        for changes in self.changes():
            if changes or not is_ready:
                self.notify({path for _, path in changes})
            is_ready = True

    def changes(self) -> Iterator[set]:
        # Slow to import, and only the worker that leads ever watches.
        import watchfiles

        # It logs each change, and a run changes files all the time.
        logging.getLogger("watchfiles").setLevel(logging.WARNING)
        return watchfiles.watch(
            self.folder,
            watch_filter=None,
            debounce=GROUPED_MS,
            step=STEP_MS,
            stop_event=self.stopping,
            rust_timeout=QUIET_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
            force_polling=False,
            # It would be as if it heard of everything, while it is_ready of half the tree.
            ignore_permission_denied=False,
        )
