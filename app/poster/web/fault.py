"""Which part of an address or an access is wrong."""

from enum import Enum


class Fault(Enum):
    """What a person corrects; the value is what pages know it by."""

    ADDRESS = "address"
    NAME = "name"
    PORT = "port"
    SILENT = "silent"
    SCHEME = "scheme"
    CERTIFICATE = "certificate"
    PATH = "path"
    KIND = "kind"
    KEY = "key"
    KEY_MISSING = "key_missing"
    BUSY = "busy"
    SERVER = "server"
    UNSAFE = "unsafe"
    UNREACHABLE = "unreachable"
