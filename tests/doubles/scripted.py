"""A server that follows a list: each request gets the next behaviour, the last one stays."""

from tests.doubles.loopback import Loopback


class ScriptedServer(Loopback):
    def __init__(self, *behaviours):
        super().__init__()
        self.behaviours = list(behaviours)

    def trouble(self, handler):
        behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
        behaviour(handler)

    @property
    def count(self):
        return len(self.asked)

    @property
    def headers(self):
        return [headers for _, _, headers in self.asked]


def answering(status, body=b"", **headers):
    return lambda handler: handler.send(status, body, **headers)


def resetting(handler):
    handler.close_connection = True
    handler.connection.shutdown(2)


def breaking_off(handler):
    """A body that ends before its length."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"{")
    handler.close_connection = True
    handler.connection.shutdown(2)
