"""Calls to a receiver: repeated where that may help, and never made twice where the first one arrived."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.poster.sources.media_server import ServerSettings, open_web_session
from app.poster.uploading.receiver import UploadTrouble
from app.poster.uploading.sentences import may_have_arrived, may_pass, upload_trouble
from app.poster.uploading.size_limit import SizeLimit
from app.poster.web.endpoint import Limits
from app.poster.web.session import NONE
from app.poster.web.trouble import Trouble, WebTrouble

Answer = TypeVar("Answer")
# One attempt for each pause, which follows it.
PAUSES = (0.25, 1.0, 4.0, 4.0)
# Attempts are repeated here, and one item that a server cannot take does not switch the server off.
RECEIVER_LIMITS = Limits(connect=5, read=60, whole=120, tries=1, failures=1_000_000)
PATIENCE = 180.0
# After so many calls in a row that had no usable answer, or were forbidden, the run need not try others.
FAILURES_THAT_STOP = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """The size in bytes of a picture to upload, and what is known of the largest that is taken."""

    size: int
    limit: SizeLimit

    def is_too_large(self, failed: BaseException | None) -> bool:
        """Whether a failed call means that; a proxy may cut each attempt although the server answers."""
        if not isinstance(failed, WebTrouble):
            return False
        was_cut = failed.trouble is Trouble.UNREACHABLE and not failed.status
        return failed.status == 413 or (was_cut and self.limit.may_be_cut(self.size))


class Standing:
    """How many calls in a row failed in a way that concerns the whole server; safe under threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failed = 0

    def note_answer(self) -> None:
        with self._lock:
            self._failed = 0

    def note_failure(self) -> bool:
        """Whether there were too many by now."""
        with self._lock:
            self._failed += 1
            return self._failed >= FAILURES_THAT_STOP


class ServerCalls:
    """One receiver's session; all calls raise UploadTrouble."""

    def __init__(
        self,
        server: ServerSettings,
        headers: Mapping[str, str],
        limits: Limits = RECEIVER_LIMITS,
        pauses: tuple[float, ...] = PAUSES,
    ):
        self.server = server
        self._session = open_web_session(server, headers, limits)
        self._pauses = pauses
        self._standing = Standing()

    def ask(self, path: str, parse: Callable[[bytes], Answer], params: Mapping[str, str] = NONE) -> Answer:
        """The parsed answer to a GET, past every cache; `parse` raises WebTrouble for what makes no sense."""
        return self._repeat(lambda: parse(self._session.fresh(path, params)[0]))

    def read(self, path: str, params: Mapping[str, str] = NONE) -> bytes:
        """The bytes of a picture, b"" where the server has none there; a page of text is refused."""
        try:
            return self._repeat(lambda: self._picture(path, params))
        except UploadTrouble as trouble:
            if trouble.is_gone:
                return b""
            raise

    def change(
        self,
        method: str,
        path: str,
        params: Mapping[str, str] = NONE,
        body: bytes = b"",
        headers: Mapping[str, str] = NONE,
    ) -> None:
        """A call that changes something, and may be made several times to the same effect."""
        self._repeat(lambda: self._session.send(method, path, body, headers, params))

    def once(self, method: str, path: str, params: Mapping[str, str] = NONE) -> None:
        """One attempt at a call that must not be made twice, for the steps of `reach`; WebTrouble."""
        self._session.send(method, path, params=params)

    def reach(self, step: Callable[[], bool]) -> None:
        """Take steps until one returns True; each looks at the server and then changes one thing at most.

        A step that ends in WebTrouble may have done it or not, which the next one sees.
        """
        self._repeat(lambda: all_steps(step))

    def upload(
        self,
        path: str,
        body: bytes,
        headers: Mapping[str, str],
        picture: Picture,
        arrived: Callable[[], bool],
    ) -> None:
        """POST a picture; TooLarge where its size is what the server or a proxy before it does not take.

        `arrived` asks the server whether it has the picture although the call failed.
        """
        picture.limit.require(picture.size)
        try:
            self._repeat(lambda: self._session.send("POST", path, body, headers), arrived)
        except UploadTrouble as trouble:
            if picture.is_too_large(trouble.__cause__):
                raise picture.limit.refused(picture.size) from trouble
            raise
        picture.limit.note_taken(picture.size)

    def close(self) -> None:
        self._session.close()

    def _picture(self, path: str, params: Mapping[str, str]) -> bytes:
        content, headers = self._session.fresh(path, params)
        if headers.get("Content-Type", "").startswith("text/") or content.lstrip()[:1] == b"<":
            name = self.server.name.value
            raise WebTrouble(Trouble.BROKEN, f"{name}: a page was answered where a picture is")
        return content

    def _repeat(
        self, attempt: Callable[[], Answer], arrived: Callable[[], bool] | None = None
    ) -> Answer | None:
        """What the first attempt returns that succeeds, None for one that `arrived` without an answer."""
        until = time.monotonic() + PATIENCE
        for left, pause in zip(range(len(self._pauses) - 1, -1, -1), self._pauses, strict=True):
            try:
                answer = attempt()
                self._standing.note_answer()
                return answer
            except WebTrouble as trouble:
                failed = trouble
            is_doubtful = arrived is not None and may_have_arrived(failed)
            is_last = left == 0 or not may_pass(failed) or time.monotonic() + pause > until
            if is_doubtful or not is_last:
                time.sleep(pause)
            if is_doubtful and arrived():
                return None
            if is_last:
                break
        raise self._explained(failed, is_doubtful) from failed

    def _explained(self, trouble: WebTrouble, has_answered: bool) -> UploadTrouble:
        """`has_answered` says that the server answered another call right after this one."""
        explained = upload_trouble(self.server, trouble)
        if not has_answered and (trouble.status in (0, 403) or trouble.trouble is Trouble.BROKEN):
            explained.stops = self._standing.note_failure() or explained.stops
        else:
            self._standing.note_answer()
        return explained


def all_steps(step: Callable[[], bool]) -> None:
    while not step():
        pass
