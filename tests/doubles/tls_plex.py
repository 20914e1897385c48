"""A Plex behind TLS, with a certificate that no system trusts."""

import hashlib
import ssl

import trustme

from tests.doubles.media_plex import MediaPlex
from tests.doubles.media_world import small_media


class TlsPlex(MediaPlex):
    """`authority` is the file of the CA, `fingerprint` the SHA-256 of the certificate for `host`."""

    def __init__(self, folder, host):
        super().__init__(small_media())
        authority = trustme.CA()
        certificate = authority.issue_cert(host)
        self.authority = folder / "ca.pem"
        authority.cert_pem.write_to_path(self.authority)
        lines = certificate.cert_chain_pems[0].bytes().decode()
        self.fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(lines)).hexdigest()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def url(self):
        return f"https://127.0.0.1:{self.server_port}"
