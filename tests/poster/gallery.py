"""A web server on the loopback that hands out pictures, rightly and wrongly."""

import gzip
import io
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image


def make_png(size=(300, 450)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, "#802020").save(content, "PNG")
    return content.getvalue()


class Gallery(BaseHTTPRequestHandler):
    """Each path answers in one way."""

    def do_GET(self):
        name = self.path.split("?")[0].strip("/").replace("-", "_") or "missing"
        getattr(self, f"send_{name}", self.send_missing)()

    def log_message(self, *arguments):
        """Keeps the test output clean."""

    def reply(self, content: bytes, status=200, length=None, headers=()):
        self.send_response(status)
        for name, value in (("Content-Length", str(length or len(content))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def send_missing(self):
        self.reply(b"", 404)

    def send_picture(self):
        self.reply(make_png())

    def send_packed(self):
        self.reply(gzip.compress(make_png()), headers=[("Content-Encoding", "gzip")])

    def send_page(self):
        self.reply(b"<html>Not a picture</html>")

    def send_cut_off(self):
        self.reply(make_png()[:100], length=5000)

    def send_moved(self):
        self.reply(b"", 302, headers=[("Location", "/picture")])

    def send_circle(self):
        self.reply(b"", 302, headers=[("Location", "/circle")])

    def send_local_file(self):
        self.reply(b"", 302, headers=[("Location", "file:///etc/passwd")])

    def send_huge(self):
        self.reply(b"x" * 20_000)

    def send_drip(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        for _ in range(50):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def send_hang(self):
        time.sleep(3)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        """A caller that hangs up is what these tests want."""


@contextmanager
def gallery():
    """The address of a running server."""
    server = Server(("127.0.0.1", 0), Gallery)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
