"""A headless Chromium, driven through its debugging pipe: no driver program and no package is needed."""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-extensions",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    # Names of a home network, and of a stranger who points his own name at it.
    "--host-resolver-rules=MAP nas.lan 127.0.0.1,MAP stranger.example 127.0.0.1",
    "--remote-debugging-pipe",
)
# Chromium reads commands from descriptor 3 and answers on 4.
LAUNCH = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""
OUT_OF_THE_WAY = 50


class PageError(AssertionError):
    """What the page's own script threw."""


class Chromium:
    """One browser with one page; `close` leaves no process behind."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="chromium-")
        commands_in, self.commands = high_pipe()
        self.answers, answers_out = high_pipe()
        launch = [sys.executable, "-c", LAUNCH, str(commands_in), str(answers_out), PROGRAM, *FLAGS]
        self.process = subprocess.Popen(
            [*launch, f"--user-data-dir={self.profile}", "about:blank"],
            pass_fds=(commands_in, answers_out),
            # Its sockets and locks lie in folders of their own, which a killed browser leaves behind.
            env={**os.environ, "TMPDIR": self.profile},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(commands_in)
        os.close(answers_out)
        self.number, self.buffer, self.events, self.session = 0, b"", [], None
        self.session = self.attach()
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def attach(self) -> str:
        pages = self.send("Target.getTargets")["targetInfos"]
        target = next(page["targetId"] for page in pages if page["type"] == "page")
        return self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    @contextmanager
    def another_tab(self):
        """Within the block all is done in a new tab of the same browser, which is closed at its end."""
        before = self.session
        self.session = None
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime"):
            self.send(f"{domain}.enable")
        try:
            yield
        finally:
            self.session = None
            self.send("Target.closeTarget", targetId=target)
            self.session = before

    def send(self, method: str, **params) -> dict:
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        message |= {"sessionId": self.session} if self.session else {}
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        return self.answer_to(self.number)

    def answer_to(self, number: int) -> dict:
        while (message := self.receive()).get("id") != number:
            self.events.append(message)
        if "error" in message:
            raise PageError(message["error"]["message"])
        return message["result"]

    def receive(self, patience: float = 30) -> dict:
        while b"\0" not in self.buffer:
            if not select.select([self.answers], [], [], patience)[0]:
                raise TimeoutError("Chromium does not answer.")
            self.buffer += os.read(self.answers, 1 << 20)
        message, _, self.buffer = self.buffer.partition(b"\0")
        return json.loads(message)

    def open(self, address: str) -> None:
        self.send("Page.navigate", url=address)
        self.wait_for("document.readyState === 'complete'")

    def evaluate(self, expression: str):
        """Answer the value of the expression, awaited where it is a promise."""
        result = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True
        )
        if "exceptionDetails" in result:
            raise PageError(json.dumps(result["exceptionDetails"]))
        return result["result"].get("value")

    def wait_for(self, expression: str, patience: float = 15):
        """Answer the first value that is true."""
        end = time.monotonic() + patience
        while not (value := self.glance(expression)):
            assert time.monotonic() < end, f"waited in vain for {expression}; the page says: {self.words()}"
            time.sleep(0.05)
        return value

    def glance(self, expression: str):
        """The value, or None while the page is being replaced and its elements are not there yet."""
        try:
            return self.evaluate(expression)
        except PageError:
            return None

    def words(self) -> str:
        return self.evaluate("document.body ? document.body.innerText : ''")

    def click(self, selector: str) -> None:
        self.wait_for(f"document.querySelector({selector!r}) !== null")
        self.evaluate(f"document.querySelector({selector!r}).click()")

    def type(self, selector: str, text: str) -> None:
        self.evaluate(f"document.querySelector({selector!r}).select()")
        self.send("Input.insertText", text=text)

    def press(self, key: str) -> None:
        codes = {"Enter": 13, "Escape": 27, "Tab": 9, "Backspace": 8, "ArrowLeft": 37, "ArrowRight": 39}
        extra = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=codes[key], **extra)

    def size(self, width: int, height: int) -> None:
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 500,
        )

    def prefer(self, scheme: str) -> None:
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.send("Emulation.setEmulatedMedia", features=features)

    def screenshot(self, path: Path, whole: bool = False, **options) -> None:
        options = {"format": "png", "captureBeyondViewport": whole, **options}
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", **options)["data"]))

    def complaints(self) -> list[str]:
        """Answer what the page threw or what the browser refused, such as a broken policy."""
        self.evaluate("1")
        thrown = [event for event in self.events if event["method"] == "Runtime.exceptionThrown"]
        thrown += [event for event in self.events if event.get("params", {}).get("type") == "error"]
        logged = [event["params"]["entry"] for event in self.events if event["method"] == "Log.entryAdded"]
        refused = [
            entry["text"] for entry in logged if entry["level"] == "error" and entry["source"] != "network"
        ]
        return [json.dumps(event["params"]) for event in thrown] + refused

    def close(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)
        os.close(self.commands)
        os.close(self.answers)
        shutil.rmtree(self.profile, ignore_errors=True)


def high_pipe() -> tuple[int, int]:
    """Answer a pipe whose descriptors lie above those that the browser uses."""
    low = os.pipe()
    high = tuple(fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, OUT_OF_THE_WAY) for descriptor in low)
    for descriptor in low:
        os.close(descriptor)
    return high
